"""A person of the portal and its own data: what it changes is logged before and after, whichever way it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.customers.portal.changes.model import Change, Way, compare
from lastro.customers.portal.errors import (
    HIDDEN_FIELD,
    NO_UPDATE_ASKED,
    PERSON_BUSY,
    REQUIRED_FIELD,
    SEVERAL_ON_RECORD,
)
from lastro.customers.portal.people.entering import enter
from lastro.customers.portal.people.record import changes_of_record, find_ambiguous, read_record, with_record
from lastro.customers.portal.people.views import PersonAnswer, show_person
from lastro.customers.portal.registration.model import (
    Registration,
    RegistrationField,
    Standing,
    find_missing,
    is_asked,
    is_confirmed,
)
from lastro.customers.portal.registration.views import UpdateAnswer, show_update
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.occurrences import Feature, Occurrence

if TYPE_CHECKING:
    from lastro.customers.people.keeping import Customers
    from lastro.customers.people.model import Customer
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.registration.requests import ConfirmRegistration, PutOwnRegistration
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


_SENT_IN = {Way.FORM: "registration_update", Way.OWN_DATA: "portal_person"}


@dataclass(frozen=True)
class _Changed:
    """What is to be kept of a change: the person, its entry of the log, its record where that changes."""

    person: Person
    change: Change | None = None
    record: Customer | None = None


@dataclass(frozen=True)
class OwnData:
    """What a person does about itself; ``new_id`` gives random UUIDs.

    Who is a customer reads and changes name, e-mail and mobile in the customer's record, in one transaction with the
    log. Each call raises ``NotFound`` once the access ended and ``Unauthorized`` once the login did.
    """

    store: PortalStore
    records: Customers
    clock: Clock
    new_id: Callable[[], UUID]

    def show(self, caller: Caller) -> PersonAnswer:
        """Raises ``NotFound`` once the access ended."""
        return show_person(self._enter(caller)[0], plain=True)

    def replace(self, request: PutOwnRegistration, caller: Caller) -> PersonAnswer:
        """All of the person's data anew; it does not count as having filled the form.

        Raises ``NotFound`` once the access ended, ``Conflict`` when others keep changing it.
        """
        sent = request.portal_person.to_registration()

        def replace_once() -> PersonAnswer | None:
            person, record = self._enter(caller)
            done = self._change(person, record, sent, person.standing, Way.OWN_DATA)
            answer = show_person(done.person, plain=True)
            return answer if self._keep(person, done) else None

        return until_committed(replace_once, PERSON_BUSY)

    def form(self, caller: Caller) -> UpdateAnswer:
        """Whether this login has to show the form, and the form."""
        person, _ = self._enter(caller)
        return show_update(self.store.find_schedule(person.partner_id), person, caller.login, self.clock)

    def confirm(self, request: ConfirmRegistration, caller: Caller) -> UpdateAnswer:
        """The form as it was filled: from today on, the days are counted anew. The same form again on the same day
        is the same confirmation.

        Raises ``Conflict`` where the partner asks nobody, ``InvalidInput`` for a field that the form does not show
        and for one that it wants and that would stay empty.
        """
        sent = request.registration_update

        def confirm_once() -> UpdateAnswer | None:
            person, record = self._enter(caller)
            schedule = self.store.find_schedule(person.partner_id)
            if not schedule.enabled:
                raise NO_UPDATE_ASKED()
            filled = {name: getattr(sent, name.value) for name in RegistrationField}
            hidden = [name for name in filled if filled[name] is not None and name not in schedule.shown]
            after = replace(person.registration, **{name.value: filled[name] for name in schedule.shown})
            missing = find_missing(schedule, after)
            faults = [HIDDEN_FIELD.at(f"registration_update.{name.value}") for name in hidden]
            faults += [REQUIRED_FIELD.at(f"registration_update.{name.value}") for name in missing]
            if faults:
                raise InvalidInput(faults)
            now = self.clock.now()
            standing = Standing(confirmed_at=now)
            done = self._change(person, record, after, standing, Way.FORM)
            if done.change is None and is_confirmed(person.standing, now):
                return show_update(schedule, person, caller.login, self.clock)
            answer = show_update(schedule, done.person, caller.login, self.clock)
            occurrence = Occurrence(
                person.partner_id,
                Feature.REGISTRATION_UPDATE,
                done.change.id if done.change else None,
                person.id,
                now,
                customer_id=person.customer_id,
                person_id=person.id,
                happening=str(done.person.version),
            )
            return answer if self._keep(person, done, occurrence) else None

        return until_committed(confirm_once, PERSON_BUSY)

    def postpone(self, caller: Caller) -> UpdateAnswer:
        """Put the form off in this login; the next one shows it again. Once it is put off, nothing changes.

        Raises ``Conflict`` when nothing is due.
        """

        def postpone_once() -> UpdateAnswer | None:
            (person, _), now = self._enter(caller), self.clock.now()
            schedule, standing = self.store.find_schedule(person.partner_id), person.standing
            if not is_asked(schedule, replace(standing, postponed_in=None), caller.login, now):
                raise NO_UPDATE_ASKED()
            if standing.postponed_in == caller.login:
                return show_update(schedule, person, caller.login, self.clock)
            standing = replace(standing, postponed_in=caller.login, postponements=standing.postponements + 1)
            after = replace(person, standing=standing, version=person.version + 1)
            answer = show_update(schedule, after, caller.login, self.clock)
            return answer if self.store.change_person(after) else None

        return until_committed(postpone_once, PERSON_BUSY)

    def _change(
        self, person: Person, record: Customer | None, wanted: Registration, standing: Standing, way: Way
    ) -> _Changed:
        """The next version of a person, itself where nothing changes, that of its record, and what the log keeps.

        Raises ``InvalidInput`` for an e-mail or a mobile that would be empty where the record has several.
        """
        if record and (several := find_ambiguous(record, wanted)):
            raise InvalidInput([SEVERAL_ON_RECORD.at(f"{_SENT_IN[way]}.{name.value}") for name in several])
        changed = self.records.change(record, changes_of_record(record, wanted)) if record else None
        registration = read_record(wanted, changed) if changed else wanted
        fields = compare(person.registration, registration)
        if not fields and standing == person.standing:
            return _Changed(person)
        after = replace(person, registration=registration, standing=standing, version=person.version + 1)
        change = None
        if fields:
            change = Change(str(self.new_id()), person.id, registration.name, way, self.clock.now(), fields)
        return _Changed(after, change, changed if changed is not record else None)

    def _keep(self, before: Person, done: _Changed, occurrence: Occurrence | None = None) -> bool:
        """Keep all of it or nothing; false when somebody else was first."""
        if done.person is before:
            return True
        beside = self.records.store.write_version(done.record) if done.record else ()
        return self.store.change_person(done.person, done.change, occurrence, beside)

    def _enter(self, caller: Caller) -> tuple[Person, Customer | None]:
        """Who calls, as its record has it, and the record."""
        person = enter(self.store, caller)
        record = self.records.store.find(person.partner_id, person.customer_id) if person.customer_id else None
        return with_record(person, record), record
