"""The queue of deliveries: one try each where the receiver has a place for it, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.observing import figures
from lastro.kernel.observing.tracing import trace, trace_header
from lastro.kernel.queues import delivery as queue
from lastro.kernel.queues.delivery import Again, Done, Retries
from lastro.kernel.queues.queue import MessageQueue
from lastro.webhooks.callbacks.model import Callback, callback_request, secret_name
from lastro.webhooks.callbacks.signatures import sign
from lastro.webhooks.callbacks.signing import SigningSecrets
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.deliveries.model import Delivery, DeliveryStatus, Outcome, claim_try, give_up, note_try, put_off
from lastro.webhooks.receivers.model import name_callback, name_place
from lastro.webhooks.receivers.switching import FAILING, GONE, switched_off
from lastro.webhooks.receivers.turns import NoTurn, Turn, Turns

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets
    from lastro.webhooks.deliveries.sender import NoticeSender
    from lastro.webhooks.store import WebhookStore

NO_CALLBACK = "no_callback"
CALLBACK_OFF = "callback_disabled"
RECEIVER_FAILING = "receiver_failing"
RETRIES = Retries((5,))
"""After a fault of ours; how long receivers are given is told by ``deliveries.py``."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivering:
    """Works messages of deliveries."""

    deliveries: WebhookStore
    callbacks: WebhookStore
    turns: Turns
    vault: Secrets
    signing: SigningSecrets
    sender: NoticeSender
    outgoing: MessageQueue
    clock: Clock

    async def process(self, queued: queue.Delivery[NoticeQueued]) -> Done | Again:
        """One try of one delivery, or none yet where its receiver has no place for it; says when the queue should bring
        the next one.
        """
        notice_id = queued.message.notice_id
        delivery, body = await asyncio.gather(
            asyncio.to_thread(self.deliveries.find_delivery, notice_id),
            asyncio.to_thread(self.deliveries.read_body, notice_id),
        )
        if delivery is None or body is None:
            _log.warning("message of no notice", extra={"notice_id": notice_id})
            return Done()
        trace(delivery.request_id)
        now = self.clock.now()
        if not delivery.is_due(now):
            return Done()
        if wait := delivery.seconds_claimed(now):
            return Again(wait)  # somebody tries it this moment; should they die, this message brings the next try
        callback = None
        if delivery.url is None:
            callback = await asyncio.to_thread(self.callbacks.find_callback, delivery.partner_id)
        turn = await self._take_turn(delivery, callback)
        if isinstance(turn, NoTurn):
            return await self._put_off(delivery, turn)
        return await self._try(delivery, callback, turn, body)

    async def _try(self, delivery: Delivery, callback: Callback | None, turn: Turn | None, body: bytes) -> Done | Again:
        claimed = claim_try(delivery, self.clock.now())
        if not await asyncio.to_thread(self.deliveries.save_delivery, claimed):
            if turn:
                await asyncio.to_thread(self.turns.give_back, turn)
            return Again()  # claimed or sent again meanwhile
        try:
            outcome = await self._send(claimed, callback, body)
        except BaseException:
            if turn:  # a fault of ours says nothing of the receiver
                await asyncio.to_thread(self.turns.give_back, turn)
            raise
        after = note_try(claimed, outcome, self.clock.now())
        figures.note("NoticeTries", 1, outcome="delivered" if outcome.delivered else after.status.value)
        saved = await asyncio.to_thread(self.deliveries.save_delivery, after)
        if turn:
            await self._end_turn(turn, outcome, callback)
        if not saved:
            # The lease ran out, and somebody else went on: the stored version says what follows.
            return Done()
        if after.status is DeliveryStatus.FAILED:
            fields = {"notice_id": delivery.id, "code": after.last_code, "tries": after.tries}
            _log.warning("delivery given up", extra=fields)
        return self._next(after)

    def _next(self, delivery: Delivery) -> Done | Again:
        if delivery.next_at is None or delivery.waits_outside:
            return Done()
        wait = delivery.next_at - self.clock.now()
        return Again(max(1, round(wait.total_seconds())))

    # turns at the receiver --------------------------------------------------------------------------------------

    async def _take_turn(self, delivery: Delivery, callback: Callback | None) -> Turn | NoTurn | None:
        """A turn at the delivery's receiver; ``None`` where nothing will be sent anyway."""
        if delivery.url is not None:
            name = name_place(delivery.url)
        elif callback is not None and callback.active:
            name = name_callback(callback)
        else:
            return None
        return await asyncio.to_thread(self.turns.take, delivery.partner_id, name, delivery.id)

    async def _put_off(self, delivery: Delivery, turn: NoTurn) -> Done:
        """Leave a delivery for later without a try. A short wait is spent in the queue, by a message of its own: one
        that comes again and again would end among the dead letters.
        """
        if turn.given_up and delivery.url is not None:
            after = give_up(delivery, RECEIVER_FAILING)
            if await asyncio.to_thread(self.deliveries.save_delivery, after):
                _log.warning("delivery given up", extra={"notice_id": delivery.id, "fault": RECEIVER_FAILING})
            return Done()
        after = put_off(delivery, turn.wait, self.clock.now())
        if await asyncio.to_thread(self.deliveries.save_delivery, after) and not after.waits_outside:
            await self._queue_later(delivery, turn.wait)
        return Done()

    async def _queue_later(self, delivery: Delivery, wait: timedelta) -> None:
        message = NoticeQueued(partner_id=delivery.partner_id, notice_id=delivery.id)
        try:
            await asyncio.to_thread(self.outgoing.send, [message], delay=round(wait.total_seconds()))
        except Retryable:
            _log.warning("message left to the sweep", extra={"notice_id": delivery.id})

    async def _end_turn(self, turn: Turn, outcome: Outcome, callback: Callback | None) -> None:
        if outcome.fault == NO_CALLBACK:
            await asyncio.to_thread(self.turns.give_back, turn)
            return
        receiver = await asyncio.to_thread(self.turns.end, turn, outcome)
        if callback is None:
            return
        if outcome.gone:
            await self._switch_off(callback, GONE)
        elif receiver and receiver.is_given_up(self.clock.now()):
            await self._switch_off(callback, FAILING)

    async def _switch_off(self, callback: Callback, reason: str) -> None:
        """Nothing goes there until the partner puts its callback anew."""
        off, notice = switched_off(callback, reason, self.clock.now())
        if await asyncio.to_thread(self.callbacks.switch_off, off, notice):
            _log.warning("callback switched off", extra={"partner_id": callback.partner_id, "reason": reason})

    # sending ----------------------------------------------------------------------------------------------------

    async def _send(self, delivery: Delivery, callback: Callback | None, body: bytes) -> Outcome:
        if callback is not None and not callback.active:
            return Outcome(fault=CALLBACK_OFF)
        request = await asyncio.to_thread(self._request_of, delivery, callback)
        if request is None:
            return Outcome(fault=NO_CALLBACK)
        url, headers = request
        secrets = await asyncio.to_thread(self.signing.current, delivery.partner_id)
        timestamp = int(self.clock.now().timestamp())
        return await self.sender.post(
            url, {**headers, **trace_header(), **sign(secrets, delivery.id, timestamp, body)}, body
        )

    def _request_of(self, delivery: Delivery, callback: Callback | None) -> tuple[str, dict[str, str]] | None:
        """Where a delivery goes and the headers that authenticate it, ``None`` while the partner has no callback."""
        if delivery.url is not None:
            return delivery.url, {}
        if callback is None:
            return None
        name = secret_name(delivery.partner_id)
        secret = self.vault.read(name, version=callback.secret_version)
        if not secret or secret["updated_at"] != format_moment(callback.updated_at):
            self.vault.forget(name)
            secret = self.vault.read(name, version=callback.secret_version)
        if secret and callback.secret_version and secret["updated_at"] != format_moment(callback.updated_at):
            # Nobody keeps the version any more that goes with what is shown: another one is not sent in its place.
            return None
        return callback_request(secret) if secret else None
