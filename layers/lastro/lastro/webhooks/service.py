"""What other contexts use of webhooks: checking an address, and telling a partner something.

A notice is kept in the transaction of what it tells (``outbox.py``) or by ``Notices.keep``; then its message is queued.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.webhooks.callbacks.addresses import AddressRefused, AddressRule
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.deliveries.model import Delivery, Notice

if TYPE_CHECKING:
    from lastro.webhooks.store import WebhookStore

__all__ = ["AddressRefused", "AddressRule", "MessageQueue", "Notice", "Notices", "make_notice", "queue_notices"]


def make_notice(
    partner_id: str,
    event: str,
    subject: str,
    happening: str,
    body: Mapping[str, Any],
    at: datetime,
    url: str | None = None,
    *,
    store_id: int | None = None,
    panel: str | None = None,
) -> Notice:
    """A notice whose id follows from what happened: telling the same happening twice is one notice.

    ``happening`` names it among everything ever told about ``subject``; ``at`` is when; ``url`` is
    where it goes, ``None`` for the partner's configured callback; ``store_id`` the store it is of, ``None`` for none of
    them: who is bound to stores does not see it. ``panel`` is that of who sold it: no other seller sees it.
    """
    name = uuid5(NAMESPACE_URL, f"lastro:{event}:{subject}:{happening}").hex
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Notice(f"msg_{name}", partner_id, event, subject, text.encode(), at, url, store_id, panel)


def queue_notices(queue: MessageQueue, notices: Sequence[Notice | Delivery]) -> None:
    """Queue deliveries that are kept already; what the queue does not take now, the sweep brings."""
    with suppress(Retryable):
        queue.send([NoticeQueued(partner_id=each.partner_id, notice_id=each.id) for each in notices])


@dataclass(frozen=True)
class Notices:
    """Telling partners something that is already stored."""

    store: WebhookStore
    callbacks: WebhookStore
    queue: MessageQueue

    def is_wanted(self, partner_id: str) -> bool:
        """Whether the partner has a callback that notices could go to, and it is not switched off."""
        callback = self.callbacks.find_callback(partner_id)
        return callback is not None and callback.active

    def is_wanted_beside(self, partner_id: str, url: str | None) -> bool:
        """Whether the partner has such a callback that is not ``url`` itself, which is told anyway."""
        callback = self.callbacks.find_callback(partner_id)
        if callback is None or not callback.active:
            return False
        if url is None or callback.has_query or "?" in url:
            return True
        # Both addresses were admitted when they were given: here they are only compared.
        return AddressRule(loopback=True).parse(url).shown != callback.base

    def keep(self, notice: Notice) -> bool:
        """Keep a notice and queue its delivery. False when it had been kept before: then nothing is done."""
        if not self.store.put_notice(notice):
            return False
        queue_notices(self.queue, [notice])
        return True
