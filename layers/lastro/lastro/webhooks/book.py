"""What the use cases of webhooks ask of the table: callbacks, and deliveries with their bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from lastro.webhooks.callbacks.model import Callback
from lastro.webhooks.deliveries.model import Delivery, Notice


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A page of a partner's deliveries, newest first; ``after`` continues the list, ``None`` at its end."""

    deliveries: tuple[Delivery, ...]
    after: str | None


class CallbackBook(Protocol):
    """One callback a partner."""

    def find_callback(self, partner_id: str) -> Callback | None: ...

    def put_callback(self, callback: Callback) -> None:
        """Keep the partner's callback in place of the one before."""
        ...

    def remove_callback(self, callback: Callback) -> bool:
        """Forget a callback; false when it was replaced or removed meanwhile."""
        ...

    def switch_off(self, callback: Callback) -> bool:
        """Keep that a callback is off; false when it was replaced or switched off meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class Rotation:
    """An exchange of a signing secret, going on until ``lease_until`` (UTC, ISO 8601; empty: done)."""

    version: int
    lease_until: str = ""


class RotationBook(Protocol):
    """At most one exchange of a partner's signing secret goes on at a time."""

    def find_rotation(self, partner_id: str) -> Rotation | None: ...

    def put_rotation(self, partner_id: str, rotation: Rotation, before: Rotation | None) -> bool:
        """Put a version in the place of the one before; false when somebody else was first."""
        ...


class DeliveryBook(Protocol):
    """Deliveries; reads that decide are consistent."""

    def put_notice(self, notice: Notice) -> bool:
        """Keep a notice and its delivery, both or none. False when that notice was kept before."""
        ...

    def find_delivery(self, notice_id: str) -> Delivery | None: ...

    def read_body(self, notice_id: str) -> bytes | None:
        """The bytes every try sends."""
        ...

    def save_delivery(self, after: Delivery) -> bool:
        """Keep the next version of a delivery. False when somebody else was first."""
        ...

    def list_deliveries(
        self, partner_id: str, *, status: str | None, subject: str | None, after: str | None, limit: int
    ) -> DeliveryPage:
        """One page, newest first. With a filter a page may hold fewer than asked for, even none, and still go on."""
        ...

    def list_due(self, before: str) -> Iterator[str]:
        """Ids of deliveries the sweep owes a try at or before an ISO moment, oldest first."""
        ...
