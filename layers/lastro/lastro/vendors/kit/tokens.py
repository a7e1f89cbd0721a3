"""Access tokens of vendors that want a login first: kept in memory, fetched once for all concurrent calls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import field
from http import HTTPStatus

from lastro.kernel.dataclass import dataclass
from lastro.vendors.kit.amounts import read_seconds
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.body import Body
from lastro.vendors.kit.odd import Odd

_MARGIN_SECONDS = 60.0
_LONGEST_TOKEN = 10_000


@dataclass(frozen=True)
class Token:
    """An access token and the seconds it lives from now on."""

    value: str = field(repr=False)
    lifetime: float


class TokenCache:
    """The current token of one vendor's client.

    A token is used until a minute before it expires, or for nine tenths of a short life. ``clock`` gives monotonic
    seconds.
    """

    def __init__(self, login: Callable[[], Awaitable[Token]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._login = login
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value: str | None = None
        self._stale_at = 0.0

    async def current(self) -> str:
        """A usable token; concurrent callers share one login. Raises what the login raises."""
        async with self._lock:
            if self._value is None or self._clock() >= self._stale_at:
                asked_at = self._clock()
                token = await self._login()
                self._value = token.value
                self._stale_at = asked_at + max(token.lifetime - _MARGIN_SECONDS, token.lifetime * 0.9)
            return self._value

    def forget(self, value: str) -> None:
        """Drop ``value`` after the vendor refused it; a newer token that another call fetched meanwhile stays."""
        if self._value == value:
            self._value = None


async def call_with_token(tokens: TokenCache, call: Callable[[str], Awaitable[Answer]]) -> Answer:
    """Make ``call`` with the current token, and exactly once more with a new one if the vendor answers 401."""
    token = await tokens.current()
    answer = await call(token)
    if answer.status != HTTPStatus.UNAUTHORIZED:
        return answer
    tokens.forget(token)
    return await call(await tokens.current())


def read_token(login: Body, *, value: str, lifetime: str) -> Token:
    """The token in a login's answer, given the names of its members. Raises the body's fault when it is of no use."""
    return Token(login.read(value, read_bearer), login.read(lifetime, read_seconds))


def read_bearer(value: object) -> str:
    """A token goes into a header, which holds visible ASCII only (RFC 6750 section 2.1)."""
    if isinstance(value, str) and 0 < len(value) <= _LONGEST_TOKEN and _is_visible(value):
        return value
    raise Odd("visible ASCII")


def _is_visible(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
