"""Every bank's failures: what may be asked again, what will never be accepted, what nobody knows."""

from __future__ import annotations

import pytest

from lastro.kernel.banks import BANKS
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.gateway import open_bank
from tests.contract.banks.bank_world import World, ask, pre_approval
from tests.contract.loopback import Service

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_unstable_bank_may_be_asked_again(world: World) -> None:
    await world.script({"when": {}, "outcome": "unstable", "times": 1})
    bank, request = world.open(), ask()

    with pytest.raises(Retryable) as failure:
        await bank.price(request)

    assert failure.value.code == Reason.BANK_UNAVAILABLE
    assert await world.effects(request.key) == []
    assert await bank.find_offer(request.key) is None
    assert (await bank.price(request)).offer is not None


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("validation_error", Reason.BANK_VALIDATION), ("invalid_credentials", Reason.INVALID_CREDENTIALS)],
)
async def test_bank_that_will_never_accept(world: World, outcome: str, reason: Reason) -> None:
    await world.script({"when": {}, "outcome": outcome, "times": 1})
    bank, request = world.open(), ask()

    with pytest.raises(Permanent) as failure:
        await bank.price(request)

    assert failure.value.code == reason
    assert await world.effects(request.key) == []


async def test_wrong_credentials_end_every_call(world: World) -> None:
    bank = world.open(credential="invalid")

    with pytest.raises(Permanent) as pricing:
        await bank.price(ask())
    with pytest.raises(Permanent) as asking:
        await bank.pre_approve(pre_approval())

    assert pricing.value.code == asking.value.code == Reason.INVALID_CREDENTIALS


async def test_effect_without_an_answer_is_unknown_and_found_by_its_key(world: World) -> None:
    bank, request = world.open(impatient=True), ask()
    await bank.pre_approve(pre_approval())
    await world.script({"when": {}, "outcome": "timeout_after_effect"})

    with pytest.raises(Unknown) as failure:
        await bank.price(request)

    assert failure.value.code == Reason.BANK_TIMEOUT
    found = await bank.find_offer(request.key)
    assert found is not None
    assert found.offer is not None
    assert await bank.price(request) == found
    assert len(await world.effects(request.key)) == 1


@pytest.mark.parametrize("code", BANKS)
async def test_bank_that_nobody_answers_for_may_be_asked_again(code: str, service: Service) -> None:
    credentials = dict.fromkeys(BANKS[code].credential_fields, "a-store")
    bank = open_bank(code, base_url="http://127.0.0.1:1", credentials=credentials, http=service.http)

    with pytest.raises(Retryable) as failure:
        await bank.price(ask())

    assert failure.value.code == Reason.BANK_UNAVAILABLE
