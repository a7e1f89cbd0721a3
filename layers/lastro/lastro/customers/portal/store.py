"""The portal's schedule, people and changes in the table (keys in ``aws/dynamodb/keys.py``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, Key
from lastro.aws.dynamodb.keys import customers as keys
from lastro.aws.dynamodb.occurrences import tell
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Update, Write
from lastro.customers.portal.changes.model import Change, FieldChange, Way, months_back
from lastro.customers.portal.cursors import place_of
from lastro.customers.portal.people.model import Person, PersonKind, Unit
from lastro.customers.portal.registration.model import (
    NO_SCHEDULE,
    Registration,
    RegistrationField,
    Schedule,
    Showing,
    Standing,
)
from lastro.kernel.calendar import format_moment, read_moment, start_of_day
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.errors import Retryable
from lastro.kernel.keyed_request import Answered
from lastro.kernel.occurrences import Occurrence

_SCHEMA = 1
_PERSON_KEPT = timedelta(days=365)
_LOGIN_KEPT = timedelta(days=2)
"""Longer than a refresh token and an access token are good for (``infrastructure/pools.yaml``)."""
_CHANGE_KEPT = timedelta(days=5 * 365)


class PortalStore(FirstAnswers):
    """What a partner set up, who enters its portal and what they changed; reads that decide are consistent."""

    # schedule ---------------------------------------------------------------------------------------------------

    def find_schedule(self, partner_id: str) -> Schedule:
        """The partner's, or the one that asks nobody."""
        item = self._table.get(keys.registration_schedule(partner_id))
        return _to_schedule(item) if item else NO_SCHEDULE

    def put_schedule(self, partner_id: str, schedule: Schedule) -> bool:
        """Keep the next version; false when somebody else was first."""
        where = {"version": schedule.version - 1} if schedule.version > 1 else {"PK": ABSENT}
        return self._table.commit([Put(keys.registration_schedule(partner_id), _schedule_item(schedule), where)])

    # people -----------------------------------------------------------------------------------------------------

    def find_person(self, person_id: str) -> Person | None:
        item = self._table.get(keys.portal_person(person_id))
        return _to_person(item) if item else None

    def find_login(self, partner_id: str, address: str) -> Person | None:
        """Who is sent codes at this address."""
        return self.find_at(partner_id, digest_address(address))

    def find_at(self, partner_id: str, digest: str) -> Person | None:
        """The same by the digest of the address."""
        item = self._table.get(keys.portal_login(partner_id, digest))
        return self.find_person(item["person_id"]) if item else None

    def find_visitor(self, person_id: str, login: str) -> tuple[Person | None, bool]:
        """A person, and whether its login has ended: one round trip."""
        at, ended = keys.portal_person(person_id), keys.ended_login(person_id, login)
        found = self._table.get_many([at, ended])
        return (_to_person(found[at]) if at in found else None), ended in found

    def end_login(self, person: Person, login: str, now: datetime) -> None:
        """Keep that a login ended for as long as any token of it might live; what is kept already stays so."""
        ended = {
            "entity": "ended_login",
            "schema": _SCHEMA,
            "version": 1,
            "ended_at": format_moment(now),
            "expires": int((now + _LOGIN_KEPT).timestamp()),
        }
        self._table.commit([Put(keys.ended_login(person.id, login), ended, {"PK": ABSENT})])

    def add_person(self, person: Person, answered: Answered | None) -> bool:
        """Keep a new person with its addresses; false when one is taken, the customer that it is was erased, or the
        same request was first.
        """
        names = {"entity": "portal_login", "schema": _SCHEMA, "version": 1, "person_id": person.id}
        writes: list[Write] = [Put(keys.portal_person(person.id), _person_item(person), {"PK": ABSENT})]
        writes += [Put(place, names, {"PK": ABSENT}) for place in _logins(person)]
        if person.customer_id is not None:
            access = {"entity": "customer_access", "schema": _SCHEMA, "version": 1, "person_id": person.id}
            record = keys.customer(person.partner_id, person.customer_id)
            writes += [
                Put(keys.customer_access(person.partner_id, person.customer_id, person.id), access),
                # It is there still, or nothing of this is written: who erases it finds the access.
                Update(record, {"joined": True}, where={"entity": "customer"}),
            ]
        return self._commit(writes, answered)

    def change_person(
        self,
        person: Person,
        change: Change | None = None,
        occurrence: Occurrence | None = None,
        beside: Sequence[Write] = (),
    ) -> bool:
        """Keep the next version of a person, what it changed and what occurred, with the writes of its record; false
        when somebody else was first to any of them.
        """
        where = {"version": person.version - 1}
        writes: list[Write] = [Put(keys.portal_person(person.id), _person_item(person), where)]
        if change is not None:
            place = place_of(format_moment(change.at), change.id)
            at = keys.registration_change(person.partner_id, change.month, place)
            names = {"entity": "person_change", "schema": _SCHEMA, "version": 1, "month": change.month}
            names["expires"] = _change_expires(change)
            writes += [
                Put(at, _change_item(change), {"PK": ABSENT}),
                Put(keys.person_change(person.id, place), names, {"PK": ABSENT}),
            ]
        if occurrence is not None:
            writes.append(tell(occurrence))
        return self._commit([*writes, *beside])

    def erase_person(self, partner_id: str, person_id: str) -> None:
        """Remove an access, then all that its person changed and read: whoever was writing it was first or is refused.
        Again it goes on with what is left.

        Raises ``Retryable`` when others keep changing it.
        """

        def take_out() -> bool | None:
            person = self.find_person(person_id)
            if person is None:
                return True
            gone: list[Write] = [Delete(keys.portal_person(person.id), {"version": person.version})]
            if person.ended_at is None:
                gone += [Delete(place, {"person_id": person.id}) for place in _logins(person)]
            return self._commit(gone) or None

        until_committed(take_out, _contended)
        named = self._changes_of(partner_id, person_id)
        self._table.delete_many(named.values())
        # What names a change goes behind it: what a crash leaves is found again.
        self._table.delete_many(named)
        read = keys.bulletin_receipt(person_id, 0).pk
        self._table.delete_many([Key(item["PK"], item["SK"]) for item in self._table.query(read, only=("PK", "SK"))])

    def end_person(self, person: Person) -> bool:
        """Keep that an access ended and free its addresses; false when somebody else was first."""
        where = {"version": person.version - 1}
        put = Put(keys.portal_person(person.id), _person_item(person), where)
        return self._commit([put, *(Delete(place, {"person_id": person.id}) for place in _logins(person))])

    def list_people(self, partner_id: str, after: str, limit: int) -> list[Person]:
        """Up to ``limit`` people, newest first, from below a place."""
        found = self._table.query(
            keys.portal_people_index(partner_id, "")["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_most=after,
            limit=limit + 1,
        )
        places = [item["by_owner_sk"] for item in islice(found, limit + 1) if item["by_owner_sk"] != after][:limit]
        wanted = [keys.portal_person(place.rpartition("#")[2]) for place in places]
        items = self._table.get_many(wanted)
        return [_to_person(items[key]) for key in wanted if key in items]

    def list_read(self, person: Person) -> dict[int, str]:
        """The bulletins that a person read, and when first (ISO 8601)."""
        found = self._table.query(keys.bulletin_receipt(person.id, 0).pk)
        return {item["bulletin_id"]: item["read_at"] for item in found}

    def list_changes_of(self, person: Person) -> list[Change]:
        """What a person changed, newest first."""
        places = list(self._changes_of(person.partner_id, person.id).values())
        found = self._table.get_many(places)
        return [_to_change(found[place]) for place in places if place in found]

    def _changes_of(self, partner_id: str, person_id: str) -> Mapping[Key, Key]:
        """The rows that name a person's changes, newest first, and where each change is."""
        named = self._table.query(keys.portal_person(person_id).pk, prefix=keys.PERSON_CHANGE_PREFIX, newest_first=True)
        return {
            Key(item["PK"], item["SK"]): keys.registration_change(
                partner_id, item["month"], item["SK"].removeprefix(keys.PERSON_CHANGE_PREFIX)
            )
            for item in named
        }

    # changes ----------------------------------------------------------------------------------------------------

    def walk_changes(self, partner_id: str, first: date, last: date, after: str, page: int) -> Iterator[Change]:
        """The changes of these days in São Paulo, newest first, from below a place; ``page`` rows a read."""
        since = format_moment(start_of_day(first))
        until = format_moment(start_of_day(last + timedelta(days=1)) - timedelta(milliseconds=1)) + "#~"
        for month in months_back(first, last):
            at_most = min(until, after) if after else until
            if at_most < since:
                return
            pk = keys.registration_change(partner_id, month, "").pk
            found = self._table.query(pk, newest_first=True, at_least=since, at_most=at_most, limit=page)
            yield from (_to_change(item) for item in found if item["SK"] != after)


def _contended() -> Retryable:
    return Retryable("others keep changing an access to the portal", code=TRANSACTION_CONFLICT)


def digest_address(address: str) -> str:
    """A name of a login's address: people write the letters of one e-mail large and small."""
    return sha256(address.casefold().encode()).hexdigest()


def _logins(person: Person) -> Sequence[Key]:
    return [keys.portal_login(person.partner_id, digest_address(address)) for address in person.logins]


def _schedule_item(schedule: Schedule) -> Item:
    return {
        "entity": "registration_schedule",
        "schema": _SCHEMA,
        "version": schedule.version,
        "enabled": schedule.enabled,
        "every_days": schedule.every_days,
        "fields": {name.value: showing.value for name, showing in schedule.fields.items()},
        "updated_at": format_moment(schedule.updated_at),
    }


def _to_schedule(item: Mapping[str, Any]) -> Schedule:
    return Schedule(
        enabled=item["enabled"],
        every_days=item["every_days"],
        fields={RegistrationField(name): Showing(showing) for name, showing in item["fields"].items()},
        version=item["version"],
        updated_at=read_moment(item["updated_at"]),
    )


def _person_item(person: Person) -> Item:
    own = person.registration
    if person.customer_id is not None:
        # Its record has them: what stands in two places differs one day.
        own = replace(own, email=None, mobile=None)
    created = format_moment(person.created_at)
    standing = person.standing
    return {
        "entity": "portal_person",
        "schema": _SCHEMA,
        "version": person.version,
        "id": person.id,
        "partner_id": person.partner_id,
        "kind": person.kind.value,
        "registration": asdict(own),
        "login_email": person.login_email,
        "login_mobile": person.login_mobile,
        "developments": list(person.developments),
        "customer_id": person.customer_id,
        "units": [[unit.development, unit.name] for unit in person.units],
        "created_at": created,
        "ended_at": format_moment(person.ended_at),
        "confirmed_at": format_moment(standing.confirmed_at),
        "postponed_in": standing.postponed_in,
        "postponements": standing.postponements,
        **({"expires": int((person.ended_at + _PERSON_KEPT).timestamp())} if person.ended_at else {}),
        **keys.portal_people_index(person.partner_id, place_of(created, person.id)),
    }


def _to_person(item: Mapping[str, Any]) -> Person:
    return Person(
        id=item["id"],
        partner_id=item["partner_id"],
        kind=PersonKind(item["kind"]),
        registration=Registration(**item["registration"]),
        login_email=item["login_email"],
        login_mobile=item["login_mobile"],
        developments=tuple(item["developments"]),
        customer_id=item.get("customer_id"),
        units=tuple(Unit(development, name) for development, name in item.get("units", [])),
        created_at=read_moment(item["created_at"]),
        ended_at=read_moment(item["ended_at"]),
        standing=Standing(read_moment(item["confirmed_at"]), item["postponed_in"], item["postponements"]),
        version=item["version"],
    )


def _change_expires(change: Change) -> int:
    return int((change.at + _CHANGE_KEPT).timestamp())


def _change_item(change: Change) -> Item:
    return {
        "entity": "registration_change",
        "schema": _SCHEMA,
        "version": 1,
        "id": change.id,
        "person_id": change.person_id,
        "name": change.name,
        "way": change.way.value,
        "at": format_moment(change.at),
        "expires": _change_expires(change),
        "fields": [{"field": each.field.value, "before": each.before, "after": each.after} for each in change.fields],
    }


def _to_change(item: Mapping[str, Any]) -> Change:
    return Change(
        id=item["id"],
        person_id=item["person_id"],
        name=item["name"],
        way=Way(item["way"]),
        at=datetime.fromisoformat(item["at"]),
        fields=tuple(
            FieldChange(RegistrationField(each["field"]), each["before"], each["after"]) for each in item["fields"]
        ),
    )
