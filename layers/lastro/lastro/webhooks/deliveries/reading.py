"""What a partner sees of its deliveries, and asking for one to be sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.queue import MessageQueue
from lastro.webhooks.deliveries.model import Delivery, send_again
from lastro.webhooks.errors import DELIVERY_BUSY, DELIVERY_NOT_FOUND
from lastro.webhooks.requests import ListDeliveries, ResendDelivery
from lastro.webhooks.service import queue_notices
from lastro.webhooks.views import DeliveryList, DeliveryView

if TYPE_CHECKING:
    from lastro.webhooks.store import WebhookStore


@dataclass(frozen=True)
class DeliveryReading:
    """Lists deliveries."""

    store: WebhookStore

    def list_page(self, request: ListDeliveries, caller: Caller) -> DeliveryList:
        """A page of the caller's deliveries, or of its store's, newest first."""
        page = self.store.list_deliveries(
            caller.partner_id,
            # A store's own list tells who is bound to it nothing of others, not even where a page ends.
            store_id=caller.optional_store if caller.bound else None,
            status=request.status,
            subject=request.subject,
            after=request.cursor,
            limit=request.per_page,
            panel=caller.selling_panel,
        )
        seen = [view_delivery(one) for one in page.deliveries if _is_seen(one, caller)]
        return DeliveryList(deliveries=seen, next_cursor=page.after)


@dataclass(frozen=True)
class Resending:
    """Sends deliveries again."""

    store: WebhookStore
    queue: MessageQueue
    clock: Clock

    def resend(self, request: ResendDelivery, caller: Caller) -> DeliveryView:
        """Begin a new round of tries with the same body. Raises ``NotFound`` for a delivery of somebody else and
        ``Conflict`` when it is being tried at this moment.
        """
        delivery = self.store.find_delivery(request.id)
        if delivery is None or delivery.partner_id != caller.partner_id or not _is_seen(delivery, caller):
            raise DELIVERY_NOT_FOUND()
        now = self.clock.now()
        after = send_again(delivery, now)
        if delivery.seconds_claimed(now) or not self.store.save_delivery(after):
            raise DELIVERY_BUSY()
        queue_notices(self.queue, [after])
        return view_delivery(after)


def _is_seen(delivery: Delivery, caller: Caller) -> bool:
    sold_by = Panel(delivery.panel) if delivery.panel else None
    return caller.sees(delivery.store_id) and caller.sees_sold_by(sold_by)


def view_delivery(delivery: Delivery) -> DeliveryView:
    return DeliveryView(
        id=delivery.id,
        event=delivery.event,
        subject=delivery.subject,
        status=delivery.status,
        tries=delivery.tries,
        last_code=delivery.last_code,
        last_fault=delivery.last_fault,
        last_tried_at=format_moment(delivery.last_tried_at),
        next_try_at=format_moment(delivery.next_at),
        delivered_at=format_moment(delivery.delivered_at),
        created_at=format_moment(delivery.created_at),
    )
