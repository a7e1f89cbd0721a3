"""What other contexts ask of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lastro.customers.portal.people.entering import enter
from lastro.kernel.documents import parse_document

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: CustomerStore, portal: PortalStore, clock: Clock) -> PersonalData:
    """What customers keep of people, as ``lastro/retention`` works it."""
    from lastro.customers.retention import CustomerData

    return CustomerData(store, portal, clock)


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """Who a partner's customers are."""

    store: CustomerStore

    def find_document(self, partner_id: str, customer_id: int) -> str | None:
        """The bare CPF or CNPJ of one of the partner's customers, read consistently; ``None`` for no such number."""
        found = self.store.find(partner_id, customer_id)
        return found.document.value if found else None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a partner knows: a customer by number and bare document, a person of its portal by UUID, or
    both.
    """

    customer_id: int | None
    document: str | None
    person_id: str | None


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Whom a partner knows, under each of the names that it knows them by."""

    customers: CustomerStore
    visitors: PortalStore

    def customer(self, partner_id: str, customer_id: int) -> Known | None:
        """A customer by number."""
        found = self.customers.find(partner_id, customer_id)
        return Known(found.id, found.document.value, None) if found else None

    def holder(self, partner_id: str, document: str) -> Known | None:
        """The customer with a bare CPF or CNPJ."""
        found = self.customers.find_by_document(partner_id, parse_document(document))
        return Known(found.id, found.document.value, None) if found else None

    def visitor(self, partner_id: str, person_id: str) -> Known | None:
        """A person with access to the portal, and the customer that it is; ``None`` once the access ended."""
        person = self.visitors.find_person(person_id)
        if person is None or person.partner_id != partner_id or person.ended_at is not None:
            return None
        return self._know(person)

    def enter(self, caller: Caller) -> Known:
        """The person that calls. Raises ``NotFound`` once the access ended, ``Unauthorized`` once the login did."""
        return self._know(enter(self.visitors, caller))

    def _know(self, person: Person) -> Known:
        known = self.customer(person.partner_id, person.customer_id) if person.customer_id is not None else None
        return Known(known.customer_id, known.document, person.id) if known else Known(None, None, person.id)
