"""Every bureau's failures: what is refused for good, and what may be asked again."""

from __future__ import annotations

import pytest

from lastro.bureaus.ports import BureauUnavailable, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from tests.contract.bureaus.bureau_world import CPF, World, ask, token_for

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSALS = {
    "not_found": BureauReason.NOT_FOUND,
    "invalid_document": BureauReason.INVALID_DOCUMENT,
    "not_contracted": BureauReason.NOT_CONTRACTED,
    "garbage": BureauReason.UNREADABLE,
    "wrong_types": BureauReason.UNREADABLE,
}


@pytest.mark.parametrize(("outcome", "reason"), REFUSALS.items())
async def test_refusal_is_permanent_and_keeps_the_answer(world: World, outcome: str, reason: BureauReason) -> None:
    await world.script({"outcome": outcome})
    bureau = world.open()

    with pytest.raises(RefusedByBureau) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == reason
    assert caught.value.raw is not None
    assert caught.value.raw.body
    assert CPF.value not in caught.value.detail


async def test_unstable_bureau_may_be_asked_again(world: World) -> None:
    await world.script({"outcome": "unstable", "times": 1})
    bureau = world.open()
    token = await token_for(world, bureau)

    with pytest.raises(BureauUnavailable) as caught:
        await bureau.inquire(ask(world), token)

    assert caught.value.code == BureauReason.UNAVAILABLE
    assert not isinstance(caught.value, RevokedToken | SlowDown)
    _, report = await bureau.inquire(ask(world), token)
    assert report.identity.document == CPF


async def test_failed_processing_is_told_apart(world: World) -> None:
    await world.script({"outcome": "processing_error"})
    bureau = world.open()

    with pytest.raises(BureauUnavailable) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    expected = {"connect_sa": BureauReason.UNAVAILABLE}.get(world.facts.code, BureauReason.PROCESSING)
    assert caught.value.code == expected


@pytest.mark.parametrize("outcome", ["spike_arrest", "too_many_requests"])
async def test_burst_is_slowed_down_and_no_failure(world: World, outcome: str) -> None:
    await world.script({"outcome": outcome})
    bureau = world.open()

    with pytest.raises(SlowDown) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == BureauReason.BUSY
    assert 0 < caught.value.retry_after <= 300
