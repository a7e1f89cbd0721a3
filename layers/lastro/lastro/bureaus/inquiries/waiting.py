"""The queue of inquiries; its client is made when the first message is sent, which most inquiries never need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lastro.aws.queue import Queue


class InquiryQueue:
    """Implements ``MessageQueue``."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _queue(self) -> Queue:
        from lastro.aws.queue import Queue

        return Queue(self._url)

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        self._queue.send(bodies)
