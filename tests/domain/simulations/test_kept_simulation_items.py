"""Items are kept as texts: what was written before days, moments and states had types, and before a condition's details
were one text, is read as what is written now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.suggestions import SuggestionReason
from lastro.simulations.items import (
    asked_item,
    condition_item,
    header_item,
    pre_approval_item,
    to_condition,
    to_originals,
    to_pre_approval,
    to_simulation,
)
from lastro.simulations.leads.model import lead_attributes, to_lead
from lastro.simulations.leads.views import show_lead
from lastro.simulations.model import PreApprovalStatus
from lastro.simulations.results.rendering import render_simulation

AT = "2026-11-03T12:00:00.123Z"
SHOWN = "2026-11-03T12:00:00.123000Z"
MOMENT = datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)
LEAD: dict[str, Any] = {
    "id": 1,
    "cpf_cnpj": "52998224725",
    "name": "Ana Exemplo",
    "birthdate": "1990-05-17",
    "email": None,
    "phone_number": "+5584900000000",
    "monthly_income": 650_000,
    "has_cnh": True,
    "gender": "F",
    "occupation": None,
    "profession": None,
    "mother_name": None,
    "address": {"zip_code": "01001000"},
    "created_at": AT,
    "updated_at": AT,
    "version": 2,
}
HEADER: dict[str, Any] = {
    "entity": "simulation",
    "schema": 1,
    "version": 1,
    "id": "4be0643f-1d98-573b-97cd-ca98a65347dd",
    "partner_id": "p",
    "store_id": 1,
    "first_id": 700,
    "created_at": AT,
    "release_date": "2026-11-03",
    "originals": 1,
    "assets_value": 10_000_000,
    "documentation_value": 0,
    "accessory_value": 0,
    "insurance_value": 0,
    "commercial": False,
    "process_bank_suggested_conditions": True,
    "process_credere_suggested_conditions": False,
    "lead": LEAD,
    "vehicle": {
        "id": 700,
        "credere_vehicle_model_id": None,
        "vehicle_molicar_code": "02106163-7",
        "licensing_uf": "SP",
        "licensing_city": None,
        "manufacture_year": 2024,
        "model_year": 2025,
        "zero_km": True,
    },
    "banks": ["341"],
    "seller_cpf": None,
    "webhook_url": None,
    "request_id": None,
    "finished_at": AT,
    "success": True,
    "by_owner_pk": "STORE#1#SIM",
    "by_owner_sk": f"{AT}#4be0643f-1d98-573b-97cd-ca98a65347dd",
}
CONDITION: dict[str, Any] = {
    "entity": "condition",
    "schema": 1,
    "version": 1,
    "id": 701,
    "offset": 1,
    "bank": "341",
    "installments": 2,
    "down_payment": 1_000_000,
    "created_at": AT,
    "suggestion_reason": "bank_minimum_down_payment",
    "original_condition_id": 700,
    "ended_at": AT,
    "success": True,
    "available": True,
    "error": False,
    "pre_approval_status": 3,
    "pre_approval_ended_at": AT,
    "pricing": {
        "financed_amount": 9_000_000,
        "installments": [[4_600_000, 2]],
        "expenses": [["iof_value", 1, None]],
        "interest_monthly": "1.99",
        "interest_annually": "26.68",
        "cet_monthly": "2.1",
        "cet_annually": "28.3",
        "first_due_date": "2026-12-03",
    },
    "expires_at": "2026-11-05T12:00:00.123Z",
}


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def test_a_simulation() -> None:
    simulation = to_simulation(HEADER)
    assert (simulation.created_at, simulation.finished_at) == (MOMENT, MOMENT)
    assert simulation.release_date == date(2026, 11, 3)
    written = kept(header_item(simulation))
    # Twenty seconds for the queue, then the sweep.
    assert written.pop("open_sk") == f"2026-11-03T12:00:20.123Z#{simulation.id}"
    del written["open_pk"]
    assert written == HEADER


def test_one_that_was_kept_before_it_could_be_final() -> None:
    unfinished = {name: value for name, value in HEADER.items() if name not in ("finished_at", "success")}
    assert to_simulation(unfinished).finished_at is None


def test_a_condition() -> None:
    condition = to_condition(CONDITION)
    assert {condition.created_at, condition.ended_at, condition.pre_approval_ended_at} == {MOMENT}
    assert condition.suggestion_reason is SuggestionReason.MINIMUM
    assert condition.pre_approval_status is PreApprovalStatus.APPROVED
    assert condition.pricing is not None
    assert condition.pricing.first_due_date == date(2026, 12, 3)
    assert to_condition(kept(condition_item(condition))) == condition


def test_a_condition_is_a_few_attributes_and_a_text() -> None:
    item = kept(condition_item(to_condition(CONDITION)))
    assert {name for name, value in item.items() if isinstance(value, dict | list)} == {"pricing"}
    assert item["pricing"] == {name: CONDITION["pricing"][name] for name in item["pricing"]}
    assert all(item[name] == CONDITION[name] for name in item.keys() - {"details", "pricing"})


def test_a_condition_that_waits_and_one_that_was_refused() -> None:
    waiting = {name: CONDITION[name] for name in ("entity", "schema", "version", "id", "offset", "bank")}
    waiting |= {"installments": 2, "down_payment": 0, "created_at": AT, "pre_approval_status": 0, "ended_at": None}
    pending = to_condition(waiting)
    assert (pending.ended_at, pending.id) == (None, 701)
    assert to_condition(kept(condition_item(pending))) == pending
    refused = waiting | {"ended_at": AT, "reason": "refused_by_bank", "success": True, "available": False}
    condition = to_condition(refused | {"error": False})
    assert condition.reason is Reason.REFUSED
    assert to_condition(kept(condition_item(condition))) == condition


def test_options_that_are_not_asked_for_take_no_room() -> None:
    simulation = replace(to_simulation(HEADER), originals=1)
    options = {"include_financial_protection_insurance": False, "min_return": 0}
    asked = replace(to_condition(CONDITION), id=700, offset=0, options=options)
    item = kept(asked_item([asked]))
    assert [term["options"] for term in item["terms"]] == [{"min_return": 0}]
    assert to_condition(kept(condition_item(asked))).options == {"min_return": 0}
    [original] = to_originals(simulation, item)
    [shown] = json.loads(render_simulation(simulation, [original], {}))["data"]["conditions"]
    assert (shown["include_financial_protection_insurance"], shown["min_return"]) == (False, 0)


def test_a_pre_approval() -> None:
    for ended_at, moment in ((AT, MOMENT), (None, None)):
        item = {"bank": "341", "status": 2, "lease_until": 0, "ended_at": ended_at}
        pre_approval = to_pre_approval(item)
        assert (pre_approval.status, pre_approval.ended_at) == (PreApprovalStatus.REFUSED, moment)
        assert kept(pre_approval_item(pre_approval)).items() >= item.items()


def test_a_lead() -> None:
    lead = to_lead(LEAD)
    assert (lead.birthdate, lead.created_at, lead.updated_at) == (date(1990, 5, 17), MOMENT, MOMENT)
    assert kept(lead_attributes(lead)) == LEAD
    # A simulation of a lead of which only the document was known.
    bare = {name: LEAD[name] for name in ("id", "cpf_cnpj", "created_at", "updated_at", "version")}
    assert lead_attributes(to_lead(bare))["birthdate"] is None


def test_partners_read_them_as_before() -> None:
    simulation, condition = to_simulation(HEADER), to_condition(CONDITION)
    pending = replace(condition, offset=4, ended_at=None, expires_at=None, pricing=None)
    view = json.loads(render_simulation(simulation, [condition], {}))["data"]
    assert (view["created_at"], view["finished_at"], view["process_task"]["ended_at"]) == (SHOWN, SHOWN, SHOWN)
    [shown] = view["conditions"]
    moments = ("created_at", "processed_at", "expires_at", "release_date", "first_due_date", "suggestion_reason")
    assert [shown[name] for name in moments] == [
        SHOWN,
        SHOWN,
        "2026-11-05T12:00:00.123000Z",
        HEADER["release_date"],
        CONDITION["pricing"]["first_due_date"],
        CONDITION["suggestion_reason"],
    ]
    assert (shown["pre_approval_status"], shown["pre_aproval_task"]["ended_at"]) == (3, SHOWN)
    unfinished = json.loads(render_simulation(simulation, [condition, pending], {}))["data"]
    assert (unfinished["finished_at"], unfinished["conditions"][1]["processed_at"]) == (None, None)
    lead = show_lead(to_lead(LEAD)).model_dump(mode="json")
    assert (lead["birthdate"], lead["created_at"], lead["updated_at"]) == ("1990-05-17", AT, AT)
