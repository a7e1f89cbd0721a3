"""Every bank accepts or refuses a document before it prices anything, and remembers which."""

from __future__ import annotations

import pytest

from tests.contract.banks.bank_world import CPF, OTHER_CPF, World, pre_approval

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_bank_accepts_a_document_and_remembers_it(world: World) -> None:
    bank, request = world.open(), pre_approval()

    assert await bank.find_pre_approval(request.key) is None
    assert await bank.pre_approve(request) is True
    assert await bank.find_pre_approval(request.key) is True


async def test_bank_refuses_a_document_in_pre_approval(world: World) -> None:
    await world.script({"when": {"cpf": OTHER_CPF.value}, "outcome": "pre_approval_refused"})
    bank, refused = world.open(), pre_approval(OTHER_CPF)

    assert await bank.pre_approve(refused) is False
    assert await bank.find_pre_approval(refused.key) is False
    assert await bank.pre_approve(pre_approval(CPF)) is True


async def test_a_rule_about_a_condition_does_not_touch_pre_approval(world: World) -> None:
    await world.script({"when": {"installments": 48}, "outcome": "pre_approval_refused"})

    assert await world.open().pre_approve(pre_approval()) is True


async def test_repeated_pre_approval_has_one_effect(world: World) -> None:
    bank, request = world.open(), pre_approval()
    await bank.pre_approve(request)
    await world.script({"when": {}, "outcome": "pre_approval_refused"})

    assert await bank.pre_approve(request) is True
    (effect,) = await world.effects(request.key)
    assert effect["operation"] == "pre_approval"
    assert effect["cpf"] == CPF.value
