"""Every bank answers a key that it has seen with its first result, whatever characters the key has."""

from __future__ import annotations

import uuid

import pytest

from lastro.kernel.banks import BANKS
from tests.contract.banks.bank_world import SandboxWorld, World, ask
from tests.contract.loopback import Service

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_repeated_key_answers_the_first_result(world: World) -> None:
    bank, request = world.open(), ask()
    first = await bank.price(request)
    await world.script({"when": {}, "outcome": "refused"})

    assert await bank.price(request) == first
    assert await bank.find_offer(request.key) == first
    (effect,) = await world.effects(request.key)
    assert (effect["operation"], effect["installments"], effect["down_payment"]) == ("simulation", 48, 20_003_01)


async def test_unknown_keys_were_never_seen(world: World) -> None:
    bank = world.open()

    assert await bank.find_offer(f"price:{uuid.uuid4()}/?&= x") is None
    assert await bank.find_pre_approval(f"price:{uuid.uuid4()}/?&= x") is None


@pytest.mark.parametrize("code", BANKS)
async def test_key_with_reserved_characters_is_the_same_key_everywhere(code: str, service: Service) -> None:
    bank = SandboxWorld(BANKS[code], service.url, service.http, service.impatient_http).open()
    request = ask(key=f"{uuid.uuid4()}/a b?c=d&e%2F#f")

    answer = await bank.price(request)

    assert await bank.find_offer(request.key) == answer
