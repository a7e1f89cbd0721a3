"""One local cloud for all journeys: started once, on free ports, in a folder of its own.

`LASTRO_REUSE=1` takes the cloud that `make up` keeps running instead, which saves the start while writing a test.
"""

import os
from collections.abc import Iterator
from pathlib import Path

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys share one cloud, so one worker runs them all, beside the others that need none."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("local-cloud"))
