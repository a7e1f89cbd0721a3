"""Joins telling to the table and the queue of deliveries, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.origination.wiring import open_store
from lastro.webhooks.wiring import open_notices

if TYPE_CHECKING:
    from lastro.origination.notices.telling import Telling


@cache
def open_telling() -> Telling:
    """The consumer of ``notify`` steps."""
    from lastro.origination.notices.telling import Telling

    return Telling(open_store(), open_notices(), CLOCK)
