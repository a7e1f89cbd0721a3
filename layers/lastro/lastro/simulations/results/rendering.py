"""From stored simulations to the partner's view of them. Pure.

Conditions come in offset order: an original, then what was generated from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from lastro.kernel.banks import BANKS
from lastro.kernel.documents import parse_document
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.leads.model import to_lead
from lastro.simulations.leads.views import show_lead
from lastro.simulations.model import (
    Condition,
    PreApprovalStatus,
    ReturnCost,
    Simulation,
    close_simulation,
    count_pending,
)
from lastro.simulations.results.views import SimulationList, SimulationSummary

_FINANCED_ITEMS = ("documentation", "accessory", "insurance")


def render_simulation(
    simulation: Simulation, conditions: Sequence[Condition], pre_approvals: Mapping[str, PreApprovalStatus]
) -> str:
    """The JSON of a ``SimulationAnswer``, the whole simulation; ``pre_approvals`` maps banks' codes to their status.

    Its conditions, hundreds of them and polled, are written as they stand: the model that describes them would take as
    long as all else of a call.
    """
    closing = close_simulation(conditions)
    finished_at, success = closing or (None, None)
    summary = _summary(simulation, count_pending(conditions), finished_at, success)
    views = [_condition(simulation, condition, pre_approvals) for condition in conditions]
    shown = SimulationSummary.model_validate(summary).model_dump(mode="json")
    answer = {"data": {**shown, "conditions": views}}
    return to_json(answer).decode()


def render_list(simulations: Sequence[Simulation]) -> SimulationList:
    """A page of the list."""
    return SimulationList.model_validate(
        {"data": [_summary(one, one.open_count, one.finished_at, one.success) for one in simulations]}
    )


def _summary(
    simulation: Simulation, pending: int, finished_at: datetime | None, success: bool | None
) -> dict[str, Any]:
    failed = success is False
    values = (simulation.documentation_value, simulation.accessory_value, simulation.insurance_value)
    items = [
        {"id": number, "type": kind, "value": value}
        for number, (kind, value) in enumerate(zip(_FINANCED_ITEMS, values, strict=True), start=1)
        if value
    ]
    return {
        "uuid": simulation.id,
        "assets_value": simulation.assets_value,
        "created_at": simulation.created_at,
        "finished_at": finished_at,
        "pending": pending,
        "success": success,
        "error": None if success is None else failed,
        "reason": Reason.GENERIC.text if failed else None,
        "seller_cpf": parse_document(simulation.seller_cpf).formatted if simulation.seller_cpf else None,
        "webhook_url": simulation.webhook_url,
        "process_bank_suggested_conditions": simulation.process_bank_suggested_conditions,
        "process_credere_suggested_conditions": simulation.process_credere_suggested_conditions,
        "process_task": _task(finished_at, failed),
        "items": items,
        "payload": {},
        "lead": show_lead(to_lead(simulation.lead)),
        "vehicle": _vehicle(simulation),
        "commercial": simulation.commercial,
    }


def _vehicle(simulation: Simulation) -> dict[str, Any]:
    vehicle = simulation.vehicle
    shown: dict[str, Any] = {"id": vehicle["credere_vehicle_model_id"], "molicar_code": vehicle["vehicle_molicar_code"]}
    known = vehicle.get("model")
    fuel = _domain("fuel-type", known["fuel"]) if known else None
    if known:
        shown |= {name: known[name] for name in ("brand", "version", "fipe_code", "year_start", "year_end")}
        shown |= {"available": known["active"], "model_name": known["name"], "fuel_type": fuel}
        shown["category"] = _domain("vehicle-category", known["vehicle_type"])
    return {**vehicle, "asset_value": simulation.assets_value, "fuel_type": fuel, "vehicle_model": shown}


def _domain(kind: str, choice: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": choice["id"], "type": kind, "credere_identifier": choice["code"], "label": choice["name"]}


def _task(ended_at: datetime | None, failed: bool) -> dict[str, Any] | None:
    if ended_at is None:
        return None
    return {"ended_at": ended_at, "error": failed, "result": {"success": not failed}}


def _rate(percent: str | None) -> float | None:
    return None if percent is None else float(percent)


def _difference(cost: ReturnCost) -> dict[str, Any]:
    return {
        "first_installment_value": cost.first_installment_value,
        "amount_paid_in_financing": cost.amount_paid_in_financing,
        "cet_monthly": _rate(cost.cet_monthly),
        "cet_annually": _rate(cost.cet_annually),
    }


def _condition(
    simulation: Simulation, condition: Condition, pre_approvals: Mapping[str, PreApprovalStatus]
) -> dict[str, Any]:
    bank = BANKS[condition.bank]
    pricing = condition.pricing
    options = condition.options
    flow = pricing.installments if pricing else ()
    status = condition.pre_approval_status
    if condition.ended_at is None:
        status = pre_approvals.get(condition.bank, PreApprovalStatus.NOT_RUN)
    return {
        "id": condition.id,
        "installments": condition.installments,
        "down_payment": condition.down_payment,
        "financed_amount": pricing.financed_amount
        if pricing
        else simulation.assets_value - condition.down_payment + simulation.extras,
        "available": condition.available,
        "success": condition.success,
        "error": condition.error,
        "reason": condition.reason.text if condition.reason else None,
        "reason_identifier": condition.reason,
        "credit_condition_code": condition.credit_condition_code,
        "credit_condition_description": condition.credit_condition_description,
        "credit_condition_return": condition.credit_condition_return,
        "difference_to_return_0": _difference(condition.return_cost) if condition.return_cost else None,
        "pre_approval_status": int(status),
        "run_pre_approval": True,
        "pre_aproval_task": _task(condition.pre_approval_ended_at, failed=False),
        "first_installment_value": flow[0] if flow else None,
        "last_installment_value": flow[-1] if flow else None,
        "fixed_installments": len(set(flow[:-1])) <= 1 if flow else None,
        "payment_flow": {str(number): value for number, value in enumerate(flow, start=1)} if flow else None,
        "amount_paid_in_financing": sum(flow) if flow else None,
        "include_financial_protection_insurance": bool(options.get("include_financial_protection_insurance")),
        "products_options": options.get("products_options"),
        "process_condition_payload": dict(condition.payload),
        "process_task": _task(condition.ended_at, bool(condition.error)),
        "suggestion_reason": condition.suggestion_reason,
        "original_condition_id": condition.original_condition_id,
        "bank_minimum_down_payment": condition.minimum,
        "bank_down_payment_suggestion": condition.suggested,
        "bank_available_amount": condition.available_amount,
        "interest_monthly": _rate(pricing.interest_monthly if pricing else None),
        "interest_annually": _rate(pricing.interest_annually if pricing else None),
        "cet_monthly": _rate(pricing.cet_monthly if pricing else None),
        "cet_annually": _rate(pricing.cet_annually if pricing else None),
        "expenses": [
            {
                "id": number,
                "type": kind,
                "value": value,
                "fixed_value": value,
                "min_value": None,
                "max_value": None,
                "percentage": None,
                "over_total": None,
                "payload": {"bank_expense_id": reference, "credere_type": kind},
            }
            for number, (kind, value, reference) in enumerate(pricing.expenses if pricing else (), start=1)
        ],
        "min_return": options.get("min_return"),
        "max_return": options.get("max_return"),
        "return_preference": options.get("return_preference"),
        "plus_return_rule_id": options.get("plus_return_rule_id"),
        "quota_preference": options.get("quota_preference"),
        "bank": {"id": bank.id, "febraban_code": bank.code, "name": bank.name, "nickname": bank.nickname},
        "created_at": condition.created_at,
        "processed_at": condition.ended_at,
        "release_date": simulation.release_date,
        "first_due_date": pricing.first_due_date if pricing else None,
        "expires_at": condition.expires_at,
    }
