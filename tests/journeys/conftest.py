"""One local cloud for all journeys: started once, on free ports, in a folder of its own.

`LASTRO_REUSE=1` takes the cloud that `make up` keeps running instead, which saves the start while writing a test.
"""

import os
from collections.abc import Iterator

import pytest

from sandbox.cloud.background import RunningCloud, background_cloud, on_free_ports, running_cloud
from sandbox.cloud.settings import Settings


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    if os.environ.get("LASTRO_REUSE") == "1":
        yield running_cloud(Settings.from_environment(os.environ))
        return
    with background_cloud(on_free_ports(tmp_path_factory.mktemp("cloud"))) as running:
        yield running
