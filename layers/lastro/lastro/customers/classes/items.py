"""How classes and what becomes of a customer by them are spelt in the table."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.keys import open_place
from lastro.aws.dynamodb.table import Item, Put
from lastro.customers.classes.model import (
    NEVER_CLASSIFIED,
    ClassChange,
    ClassEvent,
    Classification,
    ClassifiedBy,
    Criteria,
    CustomerClass,
    Override,
    Standing,
    Walk,
)
from lastro.customers.classes.trees import read_tree, spell_tree
from lastro.kernel.calendar import format_moment, read_moment

_SCHEMA = 1
WALKED = "OPEN_CLASSES"
"""What is open while customers are evaluated anew."""


def criteria_item(criteria: Criteria) -> Item:
    """Classes as one row: a condition of a hundred nodes is a kilobyte or two, packed."""
    classes = [{"id": one.id, "name": one.name, "condition": spell_tree(one.condition)} for one in criteria.classes]
    return {
        "entity": "customer_classes",
        "schema": _SCHEMA,
        "version": criteria.version,
        "partner_id": criteria.partner_id,
        "classes": gzip.compress(json.dumps(classes, ensure_ascii=False).encode(), mtime=0),
        "updated_at": format_moment(criteria.updated_at),
        **walk_attributes(criteria),
    }


def walk_attributes(criteria: Criteria) -> Item:
    """How far the walk is; while it is not finished it is found among what is open."""
    walk = criteria.walk
    if walk is None:
        return {}
    told: Item = {
        "walk": {
            "after": walk.after,
            "evaluated": walk.evaluated,
            "closing": walk.closing,
            "finished_at": format_moment(walk.finished_at),
        }
    }
    if walk.finished_at is None:
        told |= open_place(WALKED, criteria.partner_id, f"{format_moment(criteria.updated_at)}#{criteria.partner_id}")
    return told


def to_criteria(item: Mapping[str, Any]) -> Criteria:
    """The inverse of :func:`criteria_item`."""
    walk = item.get("walk")
    return Criteria(
        partner_id=item["partner_id"],
        version=item["version"],
        classes=tuple(
            CustomerClass(each["id"], each["name"], read_tree(each["condition"], "")[0])
            for each in json.loads(gzip.decompress(item["classes"]))
        ),
        updated_at=read_moment(item["updated_at"]),
        walk=Walk(walk["after"], walk["evaluated"], walk["closing"], read_moment(walk["finished_at"]))
        if walk
        else None,
    )


def standing_attributes(partner_id: str, place: str, standing: Standing) -> Item:
    """Attributes of a customer that tell its class and place it in the list of it."""
    override, found = standing.override, standing.found
    told: Item = {
        "classification": {
            **_spell_found(found),
            "criteria_version": standing.criteria_version,
            "override": {
                "class_id": override.class_id,
                "reason": override.reason,
                "set_by": override.set_by,
                "set_at": format_moment(override.set_at),
            }
            if override
            else None,
            "change": _spell_change(standing.change) if standing.change else None,
        }
    }
    return told | (customer_keys.class_index(partner_id, found.class_id, place) if found else {})


def to_standing(item: Mapping[str, Any]) -> Standing:
    """Of a customer's row; one that was kept before there were classes was never classified."""
    kept = item.get("classification")
    if kept is None:
        return NEVER_CLASSIFIED
    override, change = kept["override"], kept["change"]
    return Standing(
        _to_found(kept),
        kept["criteria_version"],
        Override(**{**override, "set_at": read_moment(override["set_at"])}) if override else None,
        to_change(change) if change else None,
    )


def put_change(partner_id: str, customer_id: int, change: ClassChange) -> Put:
    """The row of the history that goes with a change; written again it is the same."""
    item = {"entity": "customer_class_change", "schema": _SCHEMA, **_spell_change(change)}
    return Put(customer_keys.class_change(partner_id, customer_id, change.version), item)


def to_change(item: Mapping[str, Any]) -> ClassChange:
    return ClassChange(
        version=item["version"],
        at=read_moment(item["at"]),
        event=ClassEvent(item["event"]),
        found=_to_found(item),
        criteria_version=item["criteria_version"],
        person=item["person"],
        reason=item["reason"],
    )


def _spell_change(change: ClassChange) -> Item:
    return {
        "version": change.version,
        "at": format_moment(change.at),
        "event": change.event.value,
        **_spell_found(change.found),
        "criteria_version": change.criteria_version,
        "person": change.person,
        "reason": change.reason,
    }


def _spell_found(found: Classification | None) -> Item:
    return {"class_id": found.class_id, "by": found.by.value} if found else {"class_id": None, "by": None}


def _to_found(item: Mapping[str, Any]) -> Classification | None:
    return Classification(item["class_id"], ClassifiedBy(item["by"])) if item["class_id"] else None
