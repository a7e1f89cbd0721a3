"""What the descriptions say in words and JSON Schema cannot: fields that hold each other, put in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lastro.kernel.calendar import SystemClock, local_date
from lastro.wire.rule import is_empty

Body = dict[str, Any]
_CREDITOR = {"address": "Avenida Exemplo, 100", "ombudsman": "0800 000 0000", "email": "contato@example.com"}


def _order(fields: Body, low: str, high: str) -> None:
    """From the lower to the higher bound; where one of them is left out, neither is sent."""
    ends = [fields.pop(name, None) for name in (low, high)]
    if not any(is_empty(end) for end in ends):
        fields[low], fields[high] = sorted(ends, key=lambda end: Decimal(str(end)))


def _of_a_product(body: Body) -> None:
    """Each range from its lower to its higher bound; a creditor that customers can reach."""
    for name in ("value", "installments", "monthly_tax", "cad_value", "first_due_days"):
        if isinstance(body.get(name), dict):
            body[name].pop("default", None)
            _order(body[name], "min", "max")
    if isinstance(body.get("eligibility"), dict):
        _order(body["eligibility"], "minimum_age", "maximum_age")
        body["eligibility"].pop("bureau_branch_id", None)
    if isinstance(body.get("issuer"), dict):
        body["issuer"] |= {name: text for name, text in _CREDITOR.items() if is_empty(body["issuer"].get(name))}


def _of_a_changed_product(body: Body) -> None:
    """The same; the version is the one that there is."""
    _of_a_product(body)
    body.pop("version", None)


def _of_a_simulation(body: Body) -> None:
    """One asset value, down payments up to it, return levels in order, years that have come."""
    simulation: Body = body["simulation"]
    vehicle: Body = simulation["vehicle"]
    vehicle.pop("stock_vehicle_id", None)
    all_of_it = {"manufacture_year": 2024, "model_year": 2024, "zero_km": False, "licensing_uf": "SP"}
    vehicle |= {name: value for name, value in all_of_it.items() if is_empty(vehicle.get(name))}
    if all(is_empty(vehicle.get(name)) for name in ("vehicle_molicar_code", "credere_vehicle_model_id")):
        vehicle["vehicle_molicar_code"] = "02106163-7"
    values = [vehicle.pop("asset_value", None), simulation.get("assets_value"), 10_000_000]
    asset = simulation["assets_value"] = next(value for value in values if not is_empty(value))
    this_year = local_date(SystemClock().now()).year
    made = vehicle["manufacture_year"] = min(vehicle["manufacture_year"], this_year)
    vehicle["model_year"] = max(made, min(vehicle["model_year"], this_year + 1))
    for condition in simulation["conditions"]:
        condition["down_payment"] = min(condition["down_payment"], asset)
        condition.pop("financed_amount", None)
        _order(condition, "min_return", "max_return")


def _of_a_return_rule(body: Body) -> None:
    """Bounds in order; the store is the header's."""
    rule: Body = body["plus_return_rule"]
    rule.pop("store_id", None)
    rule.pop("min_return", None)
    for name in ("installments", "financed_amount_cents"):
        _order(rule, f"min_{name}", f"max_{name}")


def _of_a_lead(body: Body) -> None:
    """The document is in the path already."""
    body["lead"].pop("cpf_cnpj", None)


def _of_an_old_simulation(body: Body) -> None:
    """The first instalment a month after the release, which lies where the tax is known; no product's bounds."""
    body |= {"releaseDate": "2025-08-01", "dueDate": "2025-09-01"}
    body.pop("product_id", None)


def _of_an_approval_rule(body: Body) -> None:
    """Cycles one after the other, their bounds in order."""
    start = 0
    body["approval_rule"].pop("checks", None)
    for cycle in body["approval_rule"]["cycles"]:
        length = min(abs(cycle["end_month"] - cycle["start_month"]), 20)
        cycle |= {"start_month": start, "end_month": start + length}
        _order(cycle, "minimum_percent", "maximum_percent")
        cycle.setdefault("minimum_percent", "10")
        start += length + 1


