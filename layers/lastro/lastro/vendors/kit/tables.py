"""What a vendor's statuses, codes and sentences mean, as data: rows that one reader goes through from the top."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Generic, NamedTuple, TypeVar

UNAUTHORISED = frozenset({401, 403})
INVALID = frozenset({400, 422})
BUSY = frozenset({408, 425, 429, *range(500, 600)})

Meaning = TypeVar("Meaning")


class Row(NamedTuple, Generic[Meaning]):
    """One thing a vendor says. Each part that is given must hold: one of the ``statuses``; one of the ``codes``, a
    last ``*`` standing for any end; one of the texts in ``says`` somewhere in what is told.
    """

    meaning: Meaning
    statuses: Container[int] | None = None
    codes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    def holds(self, status: int, *, code: str | None = None, text: str = "") -> bool:
        return (
            (self.statuses is None or status in self.statuses)
            and (not self.codes or (code is not None and any(_is(code, known) for known in self.codes)))
            and (not self.says or any(words in text for words in self.says))
        )


def row_of(
    rows: Iterable[Row[Meaning]], status: int, *, code: str | None = None, text: str = ""
) -> Row[Meaning] | None:
    """The first row that holds, ``None`` where nobody knows what was said."""
    return next((row for row in rows if row.holds(status, code=code, text=text)), None)


def meaning_of(rows: Iterable[Row[Meaning]], status: int, *, code: str | None = None, text: str = "") -> Meaning | None:
    """The meaning of the first row that holds, ``None`` where there is none."""
    row = row_of(rows, status, code=code, text=text)
    return None if row is None else row.meaning


def _is(code: str, known: str) -> bool:
    return code.startswith(known[:-1]) if known.endswith("*") else code == known
