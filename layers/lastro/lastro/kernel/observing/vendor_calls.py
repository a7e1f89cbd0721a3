"""Calls to vendors, noted as each ends; the entrypoint tells them at the end of its own call, a line for each request.

A line for each call would be most of what a simulation of sixty conditions writes, and is paid for by its bytes.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from lastro.kernel.observing.tracing import current_request


class VendorCall(NamedTuple):
    """``status`` is ``None`` where no answer came; ``took`` is in milliseconds."""

    request_id: str | None
    vendor: str
    status: int | None
    took: float


_noted: deque[VendorCall] = deque()


def note_vendor_call(vendor: str, status: int | None, took: float) -> None:
    """Note a call of the request behind this moment."""
    _noted.append(VendorCall(current_request(), vendor, status, took))


def take_vendor_calls() -> dict[tuple[str | None, str], list[VendorCall]]:
    """Everything noted since the last time, by request and vendor."""
    found: dict[tuple[str | None, str], list[VendorCall]] = {}
    for _ in range(len(_noted)):
        call = _noted.popleft()
        found.setdefault((call.request_id, call.vendor), []).append(call)
    return found
