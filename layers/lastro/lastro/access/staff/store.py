"""People of the panel in the table (keys in ``aws/dynamodb/keys/access``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lastro.access.errors import ADDRESS_TAKEN, UNKNOWN_STAFF_MEMBER
from lastro.access.staff.model import (
    KNOWN,
    MOST_WRONG,
    MOST_WRONG_TOGETHER,
    QUIET,
    StaffMember,
    Try,
    digest_email,
)
from lastro.access.store import user_number
from lastro.aws.dynamodb import keys as common
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import access as keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, AbsentOrAtMost, AtMost, Delete, Item, Put, Table, Update
from lastro.kernel.calendar import read_moment
from lastro.kernel.callers.jobs import Job

_SCHEMA = 1
_KEPT = timedelta(days=5 * 365)
"""Acts name a person by its number: for as long as they may be disputed it is known whose that was."""


class StaffStore:
    """People by their number within a partner, and by the address they log in with."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, person_id: str) -> StaffMember | None:
        item = self._table.get(keys.staff_member(partner_id, person_id))
        return _to_member(item) if item else None

    def find_login(self, email: str) -> tuple[str, str] | None:
        """Partner and number of who logs in with this address."""
        item = self._table.get(keys.staff_login(digest_email(email)))
        return (item["partner_id"], item["id"]) if item else None

    def take_try(self, email: str, source: str, now: int) -> Try:
        """Count a password that is told of an address before anything is compared (``now`` in seconds)."""
        alike = "known" if self._knows(email, source, now) else "unknown"
        limits = {_tries(email, source): MOST_WRONG, _tries(email, alike): MOST_WRONG_TOGETHER}
        counted: list[str] = []
        for name, most in limits.items():
            if wait := self._count(name, most, now):
                self.give_back(Try(tuple(counted)))
                return Try(wait=wait)
            counted.append(name)
        return Try(tuple(counted))

    def give_back(self, told: Try) -> None:
        """It was not wrong: it does not count."""
        for name in told.counted:
            self._table.commit(
                [Update(_count_of(name), add={"calls": -1}, where={"calls": AtMost(MOST_WRONG_TOGETHER)})]
            )

    def know(self, email: str, source: str, now: int) -> None:
        """Keep that an address was logged in from a source."""
        known_until = now + KNOWN
        self._table.write(Update(_source_of(email, source), {"known_until": known_until, "expires": known_until}))

    def _knows(self, email: str, source: str, now: int) -> bool:
        found = self._table.get(_source_of(email, source))
        return found is not None and found["known_until"] > now

    def _count(self, name: str, most: int, now: int) -> int:
        """Count one more; 0, or the seconds until there may be one."""
        at, until = _count_of(name), now + QUIET
        times = {"quiet_at": until, "expires": until + QUIET}
        first = Update(at, {"calls": 1, **times}, where={"quiet_at": AbsentOrAtMost(now)})
        another = Update(at, times, add={"calls": 1}, where={"calls": AbsentOrAtMost(most - 1)})
        if self._table.commit([first]) or self._table.commit([another]):
            return 0
        had = self._table.get(at)
        return max(1, had["quiet_at"] - now) if had else 1

    def list_of(self, partner_id: str) -> list[StaffMember]:
        found = self._table.query(keys.partner(partner_id).pk, prefix=keys.STAFF_PREFIX)
        return sorted(map(_to_member, found), key=lambda member: member.created_at)

    def put(self, member: StaffMember) -> None:
        """The person and its address, both or none. Raises ``Conflict`` for an address that somebody has."""
        login = _entity("staff_login", id=member.id, partner_id=member.partner_id)
        item = _entity(
            "staff_member",
            id=member.id,
            number=member.number,
            partner_id=member.partner_id,
            name=member.name,
            email=member.email,
            job=member.job.value,
            store_ids=None if member.store_ids is None else list(member.store_ids),
            created_at=member.created_at,
            disabled_at=None,
        )
        try:
            self._table.transact(
                [
                    Put(keys.staff_login(digest_email(member.email)), login, {"PK": ABSENT}),
                    Put(keys.staff_member(member.partner_id, member.id), item, {"PK": ABSENT}),
                ]
            )
        except ConditionFailed as error:
            raise ADDRESS_TAKEN() from error

    def disable(self, member: StaffMember, moment: datetime) -> None:
        """End the person's access and free its address; who it was is forgotten in five years. Raises ``NotFound``."""
        place, login = keys.staff_member(member.partner_id, member.id), keys.staff_login(digest_email(member.email))
        ends = {"disabled_at": moment, "expires": int((moment + _KEPT).timestamp())}
        try:
            self._table.transact(
                [
                    Update(place, assign=ends, add={"version": 1}, where={"id": member.id}),
                    Delete(login, where={"id": member.id}),
                ]
            )
        except ConditionFailed as error:
            raise UNKNOWN_STAFF_MEMBER() from error


def _tries(email: str, source: str) -> str:
    """What wrong passwords of an address are counted under: from one source, or from all that are alike."""
    return f"logins#{source}#{digest_email(email)}"


def _count_of(name: str) -> Key:
    return common.call_count(name, "")


def _source_of(email: str, source: str) -> Key:
    return common.call_count(f"login_sources#{source}#{digest_email(email)}", "")


def _entity(kind: str, **fields: object) -> Item:
    return {"entity": kind, "version": 1, "schema": _SCHEMA, **fields}


def _to_member(item: dict[str, Any]) -> StaffMember:
    stores, disabled = item["store_ids"], item.get("disabled_at")
    return StaffMember(
        id=item["id"],
        number=user_number(item),
        partner_id=item["partner_id"],
        name=item["name"],
        email=item["email"],
        job=Job(item["job"]),
        created_at=read_moment(item["created_at"]),
        store_ids=None if stores is None else tuple(map(int, stores)),
        disabled_at=read_moment(disabled) if disabled else None,
    )
