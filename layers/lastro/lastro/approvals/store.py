"""Things that a partner numbers, a row each, and a row for each customer that one names: lists read consistently."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import Item

_LAST_ID = 10**12 - 1


class NumberedStore(FirstAnswers):
    """Pages of what has a number for its sort key."""

    def _page(self, place: Callable[[int], Key], after: int, per_page: int) -> tuple[list[Item], int | None]:
        """A page of one partition from behind a number, and the number after which the next begins: one query."""
        if after >= _LAST_ID:
            return [], None
        first, last = place(after + 1), place(_LAST_ID)
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=per_page + 1)
        rows = list(islice(found, per_page + 1))
        return rows[:per_page], int(rows[per_page - 1]["SK"]) if len(rows) > per_page else None

    def _page_of(
        self, place: Callable[[int], Key], named: Callable[[int], Key], after: int, per_page: int
    ) -> tuple[list[Item], int | None]:
        """The same of a partition that names things: one query, and one batch of what it names."""
        rows, following = self._page(place, after, per_page)
        wanted = [named(int(row["SK"])) for row in rows]
        stored = self._table.get_many(wanted)
        return [stored[key] for key in wanted if key in stored], following
