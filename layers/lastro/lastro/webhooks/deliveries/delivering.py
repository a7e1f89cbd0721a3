"""The queue of deliveries: one try each, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lastro.kernel.calendar import Clock, format_moment
from lastro.webhooks.book import CallbackBook, DeliveryBook
from lastro.webhooks.callbacks.model import Callback, callback_request, secret_name
from lastro.webhooks.callbacks.signatures import sign
from lastro.webhooks.callbacks.signing import SigningSecrets
from lastro.webhooks.deliveries.model import Delivery, DeliveryStatus, Outcome, claim_try, note_try
from lastro.webhooks.ports import Sender, Vault

NO_CALLBACK = "no_callback"
CALLBACK_OFF = "callback_disabled"
GONE = "gone"
OWN_FAULT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class DeliveryTask:
    """One delivered message."""

    id: str
    notice_id: str


@dataclass(frozen=True, slots=True)
class Delivering:
    """Works batches of delivery messages, each delivery independent of every other."""

    deliveries: DeliveryBook
    callbacks: CallbackBook
    vault: Vault
    signing: SigningSecrets
    sender: Sender
    clock: Clock
    report: Callable[[str, Mapping[str, object]], None]
    """Receives what an operator should see: an event name and fields without personal data."""

    async def work(self, tasks: Sequence[DeliveryTask]) -> dict[str, int]:
        """Try every delivery once; returns the messages to be delivered again with the seconds to wait."""
        unique = {task.notice_id: task for task in tasks}
        outcomes = await asyncio.gather(
            *(self._try(task.notice_id) for task in unique.values()), return_exceptions=True
        )
        again: dict[str, int] = {}
        for task, outcome in zip(unique.values(), outcomes, strict=True):
            match outcome:
                case int():
                    again[task.id] = outcome
                case Exception():
                    self.report("delivery crashed", {"notice_id": task.notice_id, "fault": type(outcome).__name__})
                    again[task.id] = OWN_FAULT_SECONDS
                case BaseException():
                    raise outcome
        return again

    async def _try(self, notice_id: str) -> int | None:
        """One try of one delivery; returns the seconds until the queue should bring the next one."""
        delivery, body = await asyncio.gather(
            asyncio.to_thread(self.deliveries.find_delivery, notice_id),
            asyncio.to_thread(self.deliveries.read_body, notice_id),
        )
        if delivery is None or body is None:
            self.report("message of no notice", {"notice_id": notice_id})
            return None
        now = self.clock.now()
        if not delivery.is_due(now):
            return None
        if wait := delivery.seconds_claimed(now):
            return wait  # somebody tries it this moment; should they die, this message brings the next try
        claimed = claim_try(delivery, now)
        if not await asyncio.to_thread(self.deliveries.save_delivery, claimed):
            return OWN_FAULT_SECONDS  # claimed or sent again meanwhile
        outcome = await self._send(claimed, body)
        after = note_try(claimed, outcome, self.clock.now())
        if not await asyncio.to_thread(self.deliveries.save_delivery, after):
            # The lease ran out, and somebody else went on: the stored version says what follows.
            return None
        if after.status is DeliveryStatus.FAILED:
            self.report("delivery given up", {"notice_id": notice_id, "code": after.last_code, "tries": after.tries})
        return self._seconds_in_queue(after)

    def _seconds_in_queue(self, delivery: Delivery) -> int | None:
        if delivery.next_at is None or delivery.waits_outside:
            return None
        wait = datetime.fromisoformat(delivery.next_at) - self.clock.now()
        return max(1, round(wait.total_seconds()))

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
            self.report("callback switched off", {"partner_id": callback.partner_id, "reason": GONE})

    def _request_of(self, delivery: Delivery, callback: Callback | None) -> tuple[str, dict[str, str]] | None:
        """Where a delivery goes and the headers that authenticate it, ``None`` while the partner has no callback."""
        if delivery.url is not None:
            return delivery.url, {}
        if callback is None:
            return None
        name = secret_name(delivery.partner_id)
        secret = self.vault.read(name)
        if not secret or secret["updated_at"] != callback.updated_at:
            self.vault.forget(name)
            secret = self.vault.read(name)
        return callback_request(secret) if secret else None
