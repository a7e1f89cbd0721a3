"""What a partner sends about classes of customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from lastro.customers.classes.trees import describe_tree, read_tree
from lastro.customers.errors import CLASS_NAME_TAKEN, CLASS_TWICE
from lastro.customers.people.model import fold_name
from lastro.kernel.errors import FieldError
from lastro.wire.identifiers import Number, OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import Rule
from lastro.wire.text import Line, ShortText

MOST_CLASSES = 30
Reason = Annotated[str, Line(500), Field(description="Why", examples=["Cliente fundador, por decisão da diretoria"])]


class _ConditionTree(Rule):
    """Any object passes: what is wrong with the tree is told by its place, beside the other faults."""

    def read(self, value: Any) -> Any:
        return value

    def describe(self) -> dict[str, Any]:
        return describe_tree()


class SentClass(WireObject):
    """A class: customers for whom its condition holds, and that of no class before it."""

    id: Annotated[Number | None, Field(description="Number of a class there is; absent: a new one", examples=[1])] = (
        None
    )
    name: Annotated[ShortText, Field(description="Unique, whatever its capitals", examples=["Alta renda"])]
    condition: Annotated[
        dict[str, Any],
        _ConditionTree(),
        Field(
            description="A tree of at most 100 nodes, 8 deep: operators over conditions, and comparisons of a field",
            examples=[{"all_of": [{"field": "income_cents", "at_least": 1500000}, {"field": "has_cnh", "is": True}]}],
        ),
    ]


class SentClasses(WireObject):
    """All classes, in their order: of several whose conditions hold the first counts."""

    classes: Annotated[
        list[SentClass], Field(max_length=MOST_CLASSES, description="All classes; empty: nobody has one")
    ]


class PutCustomerClasses(Request):
    """Body of ``PUT /api/v1/customer_classes``."""

    customer_classes: SentClasses

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """Every fault of every condition by its place; no id and no name twice."""
        sent = raw.get("customer_classes")
        classes = sent.get("classes") if isinstance(sent, Mapping) else None
        found: list[FieldError] = []
        names: set[str] = set()
        ids: set[str] = set()
        for position, each in enumerate(classes[:MOST_CLASSES] if isinstance(classes, list) else ()):
            if not isinstance(each, Mapping):
                continue
            place = f"customer_classes.classes.{position}"
            if isinstance(each.get("condition"), Mapping):
                found += read_tree(each["condition"], f"{place}.condition")[1]
            name = fold_name(str(each.get("name") or ""))
            if name and name in names:
                found.append(CLASS_NAME_TAKEN.at(f"{place}.name"))
            number = str(each.get("id") or "")
            if number and number in ids:
                found.append(CLASS_TWICE.at(f"{place}.id"))
            names.add(name)
            ids.add(number)
        return found


class GetCustomerClasses(Request):
    """Query of ``GET /api/v1/customer_classes``."""

    version: Annotated[
        Number | None, Field(description="As they were in this version; absent: as they are", examples=[1])
    ] = None


class SentClassOverride(WireObject):
    """A class that a person sets; it stands until it is revoked, whatever the data say."""

    class_id: Annotated[Number, Field(description="The class", examples=[1])]
    reason: Reason
    set_by: Annotated[OwnId, Field(description="Who sets it, as the partner names them", examples=["bia.lima"])]


class PutClassOverride(Request):
    """Path and body of ``PUT /api/v1/customers/{customer_id}/class_override``."""

    customer_id: Number
    class_override: SentClassOverride


class SentRevocation(WireObject):
    """Who takes back what was set, and why."""

    reason: Reason
    revoked_by: Annotated[OwnId, Field(description="Who revokes it, as the partner names them", examples=["bia.lima"])]


class RevokeClassOverride(Request):
    """Path and body of ``POST /api/v1/customers/{customer_id}/class_override/revocation``."""

    customer_id: Number
    revocation: SentRevocation


class ListClassChanges(Request):
    """Path and query of ``GET /api/v1/customers/{customer_id}/class_changes``."""

    customer_id: Number
    cursor: Cursor = None
    per_page: Annotated[PerPage, Field(description="Changes of a page", examples=[25])] = 25
