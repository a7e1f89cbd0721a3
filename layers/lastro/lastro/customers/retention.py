"""What is kept of customers, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from lastro.customers.people.model import Customer, fold_name
from lastro.customers.portal.changes.views import view_change
from lastro.customers.portal.people.record import with_record
from lastro.customers.portal.people.views import view_person
from lastro.kernel.calendar import format_moment, local_date
from lastro.kernel.callers.people import name_person
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import ERASING, Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import UserPool
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore

CUSTOMER = Kind(
    "customer",
    "Cadastro de cliente",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 15, I e 16: terminada a finalidade, os dados são eliminados",
)


@dataclass(frozen=True)
class CustomerData:
    """The customer that a person is, with its access to the portal (``PersonalData``).

    Whoever enters the portal has told no document: an access is the customer's that the partner said it is of, else
    that whose e-mail or phone codes are sent to, under the customer's own name.
    """

    store: CustomerStore
    portal: PortalStore
    pool: UserPool
    records: Sequence[str] = ("customer",)
    kinds: Sequence[Kind] = field(default=(CUSTOMER,))

    def look(self, record: Record) -> Standing | None:
        """Counts from the last change."""
        found = self._find(record)
        return Standing(self.kinds[0], local_date(found.updated_at)) if found else None

    def export(self, record: Record) -> Exported | None:
        """The customer as it is kept, and what it told and changed in the portal."""
        partner_id, number = record.partner_id, int(record.id)
        found = self.store.find(partner_id, number)
        if found is None:
            return ERASING if self.store.find_leaving(partner_id, number) else None
        own = {
            "id": found.id,
            "name": found.name,
            "created_at": format_moment(found.created_at),
            "updated_at": format_moment(found.updated_at),
        }
        standing = found.standing
        classification = {
            "class_id": standing.found.class_id if standing.found else None,
            "class_override": asdict(standing.override) if standing.override else None,
            "changes": self.store.list_class_changes(found),
        }
        beside = {"classification": classification, "portal_people": [self._show(each) for each in self._people(found)]}
        return Exported({**own, "document": found.document.value, **found.data, **beside})

    def trim(self, record: Record) -> None:
        """Nothing of a customer has to stay, so nothing is left to trim."""

    def end(self, record: Record) -> bool:
        """Remove the customer with everything under it: nothing of one that somebody is writing, itself first of all,
        its accesses to the portal then.

        Raises ``Retryable`` while the pool of logins does not answer.
        """
        partner_id, number = record.partner_id, int(record.id)
        found = self.store.find(partner_id, number)
        if found is not None:
            leaving = self.store.begin_erasure(found, [each.id for each in self._people(found)])
            if leaving is None:
                return False
        elif (leaving := self.store.find_leaving(partner_id, number)) is None:
            return True
        for person_id in {*leaving.people, *self.store.list_accesses(partner_id, number)}:
            self.portal.erase_person(partner_id, person_id)
            self.pool.remove(name_person(partner_id, person_id))
        self.store.erase(leaving)
        return True

    def _find(self, record: Record) -> Customer | None:
        """The customer, its erasure begun or not."""
        partner_id, number = record.partner_id, int(record.id)
        found = self.store.find(partner_id, number)
        if found is None and (leaving := self.store.find_leaving(partner_id, number)):
            return leaving.customer
        return found

    def _people(self, customer: Customer) -> list[Person]:
        addresses = [each["address"] for each in customer.data.get("emails", ())]
        addresses += [f"+55{each['code']}{each['number']}" for each in customer.data.get("phones", ())]
        found = {
            person.id: person
            for address in addresses
            if (person := self.portal.find_login(customer.partner_id, address)) is not None
        }
        named = fold_name(customer.name)
        joined = map(self.portal.find_person, self.store.list_accesses(customer.partner_id, customer.id))
        own = {each.id: with_record(each, customer) for each in joined if each is not None}
        for person in found.values():
            if person.customer_id is None and fold_name(person.registration.name) == named:
                own[person.id] = person
        return list(own.values())

    def _show(self, person: Person) -> dict[str, Any]:
        changes = self.portal.list_changes_of(person)
        return {
            **view_person(person, plain=True).model_dump(mode="json"),
            "bulletins_read": [
                {"bulletin_id": number, "read_at": at} for number, at in self.portal.list_read(person).items()
            ],
            "changes": [view_change(each, plain=True).model_dump(mode="json") for each in changes],
        }
