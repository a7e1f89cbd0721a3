"""Partners with stores and a key as the operator's command registers them: of each kind the first in a process.

Into an empty table those who ask for the same kind get a copy of the rows of the first, which costs a tenth.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from lastro.operator.command import create_key, create_partner, create_store, open_registration
from tests.functions.emulation.process import REGION, TABLE
from tests.functions.invocation import CNPJ, Shop

_KEPT: dict[tuple[int, tuple[str, ...]], tuple[Shop, Any]] = {}


def register_shop(stores: int, banks: tuple[str, ...]) -> Shop:
    """A partner with so many stores, each of which has these banks, and a key for all of them."""
    table = moto_table()
    if table.items:
        return _register(stores, banks)
    kind = stores, banks
    if kind not in _KEPT:
        _KEPT[kind] = _register(stores, banks), copy.deepcopy(table.items)
    shop, rows = _KEPT[kind]
    table.items = copy.deepcopy(rows)
    return shop


def leave_sequences() -> None:
    """Take away what the tests before left in a table that they share: numbers go on, lest one is given out twice.

    Partners that nobody asks of are found by each schedule that runs, and their rows looked through by each query.
    """
    table = moto_table()
    for partition in [each for each in table.items if not each.value.startswith("SEQUENCE#")]:
        del table.items[partition]


def moto_table() -> Any:
    """The one table as moto keeps it."""
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[TABLE]


def _register(stores: int, banks: tuple[str, ...]) -> Shop:
    registration = open_registration()
    partner = create_partner(registration, "Rede Exemplo")["partner_id"]
    store_ids = tuple(
        create_store(registration, partner, f"Loja {number}", CNPJ, banks)["store_id"]
        for number in range(1, stores + 1)
    )
    key = create_key(registration, partner)
    return Shop(partner, key["api_key"], key["key_id"], store_ids)
