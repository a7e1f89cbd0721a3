"""Access tokens of bureaus: one login at a time for each credential, whoever needs it first.

The value of a token is a secret and lies in the vault; the table holds its version, its expiry and the lease of whoever
logs in (``docs/decisions/0006-bureau-tokens.md``). A process that holds a good token asks nobody; a fresh process reads
the vault once. Only the holder of the lease writes, conditional on the login and the expiry it saw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from lastro.bureaus.model import Integration
from lastro.bureaus.ports import Bureau, BureauToken, BureauUnavailable, RefusedByBureau, RevokedToken
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.records import HeldToken, TokenRecord
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent
from lastro.kernel.leases import LOST, TAKEN, Free, Lost, Patience, Taken, share

if TYPE_CHECKING:
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.bureaus.tokens.vaults import TokenSecrets

LOGIN_SECONDS = 15.0
"""All a login may take."""
LEASE_MS = 20_000
"""Longer than that, its token put into the vault too: a lease that ran out belongs to a process that died, or hangs."""
FAILURE_MS = 30_000
"""How long a refused login is taken as final: asking again and again may lock the account."""
SKEW_MS = 15_000
"""A token is not used in its last seconds: the call must reach the bureau while it is good."""
_PATIENCE = Patience(seconds=12.0, poll=0.1)
_VAULT_PATIENCE_SECONDS = 2.0
"""How long the vault may be behind the table before its token counts as lost."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class TokenOwner:
    """Whose token it is: the credential, and an integration that can log in with it."""

    credential: str
    partner_id: str
    integration_id: int

    @classmethod
    def of(cls, partner_id: str, integration: Integration) -> TokenOwner:
        return cls(integration.credential, partner_id, integration.id)


