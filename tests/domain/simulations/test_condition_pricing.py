"""A condition's figures: goods received are released value, everything else beside them is a cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastro.finance.cet import MAX_CET
from lastro.finance.price import price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import MonthlyRate
from lastro.simulations.conditions.offers import verdict_of
from lastro.simulations.conditions.pricing import price_condition
from lastro.simulations.model import PreApprovalStatus, Pricing, Simulation, end_condition
from lastro.simulations.ports import BankAnswer, Offer
from lastro.simulations.records import PreApproval
from tests.domain.simulations.simulation_samples import SIMULATION
from tests.domain.simulations.test_conditions import ORIGINAL

TERM = 36
CONDITION = replace(ORIGINAL, installments=TERM, down_payment=0)


def offered(simulation: Simulation, percent: str = "1.99") -> Offer:
    """Instalments of a Price schedule on everything financed, without charges of the bank."""
    due = monthly_due_dates(add_months(simulation.release_date, 1), TERM)
    rows = price_schedule(simulation.assets_value + simulation.extras, MonthlyRate.from_percent(percent), due)
    return Offer(
        installments=tuple(row.value for row in rows),
        monthly_rate=percent,
        expenses=(),
        credit_condition_code="T",
    )


def priced(percent: str = "1.99", **values: Any) -> Pricing:
    simulation = replace(SIMULATION, **values)
    found = price_condition(simulation, CONDITION, offered(simulation, percent))
    assert found
    return found


def cet(pricing: Pricing) -> Decimal:
    assert pricing.cet_annually is not None
    return Decimal(pricing.cet_annually)


def test_accessories_cost_nothing_beyond_their_interest() -> None:
    bare, equipped = priced(), priced(accessory_value=3_000_000)
    assert equipped.financed_amount == 13_000_000
    assert ("accessory", 3_000_000, None) in equipped.expenses
    assert abs(cet(equipped) - cet(bare)) <= Decimal("0.01")
    # Counted as a cost, the same accessories would have made it twice as much.
    assert cet(priced(insurance_value=3_000_000)) > 2 * cet(equipped) - 5


@given(assets=st.integers(1_000_000, 50_000_000), value=st.integers(1_000, 900_000))
def test_accessories_count_as_the_vehicle_does_and_the_rest_costs(assets: int, value: int) -> None:
    dearer = priced(assets_value=assets + value)
    assert priced(assets_value=assets, accessory_value=value).cet_annually == dearer.cet_annually
    assume(value * 1_000 > assets)
    for costlier in (
        priced(assets_value=assets, documentation_value=value),
        priced(assets_value=assets, insurance_value=value),
    ):
        assert cet(costlier) > cet(dearer)


@pytest.mark.parametrize("documentation", [100_000_000, 10_000_000_000])
def test_a_cost_beyond_all_bounds_is_refused_with_its_reason_and_not_shown(documentation: int) -> None:
    simulation = replace(SIMULATION, assets_value=1_000_000, documentation_value=documentation)
    offer = offered(simulation)
    assert price_condition(simulation, CONDITION, offer) is None
    answer, approved = BankAnswer(offer=offer), PreApproval("341", PreApprovalStatus.APPROVED)
    verdict = verdict_of(simulation, CONDITION, answer, None, approved)
    ended, _ = end_condition(simulation, CONDITION, verdict, datetime(2026, 3, 2, tzinfo=UTC))
    assert (ended.available, ended.error, ended.reason, ended.pricing) == (False, False, "not_priceable", None)


def test_what_is_shown_is_within_bounds() -> None:
    found = priced(assets_value=1_000_000, documentation_value=3_000_000)
    assert Decimal(100) < cet(found) <= MAX_CET
