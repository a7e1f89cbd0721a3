"""Simulations, conditions and pre-approvals as items of the table and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import chain, repeat
from typing import Any

from pydantic_core import from_json

from lastro.aws.dynamodb.keys import Key, place_of_panel
from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Item
from lastro.kernel.calendar import format_moment, read_moment
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.suggestions import SuggestionReason
from lastro.simulations.model import OFFSETS_PER_ORIGINAL, Condition, PreApprovalStatus, Pricing, ReturnCost, Simulation
from lastro.simulations.records import GRACE, PreApproval

_SCHEMA = 1
_HIDDEN = ("PK", "SK", "entity", "schema", "version", "expires")


def header_item(simulation: Simulation) -> Item:
    item = asdict(simulation)
    item["banks"] = list(simulation.banks)
    del item["ended"], item["generated"]
    if simulation.panel is None:
        del item["panel"]
    return {
        "entity": "simulation",
        "schema": _SCHEMA,
        "version": 1,
        **item,
        **keys.owner_index(simulation.store_id, format_moment(simulation.created_at), simulation.id),
        **keys.open_index(format_moment(simulation.created_at + GRACE), simulation.id),
    }


def panel_row(simulation: Simulation) -> tuple[Key, Item] | None:
    """What places a simulation in the list of the panel that made it, where one did."""
    if simulation.panel is None:
        return None
    listed = keys.owner_index(simulation.store_id, format_moment(simulation.created_at), simulation.id)
    at, own = place_of_panel(keys.simulation(simulation.id), listed, simulation.panel)
    return at, {"entity": "simulation_of_panel", "schema": _SCHEMA, "version": 1, **own}


def to_simulation(item: Item) -> Simulation:
    hidden = (*_HIDDEN, "by_owner_pk", "by_owner_sk", "open_pk", "open_sk")
    fields = {name: value for name, value in item.items() if name not in hidden}
    fields["banks"] = tuple(item["banks"])
    fields["ended"] = frozenset(item.get("ended", ()))
    fields["generated"] = frozenset(item.get("generated", ()))
    fields["release_date"] = date.fromisoformat(item["release_date"])
    for name in ("created_at", "finished_at"):
        fields[name] = read_moment(item.get(name))
    return Simulation(**fields)


PROGRESS = {"entity": "simulation_progress", "schema": _SCHEMA}
"""What every write of a simulation's progress says beside what it adds."""


def with_progress(simulation: Simulation, item: Item | None) -> Simulation:
    """The simulation as far as it got. One of before has some of its progress on the header, which stays there."""
    if item is None:
        return simulation
    return replace(
        simulation,
        ended=simulation.ended.union(item["ended"]),
        generated=simulation.generated.union(item.get("generated", ())),
    )


def asked_item(conditions: Sequence[Condition]) -> Item:
    """The originals, in order, as what is asked of several banks alike: sixty conditions are twelve terms."""
    terms: list[dict[str, Any]] = []
    for condition in conditions:
        term: dict[str, Any] = {
            "installments": condition.installments,
            "down_payment": condition.down_payment,
            "options": _kept_options(condition),
        }
        if terms and term.items() <= terms[-1].items():
            terms[-1]["banks"].append(condition.bank)
        else:
            terms.append({**term, "banks": [condition.bank]})
    return {"entity": "asked", "schema": _SCHEMA, "version": 1, "terms": terms}


def _kept_options(condition: Condition) -> dict[str, Any]:
    """What is not asked for and what nothing is said of are alike."""
    return {name: value for name, value in condition.options.items() if value is not False}


def to_originals(
    simulation: Simulation, item: Item, wanted: Callable[[int], bool] = lambda _: True
) -> tuple[Condition, ...]:
    """The originals whose offsets are ``wanted``, as they were before any ended."""
    asked = [(term, bank) for term in item["terms"] for bank in term["banks"]]
    return tuple(
        Condition(
            id=simulation.first_id + OFFSETS_PER_ORIGINAL * number,
            offset=OFFSETS_PER_ORIGINAL * number,
            bank=bank,
            created_at=simulation.created_at,
            installments=term["installments"],
            down_payment=term["down_payment"],
            options=term["options"],
        )
        for number, (term, bank) in enumerate(asked)
        if wanted(OFFSETS_PER_ORIGINAL * number)
    )


