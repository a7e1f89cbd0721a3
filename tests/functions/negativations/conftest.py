"""A partner with a branch, over an empty table, with a clock that tests move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.negativations import wiring
from tests.clock import MovableClock
from tests.functions.invocation import Shop
from tests.functions.negativations.ledger import Ledger, add_branch


@pytest.fixture
def ledger(table: Table, open_shop: Callable[[], Shop], monkeypatch: pytest.MonkeyPatch) -> Ledger:
    clock = MovableClock()
    monkeypatch.setattr(wiring, "CLOCK", clock)
    shop = open_shop()
    return Ledger(shop, add_branch(shop), clock)
