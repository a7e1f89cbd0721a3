"""Who works with the panel acts in its own name: what a body says of who acts is the person that is logged in.

A partner's key speaks for all of the partner's people, and names them as the partner does. A person of the panel speaks
for itself: were it to name another, it could decide on what it asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lastro.aws.entrypoints.errors import OTHER_PERSON
from lastro.kernel.errors import FieldError

ACTING = frozenset(
    {
        *("requested_by", "decided_by", "cancelled_by", "recorded_by", "resolved_by"),
        *("set_by", "revoked_by", "sold_by"),
    }
)
"""Names on the wire of who does what a request asks for."""

FILTERS = frozenset({"report"})
"""Parts of a body that say what a file shall hold: a name there is whose rows are wanted, not who acts."""


def find_others(body: Any, person: str) -> list[FieldError]:
    """A fault for each place of a body that names another than ``person``, the e-mail of who is logged in; none for a
    call of nobody in person (``""``). A whole number is a name too, as in ``Label``; what is neither is the field's own
    fault.
    """
    if not person:
        return []
    from lastro.kernel.texts.names import same_person

    return [
        OTHER_PERSON.at(".".join(place), email=person)
        for place, name in _walk(body, ())
        if not same_person(name, person)
    ]


def _walk(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ACTING and isinstance(value, str | int) and not isinstance(value, bool):
                yield (*place, key), str(value)
            elif place or key not in FILTERS:
                yield from _walk(value, (*place, str(key)))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _walk(value, (*place, str(number)))
