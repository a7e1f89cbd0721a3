"""How many things name a customer, as a write for the transaction of each thing: exact, never counted by reading."""

from __future__ import annotations

from dataclasses import replace

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import customers as keys
from lastro.aws.dynamodb.table import ABSENT, Table, Update

_RECORD = {"entity": "customer"}
COUNTED = ("reservations", "sales", "assignments")
"""What is counted of a customer, under these names in its row."""


def tally(partner_id: str, customer_id: int, *, reservations: int = 0, sales: int = 0, assignments: int = 0) -> Update:
    """The write that counts things of a customer up, or down by less than none."""
    steps = {"reservations": reservations, "sales": sales, "assignments": assignments}
    return Update(
        keys.customer_tally(partner_id, customer_id),
        {"entity": "customer_tally", "schema": 1},
        add={name: step for name, step in steps.items() if step},
    )


def tally_new(table: Table, *counts: Update) -> list[Update]:
    """These writes of ``tally`` with what refuses them where their customer was erased since it was read.

    Of a customer without counts the record is touched: either it is there still, or nothing of this is written. The
    erasing one looks for counts in the transaction that ends the record.
    """
    found = table.get_many([each.key for each in counts])
    writes: list[Update] = []
    for each in counts:
        if each.key in found:
            writes.append(replace(each, where={"entity": "customer_tally"}))
        else:
            record = Key(each.key.pk, keys.RECORD)
            writes += [replace(each, where={"PK": ABSENT}), Update(record, {"counted": True}, where=_RECORD)]
    return writes


def tally_known(table: Table, *counts: Update) -> list[Update]:
    """Those of these writes of ``tally`` whose customers still have counts: a customer that ended gets none again.

    Whoever erases one meanwhile ends the transaction.
    """
    found = table.get_many([each.key for each in counts])
    return [replace(each, where={"entity": "customer_tally"}) for each in counts if each.key in found]
