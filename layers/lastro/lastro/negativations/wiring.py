"""Joins the use cases of negative listings to their adapters, once per process; each opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.negativations.boletos.keeping import Boletos
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.debtors.keeping import Debtors
    from lastro.negativations.debtors.store import DebtorStore


@cache
def _table() -> Table:
    return Table()


@cache
def _debtors() -> DebtorStore:
    from lastro.negativations.debtors.store import DebtorStore

    return DebtorStore(_table())


@cache
def _boletos() -> BoletoStore:
    from lastro.negativations.boletos.store import BoletoStore

    return BoletoStore(_table())


@cache
def open_debtors() -> Debtors:
    from lastro.negativations.debtors.keeping import Debtors

    return Debtors(_debtors(), CLOCK)


@cache
def open_boletos() -> Boletos:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.boletos.keeping import Boletos

    return Boletos(_boletos(), _debtors(), open_partner_branches(), CLOCK)
