"""What the tests of tenants made of one partner, for whoever asks about the person in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.functions.origination.journey import START
from tests.functions.retention.officer import Officer
from tests.functions.tenants.conftest import open_world_once
from tests.functions.tenants.world import World

__all__ = ["open_world_once"]


@pytest.fixture
def officer(open_world_once: World) -> Iterator[Officer]:
    """The partner's data protection officer, with everything as it was made."""
    open_world_once.clock.moment = START
    open_world_once.restore()
    made = Officer(open_world_once)
    made.begin_anew()
    yield made
    open_world_once.clock.moment = START
