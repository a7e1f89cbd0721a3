"""Every bank says why it makes no offer."""

from __future__ import annotations

import pytest

from lastro.kernel.banks import Advice
from lastro.simulations.conditions.reasons import Reason
from tests.contract.banks.bank_world import World, ask, given

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_below_the_minimum_is_declined_with_both_values(world: World) -> None:
    await world.script({"when": {}, "minimum_down_payment": 10_000_00, "suggested_down_payment": 15_000_00})

    answer = await world.open().price(ask(down_payment=9_999_99))

    if world.facts.minimum is Advice.NEVER:
        assert answer.offer is not None
    else:
        assert answer.offer is None
        assert answer.reason is Reason.UNSUPPORTED_DOWN_PAYMENT
    assert answer.minimum_down_payment == given(world.facts.minimum, 10_000_00)
    assert answer.suggested_down_payment == given(world.facts.ideal, 15_000_00)


async def test_down_payment_of_the_whole_value_is_declined(world: World) -> None:
    answer = await world.open().price(ask(down_payment=53_217_49))

    assert answer.offer is None
    assert answer.reason is Reason.UNSUPPORTED_DOWN_PAYMENT


async def test_term_outside_the_product_is_declined(world: World) -> None:
    answer = await world.open().price(ask(installments=61))

    assert answer.offer is None
    assert answer.reason is Reason.UNSUPPORTED_TERM


@pytest.mark.parametrize(("outcome", "reason"), [("refused", Reason.REFUSED), ("desk", Reason.CREDIT_DESK)])
async def test_bank_turns_the_condition_down(world: World, outcome: str, reason: Reason) -> None:
    await world.script({"when": {}, "outcome": outcome})
    request = ask()
    bank = world.open()

    answer = await bank.price(request)

    assert answer.offer is None
    assert answer.reason is reason
    assert (answer.minimum_down_payment, answer.suggested_down_payment) == (None, None)
    assert await bank.find_offer(request.key) == answer
    assert len(await world.effects(request.key)) == 1


async def test_desk_takes_the_advice_away_even_when_scripted(world: World) -> None:
    await world.script(
        {"when": {}, "outcome": "desk", "minimum_down_payment": 1_000_00, "suggested_down_payment": 2_000_00}
    )

    answer = await world.open().price(ask())

    assert (answer.minimum_down_payment, answer.suggested_down_payment) == (None, None)
