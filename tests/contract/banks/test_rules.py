"""Scripts of every bank: the first matching rule wins, and holds only the calls that it matches."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from lastro.simulations.conditions.reasons import Reason
from tests.contract.banks.bank_world import APPLICANT, OTHER_CPF, World, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_first_matching_rule_wins(world: World) -> None:
    await world.script(
        {"when": {"cpf": OTHER_CPF.value}, "outcome": "desk"},
        {"when": {"installments": 12, "down_payment": 20_003_01}, "outcome": "refused"},
        {"when": {}, "minimum_down_payment": None, "suggested_down_payment": None},
    )
    bank = world.open()
    other = replace(APPLICANT, document=OTHER_CPF)

    answers = await asyncio.gather(
        bank.price(ask(applicant=other, installments=12)), bank.price(ask(installments=12)), bank.price(ask())
    )

    assert [answer.reason for answer in answers] == [Reason.CREDIT_DESK, Reason.REFUSED, None]


async def test_delay_holds_only_the_calls_it_matches(world: World) -> None:
    await world.script({"when": {"installments": 60}, "delay_ms": 150})
    bank = world.open()
    loop = asyncio.get_running_loop()
    ended: dict[int, float] = {}

    async def timed(installments: int) -> None:
        await bank.price(ask(installments=installments))
        ended[installments] = loop.time()

    begun = loop.time()
    await asyncio.gather(timed(60), timed(12), timed(24))

    assert ended[60] - begun >= 0.15
    assert max(ended[12], ended[24]) < ended[60]
