"""One at a time where a count over several rows decides: who counted writes the turn along with what it adds.

The row is a partner's, and written as rarely as there is something of which only so many may be.
"""

from __future__ import annotations

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.table import ABSENT, Table, Update


def read_turn(table: Table, scope: str) -> int:
    """Whose turn it is: read before counting."""
    found = table.get(keys.turn(scope))
    return found["turn"] if found else 0


def take_turn(scope: str, turn: int) -> Update:
    """The write beside what is added; refused once another took this turn, so count again."""
    where = {"turn": turn} if turn else {"PK": ABSENT}
    return Update(keys.turn(scope), {"entity": "turn", "schema": 1, "turn": turn + 1}, where=where)
