"""What journeys in which everything goes wrong have in common."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sandbox.cloud.background import RunningCloud
from tests.journeys.disturbance import FrontDoor


@pytest.fixture(scope="module")
def door(cloud: RunningCloud) -> Iterator[FrontDoor]:
    """A gateway of its own in front of the cloud's."""
    opened = FrontDoor(cloud)
    yield opened
    opened.kill()
    opened.port.close()


@pytest.fixture
def no_scripts(cloud: RunningCloud) -> Iterator[None]:
    """The sandbox does as ever, before and after."""
    forget = f"{cloud.sandbox_url}/scripts"
    assert httpx.delete(forget).is_success
    yield
    assert httpx.delete(forget).is_success
