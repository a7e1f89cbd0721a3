"""Logins and the codes that stand at addresses, in the table (keys in ``aws/dynamodb/keys/customers.py``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from lastro.aws.dynamodb import keys as common
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import customers as keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, AbsentOrAtMost, AtMost, Put, Table, Update
from lastro.customers.portal.logins.model import (
    CODES_A_DAY,
    CODES_ELSEWHERE,
    CODES_FROM_A_SOURCE,
    KNOWN,
    TRIES,
    Channel,
    Limit,
    Login,
    StandingCode,
)
from lastro.kernel.calendar import format_moment, local_date

_SCHEMA = 1
_KEPT = timedelta(days=1)
_COUNTED = timedelta(days=2)


class LoginStore:
    """One row for each login and one for each address; every step is one conditional write."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def look(self, login: Login) -> tuple[Login, Sequence[Limit]]:
        """A login with whether its source is known, and its limits: of its address from its source, from sources like
        it, and from all.
        """
        of_address = f"{login.partner_id}#{login.address}"
        mosts = {
            f"{of_address}#{login.source}": CODES_FROM_A_SOURCE,
            f"{of_address}#unknown": CODES_ELSEWHERE,
            f"{of_address}#known": CODES_A_DAY,
            of_address: CODES_A_DAY,
        }
        places = {whose: _counted(whose, login.asked_at) for whose in mosts}
        source = _source_of(login)
        found = self._table.get_many([source, *places.values()])
        is_known = source in found and found[source]["expires"] > login.asked_at.timestamp()
        other = f"{of_address}#{'unknown' if is_known else 'known'}"
        return replace(login, known=is_known), [
            Limit(whose, most, found.get(places[whose], {}).get("calls", 0))
            for whose, most in mosts.items()
            if whose != other
        ]

    def know(self, login: Login, now: datetime) -> None:
        """Keep that a code of the login's address was told rightly where it was asked for."""
        self._table.write(Update(_source_of(login), {"expires": int((now + KNOWN).timestamp())}))

    def ask(self, login: Login, limits: Sequence[Limit]) -> int | None:
        """Keep a login and let it take the place of the one before at its address, whose code ends with it.

        The limit instead when the address has had its codes of the day, or as many as one source may ask for.
        """
        expires = int((login.asked_at + _KEPT).timestamp())
        asked = {
            "entity": "portal_code_login",
            "schema": _SCHEMA,
            "version": 1,
            "id": login.id,
            "partner_id": login.partner_id,
            "channel": login.channel.value,
            "address": login.address,
            "source": login.source,
            "known": login.known,
            "asked_at": format_moment(login.asked_at),
            "expires": expires,
        }
        standing = {"entity": "portal_code", "schema": _SCHEMA, "version": 1, "login_id": login.id, "tries": 0}
        try:
            self._table.transact(
                [
                    *(_count(each.whose, login.asked_at, each.most) for each in limits),
                    Put(keys.portal_code_login(login.id), asked, {"PK": ABSENT}),
                    Put(_place(login), {**standing, "expires": expires}),
                ]
            )
        except ConditionFailed as refused:
            if refused.position >= len(limits):
                raise
            return limits[refused.position].most
        return None

    def find(self, login_id: str) -> Login | None:
        item = self._table.get(keys.portal_code_login(login_id))
        return _to_login(item) if item else None

    def find_standing(self, login: Login) -> StandingCode | None:
        """The code at the login's address; ``None`` once another login took its place."""
        item = self._table.get(_place(login))
        return _to_standing(item) if item and item["login_id"] == login.id else None

    def claim(self, login: Login, standing: StandingCode, digest: str, person_id: str, now: datetime) -> bool:
        """Keep a code before it is sent, once: false when one was sent, another login took the place of this one, or
        the person has had its codes of the day.
        """
        write = Update(
            _place(login),
            assign={"digest": digest, "person_id": person_id, "counted": True},
            where={"login_id": login.id, "digest": ABSENT},
        )
        counts = [_count(person_id, now)]
        if not login.known:
            counts.append(_count(f"{person_id}#unknown", now, CODES_ELSEWHERE))
        return self._table.commit([write] if standing.counted else [*counts, write])

    def release(self, login: Login, digest: str) -> None:
        """Take a code back that was certainly not sent, so that another may be."""
        self._table.commit([Update(_place(login), remove=["digest"], where={"login_id": login.id, "digest": digest})])

    def take_try(self, login: Login) -> StandingCode | None:
        """Count a try and tell what stands there; ``None`` when none is left or another login took the place."""
        try:
            item = self._table.write(
                Update(_place(login), add={"tries": 1}, where={"login_id": login.id, "tries": AtMost(TRIES - 1)})
            )
        except ConditionFailed:
            return None
        return _to_standing(item)

    def grant(self, login: Login, digest: str, proof: str) -> bool:
        """Keep the digest of a proof that the code was told; false when it was told before."""
        where = {"login_id": login.id, "digest": digest, "proof": ABSENT}
        return self._table.commit([Update(_place(login), assign={"proof": proof}, where=where)])

    def redeem(self, login: Login, person_id: str, proof: str) -> bool:
        """Spend a proof; false when it is none, or was spent."""
        where = {"login_id": login.id, "person_id": person_id, "proof": proof}
        return self._table.commit([Update(_place(login), assign={"proof": "spent"}, where=where)])


def _place(login: Login) -> Key:
    return keys.portal_code(login.partner_id, login.address)


def _source_of(login: Login) -> Key:
    return common.call_count(f"portal_sources#{login.partner_id}#{login.address}#{login.source}", "")


def _counted(whose: str, now: datetime) -> Key:
    return common.call_count(f"portal_codes#{whose}", local_date(now).isoformat())


def _count(whose: str, now: datetime, most: int = CODES_A_DAY) -> Update:
    """One code more of a day in São Paulo."""
    return Update(
        _counted(whose, now),
        assign={"expires": int((now + _COUNTED).timestamp())},
        add={"calls": 1},
        where={"calls": AbsentOrAtMost(most - 1)},
    )


def _to_login(item: Mapping[str, Any]) -> Login:
    return Login(
        id=item["id"],
        partner_id=item["partner_id"],
        channel=Channel(item["channel"]),
        address=item["address"],
        asked_at=datetime.fromisoformat(item["asked_at"]),
        # Those that were kept before had neither.
        source=item.get("source", ""),
        known=item.get("known", False),
    )


def _to_standing(item: Mapping[str, Any]) -> StandingCode:
    return StandingCode(
        login_id=item["login_id"],
        tries=item["tries"],
        digest=item.get("digest"),
        person_id=item.get("person_id"),
        counted=item.get("counted", False),
    )
