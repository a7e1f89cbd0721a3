"""What a partner reads of classes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from lastro.customers.classes.model import (
    ClassChange,
    ClassEvent,
    Classification,
    ClassifiedBy,
    Criteria,
    CustomerClass,
    Override,
    Walk,
)
from lastro.customers.classes.trees import spell_tree
from lastro.customers.people.part_views import Moment, View
from lastro.kernel.calendar import format_moment

_TREE = {"field": "income_cents", "at_least": 1500000}


class CustomerClassView(View):
    """A class in its order."""

    id: Annotated[int, Field(description="Number of the class", examples=[1])]
    name: Annotated[str, Field(description="Its name", examples=["Alta renda"])]
    condition: Annotated[dict[str, Any], Field(description="For whom it holds", examples=[_TREE])]


class ReevaluationView(View):
    """How far customers are evaluated by these classes."""

    customers_evaluated: Annotated[int, Field(description="Customers so far", examples=[1200])]
    finished_at: Annotated[
        str | None, Field(description="UTC; null: it goes on", examples=["2026-11-03T12:03:00.000Z"])
    ]


class CustomerClassesView(View):
    """A version of a partner's classes."""

    version: Annotated[int, Field(description="Counts changes; 0: none were ever defined", examples=[1])]
    classes: Annotated[list[CustomerClassView], Field(description="In their order: the first that holds counts")]
    updated_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]
    reevaluation: Annotated[
        ReevaluationView | None, Field(description="Null: nothing was ever to be evaluated, or a version of before")
    ]


class CustomerClassesAnswer(View):
    """Envelope of a partner's classes."""

    customer_classes: CustomerClassesView


class ClassOverrideView(View):
    """A class that a person set."""

    class_id: Annotated[int, Field(description="The class", examples=[1])]
    reason: Annotated[str, Field(description="Why", examples=["Cliente fundador, por decisão da diretoria"])]
    set_by: Annotated[str, Field(description="Who set it", examples=["bia.lima"])]
    set_at: Moment


class ClassificationView(View):
    """A customer's class."""

    class_id: Annotated[int | None, Field(description="The class; null: none", examples=[1])]
    class_name: Annotated[str | None, Field(description="Its name", examples=["Alta renda"])]
    classified_by: Annotated[
        ClassifiedBy | None, Field(description="Its condition, or a person's override", examples=["condition"])
    ]
    criteria_version: Annotated[int, Field(description="Version of the classes that counted", examples=[1])]
    class_override: Annotated[
        ClassOverrideView | None,
        Field(description="What a person set; it counts for nothing once its class is no longer defined"),
    ]


class ClassificationAnswer(View):
    """Envelope of a customer's class."""

    classification: ClassificationView


class ClassChangeView(View):
    """One change of a customer's class."""

    changed_at: Moment
    event: Annotated[ClassEvent, Field(description="What changed it", examples=["evaluated"])]
    class_id: Annotated[int | None, Field(description="The class from then on; null: none", examples=[1])]
    classified_by: Annotated[
        ClassifiedBy | None, Field(description="Its condition, or a person's override", examples=["condition"])
    ]
    criteria_version: Annotated[int, Field(description="Version of the classes that counted", examples=[1])]
    person: Annotated[str | None, Field(description="Who set or revoked it", examples=["bia.lima"])]
    reason: Annotated[str | None, Field(description="Why", examples=["Cliente fundador, por decisão da diretoria"])]


class ClassChangeList(View):
    """A page of the history of a customer's class."""

    class_changes: Annotated[list[ClassChangeView], Field(description="Newest first")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=["12"])]


def show_classes(criteria: Criteria) -> CustomerClassesAnswer:
    """A version of the classes."""
    view = CustomerClassesView(
        version=criteria.version,
        classes=[_show_class(one) for one in criteria.classes],
        updated_at=format_moment(criteria.updated_at),
        reevaluation=_show_walk(criteria.walk),
    )
    return CustomerClassesAnswer(customer_classes=view)


def show_classification(
    criteria: Criteria, found: Classification | None, override: Override | None
) -> ClassificationView:
    """A class by the criteria that it was found with."""
    known = criteria.find(found.class_id) if found else None
    return ClassificationView(
        class_id=found.class_id if found else None,
        class_name=known.name if known else None,
        classified_by=found.by if found else None,
        criteria_version=criteria.version,
        class_override=ClassOverrideView(
            class_id=override.class_id,
            reason=override.reason,
            set_by=override.set_by,
            set_at=format_moment(override.set_at),
        )
        if override
        else None,
    )


def show_change(change: ClassChange) -> ClassChangeView:
    """One change of the history."""
    return ClassChangeView(
        changed_at=format_moment(change.at),
        event=change.event,
        class_id=change.found.class_id if change.found else None,
        classified_by=change.found.by if change.found else None,
        criteria_version=change.criteria_version,
        person=change.person,
        reason=change.reason,
    )


def _show_class(one: CustomerClass) -> CustomerClassView:
    return CustomerClassView(id=one.id, name=one.name, condition=spell_tree(one.condition))


def _show_walk(walk: Walk | None) -> ReevaluationView | None:
    if walk is None:
        return None
    return ReevaluationView(customers_evaluated=walk.evaluated, finished_at=format_moment(walk.finished_at))
