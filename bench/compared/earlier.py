"""An earlier commit's tree beside this one's, for benchmarks that run both in turn."""

import subprocess
from pathlib import Path

from sandbox.cloud.settings import PROJECT

COMPARED = "efcdb5c"


def unpack_earlier(folder: Path) -> Path | None:
    """The compared commit's files in a folder of their own; None where the repository does not have it (a shallow
    clone, or none).
    """
    archive = subprocess.run(["git", "archive", COMPARED], cwd=PROJECT, capture_output=True, check=False)
    if archive.returncode:
        return None
    earlier = folder / COMPARED
    earlier.mkdir()
    subprocess.run(["tar", "x", "-C", str(earlier)], input=archive.stdout, check=True)
    return earlier