def _of_a_reservation(body: Body) -> None:
    """Its flow is one."""
    _of_a_flow(body["reservation"])


def _of_a_flow(body: Body) -> None:
    """Nothing due before the signing, few instalments of what repeats, and no payment above the price."""
    body["flow"]["signed_on"] = "2026-11-10"
    for payment in body["flow"]["payments"]:
        payment["due_date"] = max(str(payment["due_date"])[:10], "2026-11-10")
        payment["installments"] = 1
        payment["amount_cents"] = min(payment["amount_cents"], body["flow"]["total_cents"])


def _of_a_collection(body: Body) -> None:
    """Steps in their order, the fifth alone at the end of it."""
    steps = body["collection_parameters"]["steps"]
    for number, step in enumerate(steps, 1):
        step |= {"step": number, "days_overdue": 10 * number, "action": "notary" if number == 5 else "remind"}


def _of_a_customer(body: Body) -> None:
    """Phones of the numbering plan, banks that there are, a job that ended after its start."""
    body.pop("bank_validations", None)
    _put_phones(body)
    job = body["customer"].get("job_reference")
    if isinstance(job, dict):
        job.pop("previous_work_end_at", None)


def _put_phones(found: Any) -> None:
    for each in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        _put_phones(each)
    if isinstance(found, dict) and "code" in found and "number" in found:
        found |= {"code": 84, "number": 900000000}


def _of_a_new_customer(body: Body) -> None:
    """The same, and one document, that of a natural person."""
    _of_a_customer(body)
    body["customer"] |= {"cpf": "529.982.247-25", "born_at": "17/05/1990", "mother": "Maria Exemplo"}
    body["customer"].pop("cnpj", None)


def _of_a_person(body: Body) -> None:
    """Somewhere for codes to go."""
    body["portal_person"]["login_email"] = "ana@example.com"
    body["portal_person"].pop("customer_id", None)


def _of_a_bulletin(body: Body) -> None:
    """The audience of its kind, on days in their order."""
    body["bulletin"] |= {"kind": "diversos", "starts_on": None, "ends_on": None}
    for name in ("developments", "units", "groups"):
        body["bulletin"].pop(name, None)


def _of_a_survey(body: Body) -> None:
    """A scale that ends where it does not begin."""
    body["survey"] |= {"lowest_score": 0, "highest_score": 10}


def _of_an_order(body: Body) -> None:
    """A day that came: the description knows no today."""
    body["removal_order"]["issued_on"] = "2026-02-27"


def _of_a_notice(body: Body) -> None:
    """Days that came, in their order."""
    body["notice"] |= {"sent_on": "2026-02-26", "delivered_on": "2026-02-27"}


def _of_its_proof(body: Body) -> None:
    """A day that came."""
    body["notice_proof"]["delivered_on"] = "2026-02-27"


RELATED: Mapping[str, Callable[[Body], None]] = {
    "create_approval_rule": _of_an_approval_rule,
    "create_bulletin": _of_a_bulletin,
    "create_customer": _of_a_new_customer,
    "create_portal_person": _of_a_person,
    "create_product": _of_a_product,
    "create_reservation": _of_a_reservation,
    "prove_negativation_notice": _of_its_proof,
    "put_collection_parameters": _of_a_collection,
    "record_negativation_notice": _of_a_notice,
    "create_survey": _of_a_survey,
    "create_simulation": _of_a_simulation,
    "create_plus_return_rule": _of_a_return_rule,
    "evaluate_approval_rule": _of_a_flow,
    "order_negativation_removal": _of_an_order,
    "patch_product": _of_a_changed_product,
    "replace_approval_rule": _of_an_approval_rule,
    "replace_lead": _of_a_lead,
    "simulate_ccb": _of_an_old_simulation,
    "update_customer": _of_a_customer,
    "update_lead": _of_a_lead,
}
"""Calls whose fields hold each other in ways that JSON Schema cannot say."""
