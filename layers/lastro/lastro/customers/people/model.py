"""A customer: one record a person and partner, with parts that have ids of their own. Pure.

``data`` is what was sent under its wire names, canonical: days ISO 8601, documents bare, amounts cents, choices their
ids; what is not known is left out. Its parts (a phone, an address) carry ``id``, ``created_at`` and ``updated_at``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from lastro.customers.classes.model import NEVER_CLASSIFIED, Standing
from lastro.customers.errors import ENDS_BEFORE_START, PEP_CONTRADICTED, PEP_ENDS_BEFORE_START, PEP_INCOMPLETE
from lastro.customers.people.exposure import contradicts_itself
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document
from lastro.kernel.errors import FieldError

PARTS = frozenset(
    {
        *("emails", "phones", "addresses", "bank_references", "personal_references", "attachments", "associates"),
        *("address", "accountant", "job_reference", "phone", "previous_job_phone"),
    }
)
"""Fields that hold a part or a list of them; the ``address`` of an e-mail is a text."""

_PUT_WHOLE = frozenset({"address", "phone", "previous_job_phone"})
"""Parts whose fields mean nothing one by one: a new street does not stand at the old CEP."""
_KEPT_EMPTY = frozenset({"address", "pep"})
"""Of a customer's own objects: the address it must have, of which nothing has to be known; an exposure that came
empty is refused, not dropped (:func:`find_faults`)."""
_LONGEST_KEY = 100
_KEPT_OF_A_PART = ("id", "created_at", "updated_at")


@dataclass(frozen=True, kw_only=True)
class Customer:
    """``version`` counts changes from 1, those of its class too."""

    id: int
    partner_id: str
    document: Document
    name: str
    created_at: datetime
    updated_at: datetime
    version: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)
    standing: Standing = NEVER_CLASSIFIED


def fold_name(name: str) -> str:
    """A name as it is sorted and searched: without accents, small letters, single spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def name_key(name: str) -> str:
    """The beginning of a folded name that lists sort by: a hundred bytes of it."""
    return fold_name(name).encode()[:_LONGEST_KEY].decode(errors="ignore")


def without_gaps(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of a customer, without what is not known and objects of which nothing is."""
    return _without_empty({name: _known(value) for name, value in sent.items() if value is not None}, _KEPT_EMPTY)


def _known(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_empty({name: _known(each) for name, each in value.items() if each is not None})
    return [_known(each) for each in value] if isinstance(value, list) else value


def _without_empty(data: Mapping[str, Any], kept: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value != {} or name in kept}


def lay_over(known: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A customer's data with its changes: ``None`` and an empty list clear, an object is laid over the one there is.

    A list is put anew, a phone and an address whole; an object of which nothing is left goes.
    """
    return _without_empty(_lay_over(known, changes), _KEPT_EMPTY)


def _lay_over(known: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(known)
    for name, change in changes.items():
        if change in (None, []):
            found.pop(name, None)
        elif name not in _PUT_WHOLE and isinstance(change, Mapping) and isinstance(known.get(name), Mapping):
            found[name] = _without_empty(_lay_over(known[name], change))
        else:
            found[name] = _known(change)
    return found


def bare(data: Any) -> Any:
    """Data as it was sent: parts without what is kept of them."""
    if isinstance(data, list):
        return [bare(each) for each in data]
    if isinstance(data, Mapping):
        return {name: bare(value) for name, value in data.items() if name not in _KEPT_OF_A_PART}
    return data


def count_parts(data: Mapping[str, Any]) -> int:
    """How many parts there are, those within parts too."""
    found = 0
    for name, value in data.items():
        if name in PARTS and not isinstance(value, str):
            inner = value if isinstance(value, list) else [value]
            found += len(inner) + sum(count_parts(each) for each in inner)
    return found


def number_parts(
    sent: Mapping[str, Any], known: Mapping[str, Any], numbers: Iterator[int], moment: str
) -> dict[str, Any]:
    """Bare data with its parts numbered. A part that is known keeps its id, and its moments while it is the same.

    One that stands alone is known by its name, one of a list by its content.
    """
    found: dict[str, Any] = {}
    for name, value in sent.items():
        if name not in PARTS or isinstance(value, str):
            found[name] = value
        elif isinstance(value, list):
            left = list(known.get(name) or ())
            found[name] = [_number_part(each, _take_same(each, left), numbers, moment) for each in value]
        else:
            found[name] = _number_part(value, known.get(name) or {}, numbers, moment)
    return found


def _take_same(part: Mapping[str, Any], left: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    for position, each in enumerate(left):
        if bare(each) == part:
            return left.pop(position)
    return {}


def _number_part(
    part: Mapping[str, Any], known: Mapping[str, Any], numbers: Iterator[int], moment: str
) -> dict[str, Any]:
    same = bool(known) and bare(known) == part
    return {
        **number_parts(part, known, numbers, moment),
        "id": known["id"] if known else next(numbers),
        "created_at": known["created_at"] if known else moment,
        "updated_at": known["updated_at"] if same else moment,
    }


def find_faults(data: Mapping[str, Any], today: date) -> list[FieldError]:
    """What is wrong with fields beside each other."""
    found = list(_faults_of_exposure(data, "customer", today))
    for position, each in enumerate(data.get("associates") or ()):
        found += _faults_of_exposure(each, f"customer.associates.{position}", today)
    job = data.get("job_reference") or {}
    start, end = job.get("previous_work_start_at"), job.get("previous_work_end_at")
    if start is not None and end is not None and end < start:
        found.append(ENDS_BEFORE_START.at("customer.job_reference.previous_work_end_at"))
    return found


def _faults_of_exposure(data: Mapping[str, Any], path: str, today: date) -> Iterator[FieldError]:
    pep = data.get("pep")
    if pep is None:
        return
    if missing := [name for name in ("office", "since") if name not in pep]:
        yield from (PEP_INCOMPLETE.at(f"{path}.pep.{name}") for name in missing)
    elif pep.get("until") and pep["until"] < pep["since"]:
        yield PEP_ENDS_BEFORE_START.at(f"{path}.pep.until")
    elif contradicts_itself(data, today):
        yield PEP_CONTRADICTED.at(f"{path}.public_person")
