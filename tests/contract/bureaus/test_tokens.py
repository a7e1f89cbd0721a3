"""Every bureau's tokens and credentials: how long they live, and what is said when they are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lastro.bureaus.ports import RefusedByBureau, RevokedToken
from lastro.bureaus.reasons import BureauReason
from tests.contract.bureaus.bureau_world import CPF, World, ask, token_for

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_token_lives_at_most_an_hour_from_now(world: World) -> None:
    bureau = world.open()
    if not world.facts.uses_tokens:
        with pytest.raises(RefusedByBureau) as caught:
            await bureau.login()
        assert caught.value.code == BureauReason.UNSUPPORTED
        return
    before = datetime.now(UTC)

    token = await bureau.login()

    assert before + timedelta(minutes=59) < token.expires_at <= datetime.now(UTC) + timedelta(minutes=60)
    assert token.value not in repr(token)


async def test_short_lived_token_says_so(world: World) -> None:
    if not world.facts.uses_tokens:
        return
    await world.script({"when": {"operation": "login"}, "token_seconds": 120})

    token = await world.open().login()

    assert timedelta(seconds=100) < token.expires_at - datetime.now(UTC) <= timedelta(seconds=120)


async def test_expired_token_is_told_apart_and_a_new_one_works(world: World) -> None:
    if not world.facts.uses_tokens:
        return
    bureau, request = world.open(), ask(world)
    token = await bureau.login()
    await world.expire_tokens()

    with pytest.raises(RevokedToken) as caught:
        await bureau.inquire(request, token)

    assert caught.value.code == BureauReason.REVOKED
    _, report = await bureau.inquire(request, await bureau.login())
    assert report.identity.document == CPF


async def test_refused_credentials(world: World) -> None:
    bureau = world.open(credential="invalid-branch")
    with pytest.raises(RefusedByBureau) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == BureauReason.INVALID_CREDENTIALS


async def test_every_secret_is_checked_on_its_own(world: World) -> None:
    for name in world.facts.secret_fields:
        await world.open().check_credential(name)
        with pytest.raises(RefusedByBureau) as caught:
            await world.open(credential="invalid-branch").check_credential(name)
        assert caught.value.code == BureauReason.INVALID_CREDENTIALS
    assert await world.calls("", CPF.value) == []