def refresh_moment(issued_at: int, expires_at: int) -> int:
    """When to refresh a token, milliseconds: once 20 % of its life or 5 minutes remain, whichever is more.

    At least half of a short life is used.
    """
    life = max(expires_at - issued_at, 0)
    return expires_at - max(life // 5, min(300_000, life // 2))


_NOT_TAKEN = "not_taken"
"""A failure of a login that succeeded: the bureau did not take the token that it gave."""


class _Origin(Enum):
    """Where a token came from: it was there, another bought it while this call waited, or this call bought it."""

    HELD = "held"
    WAITED_FOR = "waited_for"
    BOUGHT = "bought"


@dataclass(frozen=True)
class _Found:
    held: HeldToken
    origin: _Origin = _Origin.HELD


class TokenKeeper:
    """Tokens of all credentials as one process sees them."""

    def __init__(self, store: TokenStore, vault: TokenSecrets, clock: Clock) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._held: dict[str, HeldToken] = {}
        self._tasks: dict[tuple[str, int, bool], asyncio.Task[_Found]] = {}

    async def call(self, owner: TokenOwner, bureau: Bureau, act: Callable[[BureauToken], Awaitable[Answer]]) -> Answer:
        """Do ``act`` with a good token, and again with a later one if the bureau no longer takes it.

        A later token that lay in the vault may be refused like the first: it was bought before this call. One that the
        call bought itself is the last that is tried, so that it causes one login at most after a refusal. One that
        another bought while it waited may have expired on the way: after that one a single other is tried. Raises what
        the act or the login raises; ``RefusedByBureau`` when the bureau refuses even the last token.
        """
        found = replace(await self._find(owner, bureau, 0), origin=_Origin.HELD)
        insisted = False
        while True:
            try:
                return await act(found.held.token)
            except RevokedToken as error:
                if found.origin is _Origin.BOUGHT or insisted:
                    await asyncio.to_thread(self._note_refusal, found.held.version, owner.credential)
                    raise RefusedByBureau(
                        "the bureau refuses a token it has just given",
                        code=BureauReason.INVALID_CREDENTIALS,
                        raw=error.raw,
                    ) from error
            insisted = found.origin is _Origin.WAITED_FOR
            found = await self._find(owner, bureau, found.held.version, insists=insisted)

    def _note_refusal(self, version: int, credential: str) -> None:
        """Remember that the newest token is not taken: of the inquiries that follow, none need log in for now."""
        record = self._store.find(credential)
        if record and record.version == version and record.lease_until <= self._now_ms():
            self._store.put_failed(record, replace(record, failed_at=self._now_ms(), failure=_NOT_TAKEN))

    async def _find(self, owner: TokenOwner, bureau: Bureau, seen: int, *, insists: bool = False) -> _Found:
        """A good token of a later login than ``seen``; concurrent callers share one search, processes one login.

        Who ``insists`` buys one even where it was noted that the bureau does not take the last. Raises what the login
        raised to everyone who waited for it.
        """
        held = self._held.get(owner.credential)
        if held and held.version > seen and self._is_good(held.token):
            return _Found(held)
        name = (owner.credential, seen, insists)
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = asyncio.create_task(self._search(owner, bureau, seen, insists))
            task.add_done_callback(lambda done: self._forget_task(name, done))
        # Shielded: one caller giving up must not take the token from the others.
        return await asyncio.shield(task)

    def _forget_task(self, name: tuple[str, int, bool], done: asyncio.Task[_Found]) -> None:
        del self._tasks[name]
        if not done.cancelled():
            done.exception()  # seen: whoever waited may have given up, and asyncio would log it

    async def refresh(self, owner: TokenOwner, bureau: Bureau, seen: TokenRecord) -> HeldToken:
        """A token of a later login than the record's, whatever the record's own is still worth."""
        return (await self._renew(owner, bureau, seen.version, insists=False)).held

    async def _search(self, owner: TokenOwner, bureau: Bureau, seen: int, insists: bool) -> _Found:
        stored = await asyncio.to_thread(self._vault.read, owner.credential)
        if stored and stored.version > seen and self._is_good(stored.token):
            self._held[owner.credential] = stored
            return _Found(stored)
        return await self._renew(owner, bureau, seen, insists=insists)

    async def _renew(self, owner: TokenOwner, bureau: Bureau, seen: int, *, insists: bool) -> _Found:
        refused = seen if insists else None
        started = self._now_ms()

        async def look(waited: float) -> _Found | Free[TokenRecord | None] | Taken:
            nonlocal seen
            record = await asyncio.to_thread(self._store.find, owner.credential)
            if record and record.version > seen and record.expires_at - SKEW_MS > self._now_ms():
                stored = await asyncio.to_thread(self._vault.read, owner.credential)
                if stored and stored.version > seen and self._is_good(stored.token):
                    self._held[owner.credential] = stored
                    return _Found(stored, _Origin.WAITED_FOR if waited > 0 else _Origin.HELD)
                if waited < _VAULT_PATIENCE_SECONDS:
                    return TAKEN
                seen = record.version  # its token is lost
            known = record and record.failure == _NOT_TAKEN and record.version == refused
            if record and not known and _still_counts(record, started, self._now_ms()):
                raise _failure_of(record)
            return Free(record) if record is None or record.lease_until <= self._now_ms() else TAKEN

        async def log_in(record: TokenRecord | None) -> _Found | Lost:
            claimed = replace(
                record or TokenRecord(owner.credential, owner.partner_id, owner.integration_id),
                partner_id=owner.partner_id,
                integration_id=owner.integration_id,
                lease_until=self._now_ms() + LEASE_MS,
            )
            if not await asyncio.to_thread(self._store.claim, claimed, record):
                return LOST
            return _Found(await self._log_in(bureau, claimed, seen), _Origin.BOUGHT)

        found = await share(look, log_in, _PATIENCE)
        if found is None:
            raise BureauUnavailable("the login of another process takes too long")
        return found

    async def _log_in(self, bureau: Bureau, claimed: TokenRecord, seen: int) -> HeldToken:
        try:
            held = HeldToken(max(claimed.version, seen) + 1, await _log_in_within(LOGIN_SECONDS, bureau))
            if claimed.lease_until <= self._now_ms():
                # A login that slow, or a process frozen in it: somebody else may have stored a later token by now.
                raise BureauUnavailable("the login took longer than its lease")
            # The value first: whoever reads of a new login in the table must find its token in the vault.
            await asyncio.to_thread(self._vault.store, claimed.credential, held)
        except BaseException as error:
            failed = replace(
                claimed,
                lease_until=0,
                failed_at=self._now_ms(),
                failure=error.code if isinstance(error, LastroError) else BureauReason.UNAVAILABLE.value,
                refresh_at=0 if isinstance(error, Permanent) else self._now_ms() + 60_000,
            )
            await asyncio.to_thread(self._store.put_failed, claimed, failed)
            raise
        now = self._now_ms()
        expires_at = _to_ms(held.token.expires_at)
        renewed = replace(
            claimed,
            version=held.version,
            expires_at=expires_at,
            refresh_at=refresh_moment(now, expires_at),
            lease_until=0,
            failed_at=0,
            failure="",
            updated_at=self._clock.now(),
        )
        await asyncio.to_thread(self._store.put_renewed, claimed, renewed)
        self._held[claimed.credential] = held
        return held

    def _is_good(self, token: BureauToken) -> bool:
        return _to_ms(token.expires_at) - SKEW_MS > self._now_ms()

    def _now_ms(self) -> int:
        return _to_ms(self._clock.now())


async def _log_in_within(seconds: float, bureau: Bureau) -> BureauToken:
    try:
        async with asyncio.timeout(seconds):
            return await bureau.login()
    except TimeoutError as error:
        raise BureauUnavailable("the login takes too long") from error


def _still_counts(record: TokenRecord, started: int, now: int) -> bool:
    """Whether a failed login stands for this caller too: it happened while the caller waited, or was a refusal."""
    if not record.failure or record.lease_until > now:
        return False
    recent = record.failed_at + FAILURE_MS > now
    return record.failed_at >= started or (recent and _is_refusal(record.failure))


def _is_refusal(failure: str) -> bool:
    return failure in (
        _NOT_TAKEN,
        BureauReason.INVALID_CREDENTIALS,
        BureauReason.NOT_CONTRACTED,
        BureauReason.FORBIDDEN_HOST,
    )


def _failure_of(record: TokenRecord) -> LastroError:
    detail = "the last login with this credential failed"
    if record.failure == _NOT_TAKEN:
        return RefusedByBureau(detail, code=BureauReason.INVALID_CREDENTIALS)
    if _is_refusal(record.failure):
        return RefusedByBureau(detail, code=BureauReason(record.failure))
    return BureauUnavailable(detail)


def _to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
