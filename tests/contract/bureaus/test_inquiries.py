"""Every bureau's inquiries: many at once, and those whose answer was lost, found again where the provider can."""

from __future__ import annotations

import asyncio

import pytest

from lastro.bureaus.ports import InquiryUnknown, RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from tests.contract.bureaus.bureau_world import CPF, World, ask, token_for

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_lost_answer_leaves_the_inquiry_unknown(world: World) -> None:
    await world.script({"outcome": "timeout_after_effect", "times": 1})
    bureau, request = world.open(impatient=True), ask(world)
    token = await token_for(world, bureau)

    with pytest.raises(InquiryUnknown) as caught:
        await bureau.inquire(request, token)

    assert caught.value.code == BureauReason.TIMEOUT
    assert len(await world.calls(request.key, CPF.value)) == 1


async def test_inquiry_is_looked_up_where_the_provider_can(world: World) -> None:
    await world.script({"outcome": "timeout_after_effect", "times": 1, "score": 555})
    bureau, request = world.open(impatient=True), ask(world)
    token = await token_for(world, bureau)
    if not world.facts.finds_inquiries:
        with pytest.raises(RefusedByBureau) as refused:
            await bureau.find_inquiry(request, token)
        assert refused.value.code == BureauReason.UNSUPPORTED
        return
    assert await bureau.find_inquiry(request, token) is None
    with pytest.raises(InquiryUnknown):
        await bureau.inquire(request, token)

    found = await bureau.find_inquiry(request, token)

    assert found is not None
    assert found[1].score is not None
    assert found[1].score.value == 555
    assert len(await world.calls(request.key, CPF.value)) == 1


async def test_concurrent_inquiries_do_not_wait_for_each_other(world: World) -> None:
    await world.script({"delay_ms": 150})
    bureau = world.open()
    token = await token_for(world, bureau)
    loop = asyncio.get_running_loop()
    started = loop.time()

    results = await asyncio.gather(*(bureau.inquire(ask(world), token) for _ in range(8)))

    assert len({report.identity.document for _, report in results}) == 1
    assert loop.time() - started < 8 * 0.15
