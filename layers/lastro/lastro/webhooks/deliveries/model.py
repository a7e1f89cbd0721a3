"""A notice and its delivery: what is sent, how often and how soon it is tried again. Pure.

The body is made once and kept: every try sends the same bytes. Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from math import ceil

from lastro.kernel.dataclass import dataclass
from lastro.kernel.observing.tracing import current_request

DELAYS = (
    *(timedelta(seconds=seconds) for seconds in (2, 5, 15)),
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15)),
    *(timedelta(hours=hours) for hours in (1, 3, 6, 12)),
)
"""Waits between tries: eleven tries within 22 hours and 22 minutes, then the delivery has failed."""

LONGEST_IN_QUEUE = timedelta(seconds=15)
"""A longer wait is not spent in the queue: the sweep sends the message when it is over."""

QUEUE_GRACE = timedelta(seconds=60)
"""How long a try that the queue should bring is given before the sweep brings it."""

EARLY = timedelta(seconds=1)
"""The queue counts whole seconds: a message this much early is in time."""

LEASE = timedelta(seconds=60)
"""How long a try has the delivery to itself: longer than the function that makes it may live."""

KEPT = timedelta(days=30)
"""How long a delivery can be listed and sent again."""


class DeliveryStatus(StrEnum):
    """``pending`` while tries are left, ``delivered`` after a 2xx, ``failed`` after the last try."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Notice:
    """What a partner is to be told. ``id`` names the notice in every try and is the same for the same happening.

    ``url`` is where it goes, ``None`` for the partner's configured callback; ``subject`` names what it is about, and
    ``store_id`` the store that it is of, ``None`` for none of them; ``panel`` that of who sells, ``None`` for the
    partner itself.
    """

    id: str
    partner_id: str
    event: str
    subject: str
    body: bytes
    created_at: datetime
    url: str | None = None
    store_id: int | None = None
    panel: str | None = None


@dataclass(frozen=True)
class Delivery:
    """How the telling goes. ``tries`` counts requests sent or refused, ``round`` the times somebody asked for more.

    ``last_code`` is the HTTP status of the last try and ``last_fault`` says why there was none; ``next_at`` is when
    the next try is due, ``None`` when there will be none. While somebody tries, ``lease_until`` says until when the
    delivery is theirs alone. ``waits_outside``: the wait is too long for the queue, so the sweep brings the next try.
    """

    id: str
    partner_id: str
    event: str
    subject: str
    created_at: datetime
    url: str | None = None
    status: DeliveryStatus = DeliveryStatus.PENDING
    tries: int = 0
    tries_of_round: int = 0
    version: int = 1
    last_code: int | None = None
    last_fault: str | None = None
    last_tried_at: datetime | None = None
    next_at: datetime | None = None
    delivered_at: datetime | None = None
    lease_until: datetime | None = None
    store_id: int | None = None
    waits_outside: bool = False
    request_id: str | None = None
    panel: str | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether a try may be made now: duplicates of a message that was worked come too early."""
        return self.next_at is not None and self.next_at <= now + EARLY

    def seconds_claimed(self, now: datetime) -> int:
        """For how long somebody else's try still has the delivery to itself, 0 when nobody's has."""
        if self.lease_until is None:
            return 0
        return max(0, ceil((self.lease_until - now).total_seconds()))

    @property
    def sweep_at(self) -> datetime | None:
        """When the sweep takes the next try into its own hands."""
        if self.lease_until is not None:
            return self.lease_until
        if self.next_at is None:
            return None
        return self.next_at if self.waits_outside else self.next_at + QUEUE_GRACE


@dataclass(frozen=True)
class DueDelivery:
    """A delivery that the sweep owes a try, and since when."""

    id: str
    due_at: datetime


@dataclass(frozen=True)
class DeliveryPage:
    """A page of a partner's deliveries, newest first; ``after`` continues the list, ``None`` at its end."""

    deliveries: tuple[Delivery, ...]
    after: str | None


@dataclass(frozen=True)
class Outcome:
    """What one try came to: the HTTP status answered, or why there is none."""

    code: int | None = None
    fault: str | None = None

    @property
    def delivered(self) -> bool:
        return self.code is not None and 200 <= self.code <= 299

    @property
    def gone(self) -> bool:
        """Whether the receiver says that it wants no more notices (Standard Webhooks)."""
        return self.code == HTTPStatus.GONE


def begin_delivery(notice: Notice) -> Delivery:
    """The delivery of a new notice, due at once."""
    return Delivery(
        id=notice.id,
        partner_id=notice.partner_id,
        event=notice.event,
        subject=notice.subject,
        created_at=notice.created_at,
        url=notice.url,
        store_id=notice.store_id,
        panel=notice.panel,
        next_at=notice.created_at,
        request_id=current_request(),
    )


def claim_try(delivery: Delivery, now: datetime) -> Delivery:
    """The delivery while it is tried: nobody else tries it or sends it again."""
    return replace(delivery, lease_until=now + LEASE, version=delivery.version + 1)


def note_try(delivery: Delivery, outcome: Outcome, now: datetime) -> Delivery:
    """The delivery after one more try."""
    tries_of_round = delivery.tries_of_round + 1
    tried = replace(
        delivery,
        tries=delivery.tries + 1,
        tries_of_round=tries_of_round,
        version=delivery.version + 1,
        last_code=outcome.code,
        last_fault=outcome.fault,
        last_tried_at=now,
        lease_until=None,
    )
    if outcome.delivered:
        return replace(tried, status=DeliveryStatus.DELIVERED, next_at=None, delivered_at=now)
    if outcome.gone or tries_of_round > len(DELAYS):
        return replace(tried, status=DeliveryStatus.FAILED, next_at=None)
    return _due_in(replace(tried, status=DeliveryStatus.PENDING), DELAYS[tries_of_round - 1], now)


def put_off(delivery: Delivery, wait: timedelta, now: datetime) -> Delivery:
    """The delivery when its receiver has no place for a try: it waits, and no try is counted."""
    return _due_in(replace(delivery, version=delivery.version + 1), wait, now)


def give_up(delivery: Delivery, fault: str) -> Delivery:
    """The delivery when nothing is sent there any more: it has failed, and can be sent again."""
    version = delivery.version + 1
    return replace(delivery, status=DeliveryStatus.FAILED, version=version, last_fault=fault, next_at=None)


def _due_in(delivery: Delivery, wait: timedelta, now: datetime) -> Delivery:
    return replace(delivery, next_at=now + wait, waits_outside=wait > LONGEST_IN_QUEUE)


def send_again(delivery: Delivery, now: datetime) -> Delivery:
    """The delivery with a whole new round of tries, due at once; what was tried before stays counted."""
    return replace(
        delivery,
        status=DeliveryStatus.PENDING,
        tries_of_round=0,
        version=delivery.version + 1,
        next_at=now,
        lease_until=None,
        waits_outside=False,
    )
