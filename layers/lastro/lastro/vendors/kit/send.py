"""Sending to a vendor: one call, its whole answer, and every fault of the road as a member of the error tree.

An answer is read within a size and a time: one that never ends is a fault like any other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import httpx

from lastro.kernel.errors import LastroError
from lastro.kernel.observing.tracing import HEADER
from lastro.kernel.observing.vendor_calls import note_vendor_call
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import is_tls_fault

MOST_JSON_BYTES = 2_000_000
"""Far beyond any answer that is JSON alone, and a small part of a function's memory."""

_REQUEST_LEAVES = "http11.send_request_headers.started"
_PIECE = 2_048
"""Bytes decoded at once: a thousand times as many, which is what deflate may make of them, still fit anywhere."""


class Road(NamedTuple):
    """What all calls to one kind of vendor share: its name in details, its time, its faults in the error tree.

    ``unavailable``: asking again loses nothing. ``unanswered``: the vendor may have acted. ``unreadable``: it answered
    what cannot be read, and how far that came, if anything did.
    """

    whom: str
    answer_seconds: float
    unavailable: Callable[[str], LastroError]
    unanswered: Callable[[str], LastroError]
    unreadable: Callable[[str, Answer | None], LastroError]


class Departure:
    """Follows one request: from the moment it leaves, the other side has ``answer_seconds`` to its last byte."""

    def __init__(self, limit: asyncio.Timeout, answer_seconds: float) -> None:
        self.limit = limit
        self.answer_seconds = answer_seconds
        self.left = False

    async def note(self, event: str, _details: object) -> None:
        """The HTTP library's ``trace`` extension."""
        if event == _REQUEST_LEAVES:
            self.left = True
            self.limit.reschedule(asyncio.get_running_loop().time() + self.answer_seconds)


async def send(
    http: httpx.AsyncClient, request: httpx.Request, road: Road, *, acts: bool, most_bytes: int = MOST_JSON_BYTES
) -> Answer:
    """Send ``request`` and give the whole answer, whatever its status; redirects are not followed.

    ``acts`` tells whether the vendor does something on receipt. Raises the road's ``unavailable`` when the request
    never arrived, or when nothing is lost by asking again (``acts`` false); ``unanswered`` when it may have arrived
    and no answer came, or none that ended in time; ``unreadable`` for an answer that cannot be decoded or is longer
    than ``most_bytes``, with its beginning.
    """
    began = time.perf_counter()
    answered: int | None = None
    try:
        async with asyncio.timeout(None) as limit:
            departure = Departure(limit, road.answer_seconds)
            request.extensions = {**request.extensions, "trace": departure.note}
            response = await http.send(request, stream=True, follow_redirects=False)
            try:
                answered = response.status_code
                body = await _read(response, most_bytes)
            finally:
                await response.aclose()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise road.unavailable(f"no {'TLS' if is_tls_fault(error) else 'connection'} with {road.whom}") from error
    except httpx.DecodingError as error:
        raise road.unreadable(f"the answer of {road.whom} cannot be decoded", None) from error
    except (httpx.TransportError, TimeoutError) as error:
        if acts:
            raise road.unanswered(f"no whole answer of {road.whom} came back") from error
        raise road.unavailable(f"{road.whom} did not answer a question") from error
    finally:
        # A vendor that takes no header of ours is called under a line that names the request behind it.
        if HEADER not in request.headers:
            note_vendor_call(road.whom, answered, round((time.perf_counter() - began) * 1000, 1))
    answer = Answer(response.status_code, bytes(body[:most_bytes]), response.headers)
    if len(body) > most_bytes:
        raise road.unreadable(f"the answer of {road.whom} is longer than {most_bytes} bytes", answer)
    return answer


async def _read(response: httpx.Response, most_bytes: int) -> bytearray:
    """The decoded body, and of one that is too long the first byte too many."""
    if "content-encoding" in response.headers and isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Pieces(response.stream)
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part[: most_bytes + 1 - len(body)]
        if len(body) > most_bytes:
            break
    return body


class _Pieces(httpx.AsyncByteStream):
    """A stream in pieces small enough to be decoded without asking what they hold."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            for start in range(0, len(part), _PIECE):
                yield part[start : start + _PIECE]

    async def aclose(self) -> None:
        await self._stream.aclose()
