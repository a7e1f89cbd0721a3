"""The request behind what is being done: one id from the API through queues, vendors and notices into every log line.

It travels with the context of a call (``contextvars``), which tasks and ``asyncio.to_thread`` take along, in queue
messages (``wire/messages.py``), and with what is stored where a sweep goes on later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "x-request-id"

_request: ContextVar[str | None] = ContextVar("request", default=None)


def current_request() -> str | None:
    """The id of the request behind this moment; ``None`` where there is none, as in a schedule."""
    return _request.get()


def request_after(kept: str | None) -> str | None:
    """What is stored with a change: the request behind it, else (a sweep's) the one that was kept."""
    return _request.get() or kept


def trace_header() -> dict[str, str]:
    """The header that tells it to whom we call."""
    request_id = _request.get()
    return {HEADER: request_id} if request_id else {}


def trace(request_id: str | None) -> None:
    """Go on for a request, if one is known, until the task or the call ends."""
    if request_id:
        _request.set(request_id)


@contextmanager
def tracing(request_id: str | None) -> Iterator[None]:
    """Meanwhile what is done is done for this request, or for none."""
    before = _request.set(request_id or None)
    try:
        yield
    finally:
        _request.reset(before)
