"""The example purchase: two terms at two banks with suggestions on, run through the real rules and figures.

Nothing is stored and no bank is asked: the offers are made here, everything derived from them is the model's own work.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from lastro.finance.iof import BorrowerClass, finance_iof
from lastro.finance.price import price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.callers.caller import Caller
from lastro.kernel.money import MonthlyRate
from lastro.simulations.conditions.pricing import cost_of_return, price_condition
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import (
    Condition,
    PreApprovalStatus,
    Simulation,
    Verdict,
    end_condition,
)
from lastro.simulations.ports import Expense, Offer
from lastro.simulations.posting.building import bind_returns, build_simulation
from lastro.simulations.posting.goods import good_sent
from lastro.simulations.requests import RequestedSimulation
from lastro.simulations.results.rendering import render_list, render_simulation
from lastro.simulations.results.views import SimulationAnswer

SIMULATION_ID = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"
POSTED = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
RATE = MonthlyRate.from_percent("1.49")
REGISTRATION_FEE = 45_000

PURCHASE: dict[str, Any] = {
    "simulation": {
        "process_bank_suggested_conditions": True,
        "retrieve_lead": {"cpf_cnpj": "529.982.247-25"},
        "bank_febraban_codes": ["341", "655"],
        "assets_value": 10_000_000,
        "documentation_value": 80_000,
        "vehicle": {
            "vehicle_molicar_code": "02106163-7",
            "licensing_uf": "SP",
            "licensing_city": "São Paulo",
            "manufacture_year": 2025,
            "model_year": 2026,
            "asset_value": 10_000_000,
            "zero_km": True,
        },
        "conditions": [
            {"installments": 12, "down_payment": 2_000_000},
        ],
    }
}
_LEAD: dict[str, Any] = {
    "id": 1,
    "cpf_cnpj": "52998224725",
    "name": "Ana Exemplo",
    "birthdate": "1990-05-17",
    "phone_number": "+5584900000000",
    "has_cnh": True,
    "created_at": "2026-11-03T11:58:00.000Z",
    "updated_at": "2026-11-03T11:58:00.000Z",
}
_MINIMUM, _SUGGESTED = 3_000_000, 4_000_000


def posted_simulation() -> BaseModel:
    """The answer to the POST: every original condition, all pending."""
    return SimulationAnswer.model_validate_json(render_simulation(*_post(), {}))


def finished_simulation() -> BaseModel:
    """The same simulation once final: one offer, and one refusal with the two conditions the bank advised."""
    simulation, (offered, refused) = _post()
    conditions = [_offer(simulation, offered)]
    ended, generated = end_condition(simulation, refused, _verdict(advice=True), POSTED + timedelta(seconds=1))
    conditions += [ended, *(_offer(simulation, condition) for condition in generated)]
    return SimulationAnswer.model_validate_json(render_simulation(simulation, conditions, {}))


def simulation_page() -> BaseModel:
    """A page of the list with that one simulation, final."""
    simulation, _ = _post()
    finished_at = POSTED + timedelta(seconds=1)
    ended = replace(simulation, finished_at=finished_at, success=True, ended=frozenset(range(simulation.originals)))
    return render_list([ended])


def _post() -> tuple[Simulation, list[Condition]]:
    asked = RequestedSimulation.model_validate(PURCHASE["simulation"])
    pairs = [(condition, bank) for condition in asked.conditions for bank in asked.bank_febraban_codes or []]
    good = good_sent(asked)
    originals = bind_returns(asked, good.value, pairs, ())
    return build_simulation(SIMULATION_ID, 1001, Caller("", (1,)), asked, good, originals, _LEAD, POSTED)


def _offer(simulation: Simulation, condition: Condition) -> Condition:
    ended, _ = end_condition(simulation, condition, _verdict(simulation, condition), POSTED + timedelta(seconds=1))
    return ended


def _verdict(simulation: Simulation | None = None, condition: Condition | None = None, advice: bool = False) -> Verdict:
    verdict = Verdict(
        pre_approval_status=PreApprovalStatus.APPROVED,
        pre_approval_ended_at=POSTED,
        minimum=_MINIMUM if advice else None,
        suggested=_SUGGESTED if advice else None,
        reason=Reason.UNSUPPORTED_DOWN_PAYMENT if advice else None,
    )
    if simulation is None or condition is None:
        return verdict
    released = simulation.release_date
    due_dates = monthly_due_dates(add_months(released, 1), condition.installments)
    net = simulation.assets_value - condition.down_payment + simulation.extras
    credit = finance_iof(net, REGISTRATION_FEE, RATE, released, due_dates, BorrowerClass.NATURAL_PERSON)
    offer = Offer(
        installments=tuple(row.value for row in price_schedule(credit.gross, RATE, due_dates)),
        monthly_rate=str(RATE.percent()),
        expenses=(Expense("register_rate", REGISTRATION_FEE), Expense("iof_value", credit.iof)),
        credit_condition_code="EXEMPLO",
        credit_condition_description="Tabela de exemplo",
    )
    pricing = price_condition(simulation, condition, offer)
    return replace(
        verdict,
        pricing=pricing,
        return_cost=cost_of_return(pricing, pricing) if pricing else None,
        credit_condition_return="0",
        credit_condition_code=offer.credit_condition_code,
        credit_condition_description=offer.credit_condition_description,
    )
