"""Conditions over a customer's data: a closed, typed tree. Pure.

What a condition says depends on the data alone, never on the day: a birth is compared, not an age. A field that is not
known meets no comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lastro.kernel.dataclass import dataclass


class FieldKind(StrEnum):
    """What is compared with what."""

    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True)
class DataField:
    """Where a customer's data holds a field, its kind, and of a choice the closed list (``GET /domains``)."""

    kind: FieldKind
    path: tuple[str, ...]
    types: str = ""


FIELDS: Mapping[str, DataField] = {
    "born_at": DataField(FieldKind.DAY, ("born_at",)),
    "income_cents": DataField(FieldKind.NUMBER, ("job_reference", "income_cents")),
    "another_income_cents": DataField(FieldKind.NUMBER, ("job_reference", "another_income_cents")),
    "joined_at": DataField(FieldKind.DAY, ("job_reference", "joined_at")),
    "professional_ocupation_id": DataField(
        FieldKind.CHOICE, ("job_reference", "professional_ocupation_id"), "professional_occupations"
    ),
    "profession_id": DataField(FieldKind.CHOICE, ("job_reference", "profession_id"), "professions"),
    "company_activity_id": DataField(FieldKind.CHOICE, ("job_reference", "company_activity_id"), "company_activities"),
    "rent_value_cents": DataField(FieldKind.NUMBER, ("address", "rent_value_cents")),
    "state_id": DataField(FieldKind.CHOICE, ("address", "state_id"), "states"),
    "genre_id": DataField(FieldKind.CHOICE, ("genre_id",), "genders"),
    "marital_status_id": DataField(FieldKind.CHOICE, ("marital_status_id",), "marital_statuses"),
    "education_id": DataField(FieldKind.CHOICE, ("education_id",), "educations"),
    "property": DataField(FieldKind.CHOICE, ("property",), "properties"),
    "has_cnh": DataField(FieldKind.FLAG, ("has_cnh",)),
    "public_person": DataField(FieldKind.FLAG, ("public_person",)),
    "pep_since": DataField(FieldKind.DAY, ("pep", "since")),
    "pep_until": DataField(FieldKind.DAY, ("pep", "until")),
    "associate_public_person": DataField(FieldKind.FLAG, ("associates", "public_person")),
    "accept_boleto": DataField(FieldKind.FLAG, ("accept_boleto",)),
    "have_bank_account": DataField(FieldKind.FLAG, ("have_bank_account",)),
    "have_credit_card": DataField(FieldKind.FLAG, ("have_credit_card",)),
    "has_made_funding": DataField(FieldKind.FLAG, ("has_made_funding",)),
}
"""The fields that a condition may name. A flag of parts of a list is set where it is set of one of them."""


@dataclass(frozen=True)
class AllOf:
    """Every part holds; without parts it does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """One part holds at least; without parts none does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True)
class Known:
    """The field is known."""

    field: str


@dataclass(frozen=True)
class Between:
    """A number or an ISO day within bounds, both inclusive; ``None`` for none."""

    field: str
    least: int | str | None = None
    most: int | str | None = None


@dataclass(frozen=True)
class OneOf:
    """A choice or a flag among values."""

    field: str
    values: frozenset[int]


Condition = AllOf | AnyOf | Not | Known | Between | OneOf


def holds(condition: Condition, data: Mapping[str, Any]) -> bool:
    """Whether a customer's data meet a condition."""
    match condition:
        case AllOf(parts):
            return all(holds(part, data) for part in parts)
        case AnyOf(parts):
            return any(holds(part, data) for part in parts)
        case Not(part):
            return not holds(part, data)
        case Known(field):
            return find_value(field, data) is not None
        case Between(field, least, most):
            value = find_value(field, data)
            return value is not None and (least is None or value >= least) and (most is None or value <= most)
        case OneOf(field, values):
            return find_value(field, data) in values


def find_value(field: str, data: Mapping[str, Any]) -> Any:
    """What the data hold in a field; ``None`` where it is not known."""
    found: Any = data
    for name in FIELDS[field].path:
        if isinstance(found, list):
            told = [part[name] for part in found if part.get(name) is not None]
            found = any(told) if told else None
        else:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found
