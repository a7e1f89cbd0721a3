"""Every bank's offers add up, and carry the expenses and the advice that the bank gives."""

from __future__ import annotations

import pytest

from lastro.finance.price import price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import MonthlyRate
from lastro.simulations.ports import Applicant
from tests.contract.banks.bank_world import COMPANY, SandboxWorld, World, ask, given

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("installments", [1, 12, 60])
@pytest.mark.parametrize(("down_payment", "extras"), [(20_003_01, 0), (53_000_00, 1_234_56)])
async def test_offer_adds_up_to_the_cent(world: World, installments: int, down_payment: int, extras: int) -> None:
    await world.script({"when": {}, "minimum_down_payment": None, "suggested_down_payment": None})
    request = ask(installments=installments, down_payment=down_payment, extras=extras)

    answer = await world.open().price(request)

    assert answer.reason is None
    assert answer.offer is not None
    financed = request.asset_value - down_payment + extras + sum(expense.value for expense in answer.offer.expenses)
    due_dates = monthly_due_dates(add_months(request.release_date, 1), installments)
    schedule = price_schedule(financed, MonthlyRate.from_percent(answer.offer.monthly_rate), due_dates)
    assert answer.offer.installments == tuple(row.value for row in schedule)
    assert answer.offer.credit_condition_code


async def test_expenses_carry_the_published_types(world: World) -> None:
    answer = await world.open().price(ask(payment_protection_insurance=True))

    assert answer.offer is not None
    types = {expense.type for expense in answer.offer.expenses}
    assert types <= {"iof_value", "contract_record_rate", "property_valuation_rate", "register_rate", "spf"}
    if isinstance(world, SandboxWorld):
        assert len(types) == 5
        assert all(expense.bank_expense_id for expense in answer.offer.expenses)


async def test_company_gets_an_offer(world: World) -> None:
    applicant = Applicant(
        COMPANY, "Exemplo Ltda", email="a@example.com", phone_number="+5584900000000", zip_code="01001000"
    )
    request = ask(applicant=applicant, down_payment=20_000_00)

    answer = await world.open().price(request)

    assert answer.offer is not None
    (effect,) = await world.effects(request.key)
    assert effect["cpf"] == COMPANY.value


async def test_advice_arrives_as_far_as_the_bank_gives_it(world: World) -> None:
    await world.script({"when": {}, "minimum_down_payment": 10_000_01, "suggested_down_payment": 30_000_99})

    answer = await world.open().price(ask(down_payment=20_000_00))

    assert answer.offer is not None
    assert answer.minimum_down_payment == given(world.facts.minimum, 10_000_01)
    assert answer.suggested_down_payment == given(world.facts.ideal, 30_000_99)


async def test_no_advice_is_none_and_zero_is_a_value(world: World) -> None:
    await world.script(
        {"when": {"installments": 12}, "minimum_down_payment": None, "suggested_down_payment": None},
        {"when": {"installments": 24}, "minimum_down_payment": 0, "suggested_down_payment": 0},
    )
    bank = world.open()

    nothing = await bank.price(ask(installments=12))
    zero = await bank.price(ask(installments=24))

    assert (nothing.minimum_down_payment, nothing.suggested_down_payment) == (None, None)
    assert zero.minimum_down_payment == given(world.facts.minimum, 0)
    assert zero.suggested_down_payment == given(world.facts.ideal, 0)


async def test_matrix_error_loses_the_ideal_and_keeps_the_minimum(world: World) -> None:
    await world.script(
        {
            "when": {},
            "outcome": "suggestion_matrix_error",
            "minimum_down_payment": 1_000_00,
            "suggested_down_payment": 30_000_00,
        }
    )

    answer = await world.open().price(ask())

    assert answer.offer is not None
    assert answer.minimum_down_payment == given(world.facts.minimum, 1_000_00)
    assert answer.suggested_down_payment is None
