"""Joins the board's use cases to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.customers.bulletins.store import BulletinStore
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.customers.bulletins.board import OwnBoard
    from lastro.customers.bulletins.publishing import Publishing


@cache
def open_publishing() -> Publishing:
    from lastro.customers.bulletins.publishing import Publishing

    return Publishing(BulletinStore(Table()), CLOCK)


@cache
def open_board() -> OwnBoard:
    from lastro.customers.bulletins.board import OwnBoard
    from lastro.customers.portal.store import PortalStore

    table = Table()
    return OwnBoard(BulletinStore(table), PortalStore(table), CLOCK)
