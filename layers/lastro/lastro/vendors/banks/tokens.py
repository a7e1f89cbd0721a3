"""Access tokens of banks that want a login first: kept in memory, fetched once for all concurrent calls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from lastro.vendors.banks.failures import unreadable
from lastro.vendors.banks.wire import Fields, read_json
from lastro.vendors.kit.send import Answer

_MARGIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the seconds it lives from now on."""

    value: str = field(repr=False)
    lifetime: float


class TokenCache:
    """The current token of one bank client.

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
        """Drop ``value`` after the bank refused it; a newer token that another call fetched meanwhile stays."""
        if self._value == value:
            self._value = None


async def call_with_token(tokens: TokenCache, call: Callable[[str], Awaitable[Answer]]) -> Answer:
    """Make ``call`` with the current token, and exactly once more with a new one if the bank answers 401."""
    token = await tokens.current()
    response = await call(token)
    if response.status != HTTPStatus.UNAUTHORIZED:
        return response
    tokens.forget(token)
    return await call(await tokens.current())


def read_token(response: Answer, *, value: str, lifetime: str) -> Token:
    """The token in a login's answer, given the names of its members. Raises ``Permanent`` when it cannot be used."""
    answer = Fields(read_json(response), "token")
    text = answer.text(value)
    # It goes into a header, which holds visible ASCII only.
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise unreadable(f"token.{value}", "visible ASCII")
    return Token(text, answer.read(lifetime, _read_seconds))


def _read_seconds(value: object, place: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9:
        return value
    raise unreadable(place, "seconds above zero")
