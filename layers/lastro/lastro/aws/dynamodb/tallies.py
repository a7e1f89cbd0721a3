"""How many things name a customer, as a write for the transaction of each thing: exact, never counted by reading."""

from __future__ import annotations

from lastro.aws.dynamodb.keys import customers as keys
from lastro.aws.dynamodb.table import Update


def tally(partner_id: str, customer_id: int, *, reservations: int = 0, sales: int = 0, assignments: int = 0) -> Update:
    """The write that counts things of a customer up, or down by less than none."""
    steps = {"reservations": reservations, "sales": sales, "assignments": assignments}
    return Update(
        keys.customer_tally(partner_id, customer_id),
        {"entity": "customer_tally", "schema": 1},
        add={name: step for name, step in steps.items() if step},
    )
