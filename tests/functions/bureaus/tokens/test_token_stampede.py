"""However many cold functions want a token at once, a credential is logged in with once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.dynamodb.keys import bureaus as keys
from lastro.aws.dynamodb.table import Delete, Table
from lastro.aws.secrets import Secrets
from lastro.bureaus.ports import BureauToken, BureauUnavailable, RefusedByBureau, RevokedToken
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.records import HeldToken, TokenRecord
from lastro.bureaus.tokens.obtaining import LEASE_MS, TokenKeeper, TokenOwner, refresh_moment
from lastro.bureaus.tokens.store import TokenStore
from lastro.bureaus.tokens.vaults import TokenSecrets
from lastro.kernel.errors import Retryable
from tests.clock import MovableClock
from tests.contract.fake_bureau import FakeBureau
from tests.functions.emulation.process import SECRETS_PREFIX

FUNCTIONS = 200
SOME = 60
"""Enough to meet one another where two hundred were seen to do so already."""
OWNER = TokenOwner("credencial", "parceiro", 1)


class SlowBureau(FakeBureau):
    """A bureau whose logins take a while, so that everybody arrives before the first is through."""

    fault: Exception | None = None
    short_lived: frozenset[str] = frozenset()
    """Tokens that expire before they are first used."""
    held: asyncio.Event | None = None
    """What a login waits for, where there is something."""

    async def login(self) -> BureauToken:
        token = await super().login()
        await (self.held.wait() if self.held else asyncio.sleep(0.15))
        if self.fault:
            raise self.fault
        return token

    def check(self, token: BureauToken) -> str:
        """What an inquiry does with its token."""
        if token.value in self.short_lived:
            self._good_tokens.discard(token.value)
        if token.value not in self._good_tokens:
            raise RevokedToken("not this one")
        return token.value


class OneAtATime:
    """Passes every call on, one thread at a time: moto keeps no locks of its own."""

    def __init__(self, target: Any, lock: Lock) -> None:
        self._target = target
        self._lock = lock
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._target, name)

        def call(*arguments: Any) -> Any:
            with self._lock:
                self.calls.append(name)
                return method(*arguments)

        return call


class World:
    """One table and vault, one bureau, as many processes as wanted."""

    def __init__(self) -> None:
        lock = Lock()
        self.clock = MovableClock()
        self.bureau = SlowBureau(clock=self.clock.now)
        self.store: Any = OneAtATime(TokenStore(Table()), lock)
        secrets = Secrets(SECRETS_PREFIX)
        self.vault: Any = OneAtATime(TokenSecrets(secrets), lock)

    def process(self) -> TokenKeeper:
        return TokenKeeper(self.store, self.vault, self.clock)

    async def inquire(self, keeper: TokenKeeper) -> str:
        async def act(token: BureauToken) -> str:
            return self.bureau.check(token)

        return await keeper.call(OWNER, self.bureau, act)

    async def all_at_once(self, keepers: Sequence[TokenKeeper]) -> list[Any]:
        return await asyncio.gather(*(self.inquire(keeper) for keeper in keepers), return_exceptions=True)


@pytest.fixture
def world(table: Table) -> World:
    return World()


def errors_in(outcomes: Sequence[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, str)]


async def test_cold_functions_log_in_once(world: World) -> None:
    outcomes = await world.all_at_once([world.process() for _ in range(SOME)])
    assert errors_in(outcomes) == []
    assert (world.bureau.logins, set(outcomes)) == (1, {"token-1"})


async def test_two_hundred_inquiries_over_an_expiry_log_in_once(world: World) -> None:
    keepers = [world.process() for _ in range(FUNCTIONS)]
    await world.all_at_once(keepers)
    world.clock.advance(hours=2)
    outcomes = await world.all_at_once(keepers)
    assert errors_in(outcomes) == []
    assert (world.bureau.logins, set(outcomes)) == (2, {"token-2"})


async def test_a_token_that_was_revoked_is_replaced_by_one_login(world: World) -> None:
    keepers = [world.process() for _ in range(SOME)]
    await world.all_at_once(keepers)
    world.bureau.expire_tokens()
    outcomes = await world.all_at_once(keepers)
    assert errors_in(outcomes) == []
    assert (world.bureau.logins, set(outcomes)) == (2, {"token-2"})


async def test_a_process_that_slept_through_two_revocations_gets_through(world: World) -> None:
    sleeper, awake = world.process(), world.process()
    await world.inquire(sleeper)
    for _ in range(2):
        world.bureau.expire_tokens()
        await world.inquire(awake)
    world.bureau.expire_tokens()
    assert await world.inquire(sleeper) == "token-4"
    assert world.bureau.logins == 4


async def test_a_bureau_that_takes_no_token_is_left_alone_after_one_login(world: World) -> None:
    keeper = world.process()
    await world.inquire(keeper)

    async def refuse(token: BureauToken) -> str:
        raise RevokedToken("never")

    with pytest.raises(RefusedByBureau):
        await keeper.call(OWNER, world.bureau, refuse)
    assert world.bureau.logins == 2


async def wait_for_one_login(world: World, keepers: Sequence[TokenKeeper]) -> list[Any]:
    """All want a token in place of a revoked one; the first buys it, and the others wait for it, every one."""
    await world.all_at_once(keepers)
    world.bureau.expire_tokens()
    held = world.bureau.held = asyncio.Event()
    tasks = [asyncio.create_task(world.inquire(keepers[0]))]
    while world.bureau.logins < 2:
        await asyncio.sleep(0.01)
    world.store.calls.clear()
    tasks += [asyncio.create_task(world.inquire(keeper)) for keeper in keepers[1:]]
    while world.store.calls.count("find") < 2 * len(keepers):
        await asyncio.sleep(0.01)
    world.bureau.held = None
    held.set()
    return list(await asyncio.gather(*tasks, return_exceptions=True))


async def test_who_waited_for_a_token_that_expired_on_the_way_tries_once_more(world: World) -> None:
    world.bureau.short_lived = frozenset({"token-2"})
    first, *others = await wait_for_one_login(world, [world.process() for _ in range(3)])
    # The one that bought it knows that the bureau refuses what it gives; both that waited get through by one login.
    assert isinstance(first, RefusedByBureau)
    assert (others, world.bureau.logins) == (["token-3"] * 2, 3)


async def test_who_waited_tries_once_more_and_not_twice(world: World) -> None:
    world.bureau.short_lived = frozenset({"token-2", "token-3"})
    outcomes = await wait_for_one_login(world, [world.process() for _ in range(10)])
    assert all(isinstance(outcome, RefusedByBureau) for outcome in outcomes)
    assert {outcome.code for outcome in outcomes} == {BureauReason.INVALID_CREDENTIALS}
    assert world.bureau.logins == 3
    # Noted: whoever comes now is told so without a login.
    with pytest.raises(RefusedByBureau):
        await world.inquire(world.process())
    assert world.bureau.logins == 3
    world.clock.advance(minutes=1)
    assert await world.inquire(world.process()) == "token-4"


async def test_one_process_shares_one_search(world: World) -> None:
    keeper = world.process()
    outcomes = await world.all_at_once([keeper] * FUNCTIONS)
    assert errors_in(outcomes) == []
    assert (world.bureau.logins, world.vault.calls.count("read")) == (1, 1)


async def test_a_good_token_costs_a_cold_function_one_read_and_a_warm_one_none(world: World) -> None:
    await world.inquire(world.process())
    for calls in (world.store.calls, world.vault.calls):
        calls.clear()
    cold = world.process()
    await world.inquire(cold)
    assert (world.store.calls, world.vault.calls) == ([], ["read"])
    await world.inquire(cold)
    assert (world.store.calls, world.vault.calls) == ([], ["read"])


async def test_refused_credentials_are_tried_once_for_all(world: World) -> None:
    world.bureau.fault = RefusedByBureau("no", code=BureauReason.INVALID_CREDENTIALS)
    outcomes = await world.all_at_once([world.process() for _ in range(50)])
    assert world.bureau.logins == 1
    assert all(isinstance(outcome, RefusedByBureau) for outcome in outcomes)
    assert {outcome.code for outcome in outcomes} == {BureauReason.INVALID_CREDENTIALS}
    world.bureau.fault = None
    with pytest.raises(RefusedByBureau):
        await world.inquire(world.process())
    world.clock.advance(minutes=1)
    assert await world.inquire(world.process())


async def test_a_bureau_that_is_away_fails_those_who_waited_and_nobody_later(world: World) -> None:
    world.bureau.fault = BureauUnavailable("away")
    outcomes = await world.all_at_once([world.process() for _ in range(20)])
    assert all(isinstance(outcome, BureauUnavailable) for outcome in outcomes)
    assert world.bureau.logins == 1
    world.bureau.fault = None
    world.clock.advance(seconds=1)
    assert await world.inquire(world.process())


async def test_a_process_that_died_while_logging_in_is_replaced_when_its_lease_ran_out(world: World) -> None:
    # What a process leaves that took the lease and was never heard of again.
    until = int(world.clock.now().timestamp() * 1000) + LEASE_MS
    assert world.store.claim(TokenRecord(OWNER.credential, OWNER.partner_id, 1, lease_until=until), None)
    waiting = [asyncio.create_task(world.inquire(world.process())) for _ in range(20)]
    while world.store.calls.count("find") < 2 * len(waiting):
        await asyncio.sleep(0.01)
    assert world.bureau.logins == 0
    world.clock.advance(milliseconds=LEASE_MS + 1)
    assert set(await asyncio.gather(*waiting)) == {"token-1"}
    assert world.bureau.logins == 1


async def test_a_login_slower_than_its_lease_does_not_overwrite_a_later_one(world: World) -> None:
    frozen, awake = world.process(), world.process()
    slow = asyncio.create_task(world.inquire(frozen))
    while world.bureau.logins == 0:
        await asyncio.sleep(0.01)
    world.clock.advance(milliseconds=LEASE_MS + 1)
    assert await world.inquire(awake) == "token-2"
    with pytest.raises(BureauUnavailable):
        await slow
    assert await world.inquire(world.process()) == "token-2"
    assert world.vault.calls.count("store") == 1


async def test_a_vault_that_fails_gives_the_lease_back(world: World) -> None:
    working = world.vault.store

    def fail(*_: Any) -> None:
        raise Retryable("away", code="service_busy")

    world.vault.store = fail
    outcomes = await world.all_at_once([world.process() for _ in range(20)])
    assert all(isinstance(outcome, Retryable) for outcome in outcomes)
    assert world.bureau.logins == 1
    world.vault.store = working
    world.clock.advance(seconds=1)
    assert await world.inquire(world.process()) == "token-2"


async def test_a_bureau_that_refuses_every_token_is_not_logged_in_with_again_and_again(world: World) -> None:
    async def refuse(token: BureauToken) -> str:
        raise RevokedToken("never")

    keepers = [world.process() for _ in range(10)]
    await world.all_at_once(keepers)
    for keeper in [*keepers, *keepers]:
        with pytest.raises(RefusedByBureau):
            await keeper.call(OWNER, world.bureau, refuse)
    assert world.bureau.logins == 2
    world.clock.advance(minutes=1)
    assert await world.inquire(keepers[0]) == "token-2"


async def test_a_lost_vault_is_filled_anew(world: World) -> None:
    await world.inquire(world.process())
    world.vault.store(OWNER.credential, HeldToken(0, BureauToken("outro", world.clock.now())))
    outcome = await world.inquire(world.process())
    assert (outcome, world.bureau.logins) == ("token-2", 2)


async def test_a_lost_record_does_not_make_everybody_log_in(world: World) -> None:
    keepers = [world.process() for _ in range(20)]
    for _ in range(3):
        await world.all_at_once(keepers)
        world.clock.advance(hours=2)
    assert world.bureau.logins == 3
    Table().write(Delete(keys.bureau_token(OWNER.credential)))
    world.clock.advance(hours=2)
    await world.all_at_once(keepers)
    assert world.bureau.logins == 4


@given(life=st.integers(0, 24 * 3600 * 1000))
def test_a_refresh_comes_before_the_end_and_leaves_half_a_life(life: int) -> None:
    moment = refresh_moment(1_000, 1_000 + life)
    assert 1_000 + life // 2 - 1 <= moment <= 1_000 + life


@pytest.mark.parametrize(("minutes", "remaining"), [(60, 12), (30, 6), (15, 5), (10, 5), (2, 1)])
def test_the_published_rule_of_refreshing(minutes: int, remaining: int) -> None:
    life = int(timedelta(minutes=minutes).total_seconds() * 1000)
    assert life - refresh_moment(0, life) == remaining * 60_000
