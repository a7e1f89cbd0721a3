"""A person of the portal and its own data: what it changes is logged before and after, whichever way it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.customers.portal.changes.model import Change, Way, compare
from lastro.customers.portal.errors import (
    HIDDEN_FIELD,
    NO_UPDATE_ASKED,
    PERSON_BUSY,
    REQUIRED_FIELD,
)
from lastro.customers.portal.people.entering import enter
from lastro.customers.portal.people.model import Person
from lastro.customers.portal.people.views import PersonAnswer, show_person
from lastro.customers.portal.registration.model import Registration, RegistrationField, Standing, find_missing, is_asked
from lastro.customers.portal.registration.requests import ConfirmRegistration, PutOwnRegistration
from lastro.customers.portal.registration.views import UpdateAnswer, show_update
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.errors import InvalidInput
from lastro.kernel.occurrences import Feature, Occurrence

if TYPE_CHECKING:
    from lastro.customers.portal.store import PortalStore


@dataclass(frozen=True, slots=True)
class OwnData:
    """What a person does about itself; ``new_id`` gives random UUIDs.

    Each call raises ``NotFound`` once the access ended and ``Unauthorized`` once the login did.
    """

    store: PortalStore
    clock: Clock
    new_id: Callable[[], UUID]

    def show(self, caller: Caller) -> PersonAnswer:
        """Raises ``NotFound`` once the access ended."""
        return show_person(enter(self.store, caller), plain=True)

    def replace(self, request: PutOwnRegistration, caller: Caller) -> PersonAnswer:
        """All of the person's data anew; it does not count as having filled the form.

        Raises ``NotFound`` once the access ended, ``Conflict`` when others keep changing it.
        """
        sent = request.portal_person.to_registration()

        def replace_once() -> PersonAnswer | None:
            person = enter(self.store, caller)
            after, change = self._change(person, sent, person.standing, Way.OWN_DATA)
            answer = show_person(after, plain=True)
            return answer if after is person or self.store.change_person(after, change) else None

        return until_committed(replace_once, PERSON_BUSY)

    def form(self, caller: Caller) -> UpdateAnswer:
        """Whether this login has to show the form, and the form."""
        person = enter(self.store, caller)
        return show_update(self.store.find_schedule(person.partner_id), person, caller.login, self.clock)

    def confirm(self, request: ConfirmRegistration, caller: Caller) -> UpdateAnswer:
        """The form as it was filled: from today on, the days are counted anew.

        Raises ``Conflict`` where the partner asks nobody, ``InvalidInput`` for a field that the form does not show
        and for one that it wants and that would stay empty.
        """
        sent = request.registration_update

        def confirm_once() -> UpdateAnswer | None:
            person = enter(self.store, caller)
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
            confirmed, change = self._change(person, after, standing, Way.FORM)
            answer = show_update(schedule, confirmed, caller.login, self.clock)
            if confirmed is person:
                return answer
            occurrence = Occurrence(
                person.partner_id,
                Feature.REGISTRATION_UPDATE,
                change.id if change else None,
                person.id,
                now,
                customer_id=person.customer_id,
                person_id=person.id,
                happening=str(confirmed.version),
            )
            return answer if self.store.change_person(confirmed, change, occurrence) else None

        return until_committed(confirm_once, PERSON_BUSY)

    def postpone(self, caller: Caller) -> UpdateAnswer:
        """Put the form off in this login; the next one shows it again. Once it is put off, nothing changes.

        Raises ``Conflict`` when nothing is due.
        """

        def postpone_once() -> UpdateAnswer | None:
            person, now = enter(self.store, caller), self.clock.now()
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
        self, person: Person, registration: Registration, standing: Standing, way: Way
    ) -> tuple[Person, Change | None]:
        """The next version of a person, itself where nothing changes, and what the log keeps of the change."""
        fields = compare(person.registration, registration)
        if not fields and standing == person.standing:
            return person, None
        after = replace(person, registration=registration, standing=standing, version=person.version + 1)
        change = None
        if fields:
            change = Change(str(self.new_id()), person.id, registration.name, way, self.clock.now(), fields)
        return after, change
