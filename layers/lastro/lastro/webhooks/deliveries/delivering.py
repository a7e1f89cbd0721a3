"""The queue of deliveries: one try each, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.queues import delivery as queue
from lastro.kernel.queues.delivery import Again, Done, Retries
from lastro.webhooks.callbacks.model import Callback, callback_request, secret_name
from lastro.webhooks.callbacks.signatures import sign
from lastro.webhooks.callbacks.signing import SigningSecrets
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.deliveries.model import Delivery, DeliveryStatus, Outcome, claim_try, note_try

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets
    from lastro.webhooks.deliveries.sender import NoticeSender
    from lastro.webhooks.store import WebhookStore

NO_CALLBACK = "no_callback"
CALLBACK_OFF = "callback_disabled"
GONE = "gone"
RETRIES = Retries((5,))
"""After a fault of ours; how long receivers are given is told by ``deliveries.py``."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivering:
    """Works messages of deliveries."""

    deliveries: WebhookStore
    callbacks: WebhookStore
    vault: Secrets
    signing: SigningSecrets
    sender: NoticeSender
    clock: Clock

    async def process(self, queued: queue.Delivery[NoticeQueued]) -> Done | Again:
        """One try of one delivery; says when the queue should bring the next one."""
        notice_id = queued.message.notice_id
        delivery, body = await asyncio.gather(
            asyncio.to_thread(self.deliveries.find_delivery, notice_id),
            asyncio.to_thread(self.deliveries.read_body, notice_id),
        )
        if delivery is None or body is None:
            _log.warning("message of no notice", extra={"notice_id": notice_id})
            return Done()
        now = self.clock.now()
        if not delivery.is_due(now):
            return Done()
        if wait := delivery.seconds_claimed(now):
            return Again(wait)  # somebody tries it this moment; should they die, this message brings the next try
        claimed = claim_try(delivery, now)
        if not await asyncio.to_thread(self.deliveries.save_delivery, claimed):
            return Again()  # claimed or sent again meanwhile
        outcome = await self._send(claimed, body)
        after = note_try(claimed, outcome, self.clock.now())
        if not await asyncio.to_thread(self.deliveries.save_delivery, after):
            # The lease ran out, and somebody else went on: the stored version says what follows.
            return Done()
        if after.status is DeliveryStatus.FAILED:
            fields = {"notice_id": notice_id, "code": after.last_code, "tries": after.tries}
            _log.warning("delivery given up", extra=fields)
        return self._next(after)

    def _next(self, delivery: Delivery) -> Done | Again:
        if delivery.next_at is None or delivery.waits_outside:
            return Done()
        wait = datetime.fromisoformat(delivery.next_at) - self.clock.now()
        return Again(max(1, round(wait.total_seconds())))

    async def _send(self, delivery: Delivery, body: bytes) -> Outcome:
        callback = None
        if delivery.url is None:
            callback = await asyncio.to_thread(self.callbacks.find_callback, delivery.partner_id)
            if callback is not None and not callback.active:
                return Outcome(fault=CALLBACK_OFF)
        request = await asyncio.to_thread(self._request_of, delivery, callback)
        if request is None:
            return Outcome(fault=NO_CALLBACK)
        url, headers = request
        secrets = await asyncio.to_thread(self.signing.current, delivery.partner_id)
        timestamp = int(self.clock.now().timestamp())
        outcome = await self.sender.post(url, {**headers, **sign(secrets, delivery.id, timestamp, body)}, body)
        if outcome.gone and callback is not None:
            await self._switch_off(callback)
        return outcome

    async def _switch_off(self, callback: Callback) -> None:
        """The receiver wants no more: nothing goes there until the partner puts its callback anew."""
        off = replace(callback, disabled_at=format_moment(self.clock.now()), disabled_reason=GONE)
        if await asyncio.to_thread(self.callbacks.switch_off, off):
            _log.warning("callback switched off", extra={"partner_id": callback.partner_id, "reason": GONE})

    def _request_of(self, delivery: Delivery, callback: Callback | None) -> tuple[str, dict[str, str]] | None:
        """Where a delivery goes and the headers that authenticate it, ``None`` while the partner has no callback."""
        if delivery.url is not None:
            return delivery.url, {}
        if callback is None:
            return None
        name = secret_name(delivery.partner_id)
        secret = self.vault.read(name, version=callback.secret_version)
        if not secret or secret["updated_at"] != callback.updated_at:
            self.vault.forget(name)
            secret = self.vault.read(name, version=callback.secret_version)
        if secret and callback.secret_version and secret["updated_at"] != callback.updated_at:
            # Nobody keeps the version any more that goes with what is shown: another one is not sent in its place.
            return None
        return callback_request(secret) if secret else None
