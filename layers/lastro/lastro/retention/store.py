"""Records of people, what was asked about them, and legal holds in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key
from lastro.aws.dynamodb.keys import retention as keys
from lastro.aws.dynamodb.retained import SHARDS, retained_item, retained_key
from lastro.aws.dynamodb.table import ABSENT, AbsentOr, Delete, Item, Put, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.keyed_request import Answered
from lastro.kernel.retention import Record
from lastro.retention.model import Action, Kept, LegalHold, RequestStatus, Retained, Setter, SubjectRequest

_SCHEMA = 1


class RetentionStore(FirstAnswers):
    """Every read that decides is consistent; lists and what is due come from indexes."""

    shards = range(SHARDS)
    """Into which what is due is parted."""

    # records ----------------------------------------------------------------------------------------------------

    def list_records(self, partner_id: str, document: str, *, after: str, limit: int) -> list[tuple[str, Retained]]:
        """(place, record) of a person's records in order of place, those behind ``after``."""
        first = keys.retained(partner_id, document, "", "")
        prefix = keys.RECORD_PREFIX
        found = self._table.query(first.pk, at_least=after or prefix, at_most=f"{prefix}~", limit=limit + 1)
        rows = ((item["SK"], _to_retained(item)) for item in found if item["SK"] != after)
        return list(islice(rows, limit))

    def list_due(self, today: date, shards: Iterable[int] = shards) -> Iterator[Retained]:
        """Records to be looked at on or before a day, the longest due of these shards first."""
        partitions = [keys.retained_index(shard)["open_pk"] for shard in shards]
        at_most = keys.retained_index(0, today.isoformat(), "~")["open_sk"]
        for row in self._table.read_whole(self._table.query_merged(partitions, index=OPEN, at_most=at_most)):
            if (due := _to_retained(row)).look_on <= today:
                yield due

    def postpone(self, retained: Retained, look_on: date) -> bool:
        """Look at a record again on another day; false when it is gone, or somebody said otherwise meanwhile."""
        item = {**retained_item(retained.record, look_on.isoformat()), "wanted": retained.wanted}
        return self._table.commit([Put(retained_key(retained.record), item, _as_read(retained))])

    def want(self, retained: Retained, look_on: date) -> None:
        """Keep that a record's end was asked for, and when to look again; nothing where it is gone by now."""
        at = keys.retained_index(0, look_on.isoformat(), retained.record.kind, retained.record.id)
        wanted = {"wanted": True, "look_on": look_on, "open_sk": at["open_sk"]}
        self._table.commit([Update(retained_key(retained.record), wanted, where={"entity": "retained"})])

    def release(self, retained: Retained) -> bool:
        """There is nothing of a record any more; false when there is again, or somebody said otherwise meanwhile."""
        return self._table.commit([Delete(retained_key(retained.record), _as_read(retained))])

    # requests ---------------------------------------------------------------------------------------------------

    def put_request(self, request: SubjectRequest, answered: Answered | None) -> bool:
        """Keep a new request; false when the same request was first."""
        leads_to = {"entity": "person_request", "schema": _SCHEMA, "version": 1, "request_id": request.id}
        at = keys.person_request(request.partner_id, request.document, format_moment(request.created_at), request.id)
        return self._commit(
            [
                Put(keys.subject_request(request.id), _request_item(request), {"PK": ABSENT}),
                Put(at, leads_to, {"PK": ABSENT}),
            ],
            answered,
        )

    def find_request(self, request_id: str) -> SubjectRequest | None:
        item = self._table.get(keys.subject_request(request_id))
        return _to_request(item) if item else None

    def save_request(self, after: SubjectRequest) -> bool:
        """Keep the next version of a request; false when somebody else was first."""
        where = {"version": after.version - 1}
        return self._table.commit([Put(keys.subject_request(after.id), _request_item(after), where)])

    def put_off(self, request: SubjectRequest, next_at: datetime) -> bool:
        """Move a request's due time on; false when somebody was first."""
        where = {"version": request.version, "next_at": request.next_at}
        moved = replace(request, next_at=next_at)
        return self._table.commit([Put(keys.subject_request(request.id), _request_item(moved), where)])

    def list_unfinished(self, before: datetime) -> Iterator[str]:
        """Ids of requests whose message is overdue at a moment, oldest first."""
        due = keys.subject_request_index(format_moment(before), "~")
        for item in self._table.query(due["open_pk"], index=OPEN, at_most=due["open_sk"]):
            yield item["PK"].removeprefix(keys.subject_request("").pk)

    def list_requests(self, partner_id: str, document: str) -> list[SubjectRequest]:
        """What was asked about a person, oldest first."""
        at = keys.person_request(partner_id, document, "", "")
        names = [item["request_id"] for item in self._table.query(at.pk, prefix=keys.REQUEST_PREFIX)]
        return [found for name in names if (found := self.find_request(name))]

    # holds ------------------------------------------------------------------------------------------------------

    def is_held(self, partner_id: str, document: str) -> bool:
        """Whether a legal hold is in force for a person."""
        at = keys.legal_hold(partner_id, document, "")
        return any(True for _ in self._table.query(at.pk, prefix=keys.HOLD_PREFIX, limit=1))

    def put_hold(self, hold: LegalHold, answered: Answered | None) -> bool:
        """Keep a new hold, in force at once; false when the same request was first."""
        in_force = {"entity": "hold_in_force", "schema": _SCHEMA, "version": 1}
        writes: list[Write] = [
            Put(keys.hold(hold.id), _hold_item(hold), {"PK": ABSENT}),
            Put(keys.legal_hold(hold.partner_id, hold.document, hold.id), in_force),
        ]
        return self._commit(writes, answered)

    def find_hold(self, hold_id: str) -> LegalHold | None:
        item = self._table.get(keys.hold(hold_id))
        return _to_hold(item) if item else None

    def lift_hold(self, after: LegalHold) -> bool:
        """Keep that a hold is lifted; false when it was changed meanwhile."""
        return self._table.commit(
            [
                Put(keys.hold(after.id), _hold_item(after), {"version": after.version - 1}),
                Delete(keys.legal_hold(after.partner_id, after.document, after.id)),
            ]
        )

    def list_holds(self, partner_id: str, *, after: str, limit: int) -> tuple[list[LegalHold], str | None]:
        """A page of a partner's holds, newest first, and where the next begins."""
        found = self._table.query(
            keys.hold_owner_index(partner_id)["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_most=after,
            limit=limit + 2,
        )
        rows = [row for row in islice(found, limit + 2) if row["by_owner_sk"] != after]
        page = rows[:limit]
        items = self._table.get_many(Key(row["PK"], row["SK"]) for row in page)
        holds = [_to_hold(items[key]) for row in page if (key := Key(row["PK"], row["SK"])) in items]
        return holds, page[-1]["by_owner_sk"] if len(rows) > limit else None


def _as_read(retained: Retained) -> dict[str, Any]:
    """What a record's row holds where nobody wrote it since."""
    return {"look_on": retained.look_on, "wanted": True if retained.wanted else AbsentOr(False)}


def _to_retained(item: Item) -> Retained:
    record = Record(item["partner_id"], item["document"], item["kind"], item["record_id"])
    return Retained(record, date.fromisoformat(item["look_on"]), item.get("wanted", False))


def _request_item(request: SubjectRequest) -> Item:
    item: dict[str, Any] = {"entity": "subject_request", "schema": _SCHEMA, **asdict(request)}
    item |= {"action": request.action.value, "status": request.status.value}
    if request.next_at is not None:
        item |= keys.subject_request_index(format_moment(request.next_at), request.id)
    return item


def _to_request(item: Item) -> SubjectRequest:
    fields = {name: item[name] for name in SubjectRequest.__dataclass_fields__}
    return replace(
        SubjectRequest(**fields),
        action=Action(item["action"]),
        status=RequestStatus(item["status"]),
        created_at=read_moment(item["created_at"]),
        next_at=read_moment(item["next_at"]),
        finished_at=read_moment(item["finished_at"]),
        kept=tuple(_to_kept(kept) for kept in item["kept"]),
        files=tuple(item["files"]),
        attachments=tuple(item["attachments"]),
    )


def _to_kept(kept: Item) -> Kept:
    until = kept["until"]
    return Kept(kept["kind"], kept["id"], date.fromisoformat(until) if until else None, kept["basis"])


def _hold_item(hold: LegalHold) -> Item:
    item: dict[str, Any] = {"entity": "legal_hold", "schema": _SCHEMA, **asdict(hold), "set_by": hold.set_by.value}
    return {**item, **keys.hold_owner_index(hold.partner_id, format_moment(hold.set_at), hold.id)}


def _to_hold(item: Item) -> LegalHold:
    fields = {name: item[name] for name in LegalHold.__dataclass_fields__}
    moments = {name: read_moment(item[name]) for name in ("set_at", "lifted_at")}
    return LegalHold(**{**fields, **moments, "set_by": Setter(item["set_by"])})
