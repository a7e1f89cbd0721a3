"""What bureaus answer: their bodies read with their faults, and whether they are about who was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from lastro.vendors.bureaus.failures import unreadable
from lastro.vendors.kit.body import Body

if TYPE_CHECKING:
    from lastro.bureaus.ports import RefusedByBureau
    from lastro.kernel.documents import Document

LONGEST_IDENTIFIER = 80
"""Characters of a record, request or contract as a bureau names it; a key of the table holds a thousand bytes."""

MOST_LIST_BYTES = 200_000
"""Of the codes or the reports that a bureau offers: both are kept in one item, which holds 400 KB."""

Listed = TypeVar("Listed")


class BureauBody(Body):
    """One object of a bureau's answer. Its fault is ``RefusedByBureau`` (``unreadable_bureau_answer``)."""

    loose = True
    longest_text = 10_000

    __slots__ = ()

    @staticmethod
    def unreadable(place: str, expected: str) -> RefusedByBureau:
        return unreadable(place, expected)

    def identifier_or_none(self, name: str) -> str | None:
        """What the bureau calls a thing by, as ``label_or_none``: rows are found by it, whose keys are short."""
        return checked_text(self.label_or_none(name), self.at(name))

    def identifier(self, name: str) -> str:
        value = self.identifier_or_none(name)
        if value is None:
            raise self.unreadable(self.at(name), "a short text")
        return value

    def code_or_none(self, name: str) -> str | None:
        """The code of an error, a number or a text; of a long one its beginning."""
        code = self.label_or_none(name)
        return code and code[:LONGEST_IDENTIFIER]


def checked_text(value: str | None, place: str, longest: int = LONGEST_IDENTIFIER) -> str | None:
    """A text of ``longest`` characters at most. Raises ``RefusedByBureau`` for a longer one."""
    if value is not None and len(value) > longest:
        raise unreadable(place, f"a text of {longest} characters at most")
    return value


def checked_list(found: tuple[Listed, ...], place: str) -> tuple[Listed, ...]:
    """A list that is kept in one item. Raises ``RefusedByBureau`` for one of more than ``MOST_LIST_BYTES``."""
    if len(repr(found).encode()) > MOST_LIST_BYTES:
        raise unreadable(place, f"a list of {MOST_LIST_BYTES} bytes at most")
    return found


def check_document(body: BureauBody, name: str, expected: Document) -> None:
    """Refuse an answer about somebody else. An absent document is taken as the one asked for."""
    value = body.label_or_none(name)
    if value is None:
        return
    bare = re.sub(r"[./\-\s]", "", value).upper()
    # A system that keeps documents as numbers loses the zeros on the left.
    if bare.isdigit():
        bare = bare.zfill(len(expected.value))
    if bare != expected.value:
        raise unreadable(body.at(name), "the document asked for")
