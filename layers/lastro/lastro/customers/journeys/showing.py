"""A customer at a glance: main data, the class by the criteria as they are, and what there is of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lastro.customers.classes.model import Criteria, classify
from lastro.customers.classes.views import show_classification
from lastro.customers.errors import CUSTOMER_NOT_FOUND
from lastro.customers.journeys.requests import GetCustomerJourney
from lastro.customers.journeys.views import JourneyAnswer, JourneyCustomerView, JourneyListView, JourneyView
from lastro.customers.people.exposure import is_exposed
from lastro.customers.people.model import Customer
from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf

if TYPE_CHECKING:
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.journeys.store import TallyStore
    from lastro.customers.people.store import CustomerStore


@dataclass(frozen=True)
class Journeys:
    """Reads of one customer: three gets, whatever it has."""

    store: CustomerStore
    classes: ClassStore
    tallies: TallyStore
    clock: Clock

    def show(self, request: GetCustomerJourney, caller: Caller) -> JourneyAnswer:
        """The class is that of the criteria as they are, also before the customer was evaluated by them.

        Raises ``NotFound``.
        """
        customer = self.store.find(caller.partner_id, request.customer_id)
        if customer is None:
            raise CUSTOMER_NOT_FOUND()
        criteria = self.classes.find(caller.partner_id) or Criteria(caller.partner_id)
        override = customer.standing.override
        found = classify(criteria.classes, customer.data, override)
        tally = self.tallies.find(caller.partner_id, customer.id)
        view = JourneyView(
            customer=_show_customer(customer, local_date(self.clock.now())),
            classification=show_classification(criteria, found, override),
            assignments=_link("assignments", tally.assignments, customer.id),
            reservations=_link("reservations", tally.reservations, customer.id),
            sales=_link("sales", tally.sales, customer.id),
        )
        return JourneyAnswer(journey=view)


def _link(name: str, count: int, customer_id: int) -> JourneyListView:
    return JourneyListView(count=count, link=f"/api/v1/{name}?customer_id={customer_id}")


def _show_customer(customer: Customer, today: date) -> JourneyCustomerView:
    data, document = customer.data, customer.document
    natural = isinstance(document, Cpf)
    return JourneyCustomerView(
        id=customer.id,
        name=customer.name,
        cpf=document.formatted if natural else None,
        cnpj=None if natural else document.formatted,
        born_at=data.get("born_at"),
        emails=[each["address"] for each in data.get("emails", ())],
        phones=[f"{each['code']}{each['number']}" for each in data.get("phones", ())],
        politically_exposed=is_exposed(data, today),
        associates_politically_exposed=sum(is_exposed(each, today) for each in data.get("associates", ())),
        created_at=format_moment(customer.created_at),
        updated_at=format_moment(customer.updated_at),
    )
