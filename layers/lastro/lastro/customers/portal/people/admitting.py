"""Giving people access to the portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.customers.portal.cursors import place_of, read_cursor
from lastro.customers.portal.errors import (
    ACCESS_EXISTS,
    DIFFERS_FROM_RECORD,
    LOGIN_MISSING,
    MANAGERS_ONLY,
    NO_SUCH_CUSTOMER,
)
from lastro.customers.portal.fields import manages
from lastro.customers.portal.people.model import Person, Unit
from lastro.customers.portal.people.record import find_differences, read_record, with_record
from lastro.customers.portal.people.views import PersonAnswer, PersonList, show_person, view_person
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.people.requests import CreatePerson, ListPeople, SentPerson
    from lastro.customers.portal.registration.model import Registration
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Admitting:
    """Who may enter a partner's portal; ``new_id`` gives random UUIDs."""

    store: PortalStore
    customers: CustomerStore
    clock: Clock
    new_id: Callable[[], UUID]

    def create(self, request: CreatePerson, caller: Caller) -> PersonAnswer:
        """A new access; the same request again gives the first answer again.

        Raises ``Forbidden`` to who is no manager, ``InvalidInput`` without an address for codes, for a customer that
        there is none and for what its record says otherwise, and ``Conflict`` for an address that leads to another
        access of the partner.
        """
        if not manages(caller):
            raise MANAGERS_ONLY()
        sent = request.portal_person
        if sent.login_email is None and sent.login_mobile is None:
            raise InvalidInput([LOGIN_MISSING.at("portal_person.login_email")])
        keyed = KeyedRequest.of(
            f"create_portal_person#{caller.holder}", request.idempotency_key, sent.model_dump_json()
        )

        def create_once() -> PersonAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return PersonAnswer.model_validate_json(first)
            registration = self._read_registration(sent, caller.partner_id)
            person = Person(
                id=str(self.new_id()),
                partner_id=caller.partner_id,
                kind=sent.kind,
                registration=registration,
                login_email=sent.login_email,
                login_mobile=sent.login_mobile,
                developments=tuple(dict.fromkeys(sent.developments)),
                units=tuple(dict.fromkeys(Unit(each.development, each.unit) for each in sent.units)),
                customer_id=sent.customer_id,
                created_at=now,
            )
            if any(self.store.find_login(caller.partner_id, address) for address in person.logins):
                raise ACCESS_EXISTS()
            answer = show_person(person, plain=True)
            kept = self.store.add_person(person, Answered.to(keyed, answer.model_dump_json(), now))
            return answer if kept else None

        return until_committed(create_once, IN_PROGRESS)

    def _read_registration(self, sent: SentPerson, partner_id: str) -> Registration:
        """What was sent, as the record of the customer has it that the person is."""
        registration = sent.to_registration()
        if sent.customer_id is None:
            return registration
        customer = self.customers.find(partner_id, sent.customer_id)
        if customer is None:
            raise InvalidInput([NO_SUCH_CUSTOMER.at("portal_person.customer_id")])
        if different := find_differences(registration, customer):
            raise InvalidInput([DIFFERS_FROM_RECORD.at(f"portal_person.{name.value}") for name in different])
        return read_record(registration, customer)

    def list(self, request: ListPeople, caller: Caller) -> PersonList:
        """A page of the partner's people, newest first; masked for brokers and agencies."""
        found = self.store.list_people(
            caller.partner_id, read_cursor(request.cursor, "portal_people"), request.per_page + 1
        )
        page = found[: request.per_page]
        place = place_of(format_moment(page[-1].created_at), page[-1].id) if len(found) > len(page) else None
        joined = {person.customer_id for person in page if person.customer_id is not None}
        records = self.customers.find_many(caller.partner_id, joined)
        known = [with_record(person, records.get(person.customer_id or 0)) for person in page]
        return PersonList(
            portal_people=[view_person(person, plain=manages(caller)) for person in known],
            next_cursor=spell_cursor(place, "portal_people") if place else None,
        )