_NOTHING: tuple[object, ...] = (None, (), {})
_APART = (
    "offset",
    "bank",
    "installments",
    "down_payment",
    "created_at",
    "ended_at",
    "success",
    "available",
    "reason",
    "suggestion_reason",
    "minimum",
    "suggested",
)
_PRICING_APART = ("financed_amount", "interest_monthly", "cet_annually")
"""Attributes that others read: a write's condition ``ended_at``, the pipe of ``infrastructure/analysis.yaml`` all."""
_PRICING_TOLD = ("installments", "expenses", "interest_annually", "cet_monthly", "first_due_date")
_RETURN_COST_TOLD = ("first_installment_value", "amount_paid_in_financing", "cet_monthly", "cet_annually")
"""Values in this order: their names on every condition would make many a second write unit."""


def condition_item(condition: Condition) -> Item:
    """What others read in attributes, and all else in one text, which is written and read in half the time.

    Absent and null are alike except for ``ended_at``, which a write compares.
    """
    item: dict[str, Any] = {"entity": "condition", "schema": _SCHEMA, "version": 1, "ended_at": condition.ended_at}
    details: dict[str, Any] = {}
    for name in Condition.__dataclass_fields__:
        if name not in ("options", "pricing", "return_cost") and (value := getattr(condition, name)) not in _NOTHING:
            (item if name in _APART else details)[name] = value
    if options := _kept_options(condition):
        details["options"] = options
    if condition.pricing:
        pricing = _pricing_item(condition.pricing)
        item["pricing"] = {name: pricing[name] for name in _PRICING_APART}
        details["pricing"] = [pricing[name] for name in _PRICING_TOLD]
    if condition.return_cost:
        details["return_cost"] = [getattr(condition.return_cost, name) for name in _RETURN_COST_TOLD]
    told = json.dumps(details, default=_spell_day, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return {**item, "details": told}


def _spell_day(value: object) -> str:
    match value:
        case datetime():
            return format_moment(value)
        case date():
            return value.isoformat()
    raise TypeError(f"a condition holds no {type(value).__name__}")


_CONDITION_TYPES: Mapping[str, Callable[[Any], Any]] = {
    "created_at": read_moment,
    "ended_at": read_moment,
    "pre_approval_ended_at": read_moment,
    "expires_at": read_moment,
    "suggestion_reason": SuggestionReason,
    "reason": Reason,
    "pre_approval_status": PreApprovalStatus,
}


def to_condition(item: Item) -> Condition:
    fields = {name: value for name, value in item.items() if name not in _HIDDEN}
    # One of before has an attribute for each of its details.
    if details := fields.pop("details", None):
        fields |= from_json(details)
        if "pricing" in item:
            fields["pricing"] = item["pricing"] | dict(zip(_PRICING_TOLD, fields["pricing"], strict=True))
        if "return_cost" in fields:
            fields["return_cost"] = dict(zip(_RETURN_COST_TOLD, fields["return_cost"], strict=True))
    fields["generated"] = tuple(fields.get("generated", ()))
    for name, read in _CONDITION_TYPES.items():
        if fields.get(name) is not None:
            fields[name] = read(fields[name])
    if "pricing" in fields:
        fields["pricing"] = _to_pricing(fields["pricing"])
    if "return_cost" in fields:
        fields["return_cost"] = ReturnCost(**fields["return_cost"])
    return Condition(**fields)


def _pricing_item(pricing: Pricing) -> Item:
    """Equal instalments in a row are stored as ``[value, count]``: a schedule of sixty is two pairs."""
    runs: list[list[int]] = []
    for value in pricing.installments:
        if runs and runs[-1][0] == value:
            runs[-1][1] += 1
        else:
            runs.append([value, 1])
    item = {name: getattr(pricing, name) for name in Pricing.__dataclass_fields__}
    return {**item, "installments": runs, "expenses": [list(expense) for expense in pricing.expenses]}


def _to_pricing(item: Item) -> Pricing:
    installments = tuple(chain.from_iterable(repeat(value, count) for value, count in item["installments"]))
    expenses = tuple((kind, value, reference) for kind, value, reference in item["expenses"])
    first_due_date = date.fromisoformat(item["first_due_date"])
    return Pricing(**{**item, "installments": installments, "expenses": expenses, "first_due_date": first_due_date})


def pre_approval_item(pre_approval: PreApproval) -> Item:
    return {
        "entity": "pre_approval",
        "schema": _SCHEMA,
        "version": 1,
        "bank": pre_approval.bank,
        "status": int(pre_approval.status),
        "lease_until": pre_approval.lease_until,
        "ended_at": pre_approval.ended_at,
    }


def to_pre_approval(item: Item) -> PreApproval:
    status, ended_at = PreApprovalStatus(item["status"]), read_moment(item["ended_at"])
    return PreApproval(item["bank"], status, item["lease_until"], ended_at)
