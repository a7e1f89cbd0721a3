"""What a figure was measured on: figures without it cannot be compared."""

import os
import platform
from datetime import UTC, datetime
from typing import Any


def describe_machine() -> dict[str, Any]:
    """Cores, Python, the load at this moment (1 and 5 minutes) and the time in UTC."""
    load = os.getloadavg()
    return {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": [round(load[0], 2), round(load[1], 2)],
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
