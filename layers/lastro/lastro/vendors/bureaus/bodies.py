"""What bureaus answer: their bodies read with their faults, and whether they are about who was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lastro.vendors.bureaus.failures import unreadable
from lastro.vendors.kit.body import Body

if TYPE_CHECKING:
    from lastro.bureaus.ports import RefusedByBureau
    from lastro.kernel.documents import Document


class BureauBody(Body):
    """One object of a bureau's answer. Its fault is ``RefusedByBureau`` (``unreadable_bureau_answer``)."""

    loose = True
    longest_text = 10_000

    __slots__ = ()

    @staticmethod
    def unreadable(place: str, expected: str) -> RefusedByBureau:
        return unreadable(place, expected)


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
