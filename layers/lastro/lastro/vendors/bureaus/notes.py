"""Putting notes together: what a summary does not say is counted from the items, and blocks of one kind are joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lastro.bureaus.reports.report import Note, NoteKind, Notes

APART = frozenset({NoteKind.PROTEST, NoteKind.CHEQUE, NoteKind.LAWSUIT, NoteKind.BANKRUPTCY})
"""Kinds that have a place of their own in a report."""


def gathered(
    kind: NoteKind,
    items: Sequence[Note],
    *,
    count: int | None = None,
    total: int | None = None,
    first: date | None = None,
    last: date | None = None,
    label: str | None = None,
) -> Notes:
    """The notes of one kind; what is ``None`` is taken from the items, which also outweigh a smaller count."""
    amounts = [note.amount for note in items if note.amount is not None]
    days = [note.occurred_on for note in items if note.occurred_on is not None]
    return Notes(
        kind=kind,
        count=max(len(items), count or 0),
        total=sum(amounts) if total is None and amounts else total,
        first=first or min(days, default=None),
        last=last or max(days, default=None),
        items=tuple(items),
        label=label,
    )


def joined(kind: NoteKind, blocks: Iterable[Notes]) -> Notes | None:
    """All blocks of ``kind`` as one; ``None`` when there is none."""
    same = [notes for notes in blocks if notes.kind is kind]
    if len(same) <= 1:
        return same[0] if same else None
    totals = [notes.total for notes in same if notes.total is not None]
    return Notes(
        kind=kind,
        count=sum(notes.count for notes in same),
        total=sum(totals) if totals else None,
        first=min((notes.first for notes in same if notes.first), default=None),
        last=max((notes.last for notes in same if notes.last), default=None),
        items=tuple(note for notes in same for note in notes.items),
        label=" + ".join(notes.label for notes in same if notes.label) or None,
    )
