"""Selling approved reservations, and reading sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.errors import (
    CUSTOMER_TWICE,
    RESERVATION_NOT_APPROVED,
    RESERVATION_SOLD,
    SALE_NOT_FOUND,
    UNKNOWN_CUSTOMER,
    UNKNOWN_RESERVATION,
)
from lastro.approvals.reservations.model import sell
from lastro.approvals.reservations.states import STATE_TEXTS, State
from lastro.approvals.sales.model import Party, Sale
from lastro.approvals.sales.views import SaleAnswer, SaleList, show_sale, show_sale_row
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.approvals.reservations.model import Reservation
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.sales.requests import CreateSale, FindSale, ListSales
    from lastro.approvals.sales.store import SaleStore
    from lastro.customers.service import KnownCustomers
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Selling:
    """Sales are born here."""

    store: SaleStore
    reservations: ReservationStore
    customers: KnownCustomers
    clock: Clock

    def create(self, request: CreateSale, caller: Caller) -> SaleAnswer:
        """Sell what a reservation holds, once. The same request again gives the first answer again.

        Raises ``InvalidInput`` for a reservation or a customer there is not, ``Conflict`` for a reservation that is not
        approved or was sold, and for an ``Idempotency-Key`` that came with another request or is being worked.
        """
        sent = request.sale
        partner_id = caller.partner_id
        keyed = KeyedRequest.of(f"create_sale#{caller.holder}", request.idempotency_key, sent.model_dump_json())

        def create_once() -> SaleAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return SaleAnswer.model_validate_json(first)
            reservation = self._find_approved(partner_id, sent.reservation_id)
            order = reservation.order
            customer_ids = (order.customer_id, *sent.other_customer_ids)
            buyers = self._find_customers(partner_id, customer_ids)
            sale = Sale(
                id=self.store.reserve_id(),
                reservation_id=reservation.id,
                development=order.development,
                unit=order.unit,
                price_table=order.price_table,
                customer_ids=customer_ids,
                total_cents=order.total_cents,
                paid_cents=order.paid_cents,
                flow=order.flow,
                signed_on=sent.signed_on,
                sold_by=sent.sold_by,
                created_at=now,
                updated_at=now,
            )
            answer = show_sale(sale)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            kept = self.store.put_new(partner_id, sale, buyers, sell(reservation, now), answered)
            return answer if kept else None

        return until_committed(create_once, IN_PROGRESS)

    def _find_approved(self, partner_id: str, number: int) -> Reservation:
        reservation = self.reservations.find(partner_id, number)
        if reservation is None:
            raise InvalidInput([UNKNOWN_RESERVATION.at("sale.reservation_id")])
        if reservation.state is State.SOLD and (sold := self.store.find_of_reservation(partner_id, number)):
            raise RESERVATION_SOLD(sale=sold)
        if reservation.state is not State.APPROVED:
            raise RESERVATION_NOT_APPROVED(state=STATE_TEXTS[reservation.state])
        return reservation

    def _find_customers(self, partner_id: str, customer_ids: tuple[int, ...]) -> list[Party]:
        places = ["sale.reservation_id", *(f"sale.other_customer_ids.{each}" for each in range(len(customer_ids) - 1))]
        known = self.customers.find_documents(partner_id, customer_ids)
        faults = [
            UNKNOWN_CUSTOMER.at(place)
            for place, number in zip(places, customer_ids, strict=True)
            if number not in known
        ]
        # Numbers and not texts: "042" and 42 are one customer.
        faults += [
            CUSTOMER_TWICE.at(places[position])
            for position, number in enumerate(customer_ids)
            if number in customer_ids[:position]
        ]
        if faults:
            raise InvalidInput(faults)
        return [Party(number, known[number]) for number in customer_ids]


@dataclass(frozen=True)
class SaleReading:
    """A partner's sales, as they are."""

    store: SaleStore

    def show(self, request: FindSale, caller: Caller) -> SaleAnswer:
        """Raises ``NotFound``."""
        sale = self.store.find(caller.partner_id, request.sale_id)
        if sale is None:
            raise SALE_NOT_FOUND()
        return show_sale(sale)

    def list_page(self, request: ListSales, caller: Caller) -> SaleList:
        """One page."""
        partner_id, after, per_page = caller.partner_id, request.cursor or 0, request.per_page
        if request.customer_id is None:
            rows, following = self.store.list_after(partner_id, after, per_page)
        else:
            rows, following = self.store.list_of_customer(partner_id, request.customer_id, after, per_page)
        cursor = None if following is None else str(following)
        return SaleList(sales=[show_sale_row(row) for row in rows], next_cursor=cursor)
