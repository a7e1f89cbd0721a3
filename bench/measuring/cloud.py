"""The local cloud a benchmark measures: a fresh one on free ports, or with LASTRO_REUSE=1 the one that runs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from sandbox.cloud.background import RunningCloud, background_cloud, on_free_ports, running_cloud
from sandbox.cloud.settings import STACK, Settings


@contextmanager
def open_cloud() -> Iterator[RunningCloud]:
    """A cloud that is ready; stopped after the block if it was started for it. CloudFailure when there is none."""
    if os.environ.get("LASTRO_REUSE") == "1":
        yield running_cloud(Settings.from_environment(os.environ))
        return
    with (
        tempfile.TemporaryDirectory(prefix="lastro-bench-") as folder,
        background_cloud(on_free_ports(Path(folder))) as cloud,
    ):
        yield cloud


def deployed_memory(cloud: RunningCloud, operation: str) -> int:
    """Megabytes of a deployed function. HTTPStatusError for a function not there."""
    return int(_configuration(cloud, operation)["MemorySize"])


def deployed_variables(cloud: RunningCloud, operation: str) -> dict[str, str]:
    """Environment of a deployed function, with what reaches the local AWS. HTTPStatusError for a function not there."""
    environment = cloud.settings.client_environment()
    return {
        **{name: value for name, value in environment.items() if name.startswith("AWS_")},
        **_configuration(cloud, operation)["Environment"]["Variables"],
    }


def _configuration(cloud: RunningCloud, operation: str) -> dict[str, Any]:
    url = f"{cloud.aws_endpoint_url}/2015-03-31/functions/{STACK}-{operation}/configuration"
    found: dict[str, Any] = httpx.get(url).raise_for_status().json()
    return found
