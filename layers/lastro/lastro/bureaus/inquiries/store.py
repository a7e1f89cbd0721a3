"""Inquiries in the table (``aws/dynamodb/keys``): each with a row of its document, of its subject and of the log.

The log is the sort key of the index ``by_owner``: it holds what the report filters and adds up, so that neither reads
an inquiry it does not show, and no counter is fought over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice, takewhile
from typing import Any
from urllib.parse import quote, unquote

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN
from lastro.aws.dynamodb.keys import bureaus as bureau_keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.retained import retain
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Write
from lastro.bureaus.inquiries.working.due import due_moment
from lastro.bureaus.model import Inquiry, InquiryStatus, Outcome, Purpose, Subject, SubjectKind
from lastro.bureaus.orders.repeats import LastInquiry, StoredAnswer, follow_change, follow_new, question_of
from lastro.bureaus.orders.requester import digest_requester
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.records import Before, LogEntry
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.documents import Cnpj, Document, parse_document
from lastro.kernel.errors import Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.observing.figures import note
from lastro.kernel.retention import Record

_SCHEMA = 1
_STORED = "stored"
RECORD = "inquiry"
"""What is kept of a person here (``kernel/retention.py``)."""
_HIDDEN = ("PK", "SK", "entity", "schema", "version", "by_owner_pk", "by_owner_sk", "open_pk", "open_sk")


class InquiryStore(FirstAnswers):
    """Inquiries of every partner."""

    def look_before(self, draft: Inquiry, keyed: KeyedRequest | None, now: datetime) -> Before:
        """What stands before a drafted inquiry: one round trip.

        Raises ``Conflict`` when its key came with another request.
        """
        last_at = _last_key(draft)
        first_answer, found = self._find_with(keyed, now, [last_at])
        return Before(first_answer, _to_last(found[last_at]) if last_at in found else None)

    def add(self, inquiry: Inquiry, last: LastInquiry | None, answered: Answered | None) -> bool:
        """Keep a new inquiry with everything that leads to it; false when another came in between."""
        document = inquiry.document.value
        pointer = {"entity": "inquiry_pointer", "schema": _SCHEMA, "version": 1, "inquiry_id": inquiry.id}
        asked_at = bureau_keys.document_inquiry(
            inquiry.partner_id, document, format_moment(inquiry.created_at), inquiry.id
        )
        writes: list[Write] = [
            Put(bureau_keys.inquiry(inquiry.id), _inquiry_item(inquiry), {"PK": ABSENT}),
            Put(asked_at, pointer, {"PK": ABSENT}),
            retain(Record(inquiry.partner_id, document, RECORD, inquiry.id), inquiry.created_at),
        ]
        if inquiry.subject.id is not None:
            subject_at = bureau_keys.subject_inquiry(
                inquiry.partner_id,
                inquiry.subject.kind,
                inquiry.subject.id,
                format_moment(inquiry.created_at),
                inquiry.id,
            )
            writes.append(Put(subject_at, pointer, {"PK": ABSENT}))
        if inquiry.source_id is None:
            where: dict[str, Any] = {"version": last.version} if last else {"PK": ABSENT}
            writes.append(Put(_last_key(inquiry), _last_item(follow_new(last, inquiry)), where))
        return self._commit(writes, answered)

    def find(self, inquiry_id: str) -> Inquiry | None:
        item = self._table.get(bureau_keys.inquiry(inquiry_id))
        return _to_inquiry(item) if item else None

    def find_many(self, inquiry_ids: Sequence[str]) -> list[Inquiry]:
        """Those that exist, in the order asked for."""
        wanted = [bureau_keys.inquiry(each) for each in inquiry_ids]
        found = self._table.get_many(wanted)
        return [_to_inquiry(found[key]) for key in wanted if key in found]

    def change(self, before: Inquiry, after: Inquiry, packed: bytes | None = None) -> bool:
        """Put ``after`` in the place of ``before``, with its packed report; false when ``before`` is no longer there.

        Raises ``Retryable`` when another transaction stood in the way.
        """
        where = {"status": before.status.value, "lease_until": before.lease_until, "attempts": before.attempts}
        writes: list[Write] = [Put(bureau_keys.inquiry(after.id), _inquiry_item(after), where)]
        if packed is not None:
            report = {"entity": "inquiry_report", "schema": _SCHEMA, "version": 1, "report": packed}
            writes.append(Put(bureau_keys.inquiry_report(after.id), report))

        def change_once() -> bool | None:
            remembered = [] if after.status is before.status else self._remember(after)
            refused = self._done([*writes, *remembered])
            # Where only what is remembered of the question was refused, another inquiry wrote there: look again.
            return refused is None if refused is None or refused < len(writes) else None

        changed = until_committed(change_once, _contended)
        if changed and after.status is not before.status:
            note("InquiriesMoved", 1, bureau=after.provider, status=after.status.value)
        if changed and (cost := after.outcome.cost - before.outcome.cost):
            note("InquiryCostCents", cost, bureau=after.provider)
        return changed

    def _remember(self, inquiry: Inquiry) -> list[Write]:
        """The write that notes the inquiry's new status, or its late answer, where its question is remembered."""
        last_at = _last_key(inquiry)
        found = self._table.get(last_at)
        last = _to_last(found) if found else None
        followed = follow_change(last, inquiry) if last else None
        return [Put(last_at, _last_item(followed), {"version": last.version})] if last and followed else []

    def _done(self, writes: Sequence[Write]) -> int | None:
        """Write all or nothing: ``None`` when done, else the position of the write that was refused."""
        try:
            self._table.transact(writes)
        except ConditionFailed as error:
            return error.position
        return None

    def forget_report(self, inquiry: Inquiry) -> None:
        """Remove an inquiry's report, and that its question was answered: it is asked anew. One that may have been
        charged without an answer is still not asked silently.
        """
        if inquiry.status is not InquiryStatus.UNKNOWN:
            self._forget_question(inquiry)
        self._table.delete_many([bureau_keys.inquiry_report(inquiry.id)])

    def _forget_question(self, inquiry: Inquiry) -> None:
        """Remove what is remembered of an inquiry's question, but where a newer one put it again."""
        last_at = _last_key(inquiry)
        found = self._table.get(last_at)
        if found and found["inquiry_id"] == inquiry.id:
            self._commit([Delete(last_at, {"inquiry_id": inquiry.id, "version": found["version"]})])

    def erase(self, inquiry: Inquiry) -> None:
        """Remove an inquiry with everything that leads to it, but for what it left of its question all or nothing."""
        self._forget_question(inquiry)
        partner, subject = inquiry.partner_id, inquiry.subject
        at = format_moment(inquiry.created_at)
        gone = [
            bureau_keys.inquiry(inquiry.id),
            bureau_keys.document_inquiry(partner, inquiry.document.value, at, inquiry.id),
        ]
        if subject.id is not None:
            gone.append(bureau_keys.subject_inquiry(partner, subject.kind, subject.id, at, inquiry.id))
        self._table.transact([Delete(each) for each in gone])

    def find_reports(self, inquiry_ids: Sequence[str]) -> Mapping[str, bytes]:
        """The packed reports that are kept, by inquiry: one round trip."""
        wanted = {bureau_keys.inquiry_report(each): each for each in inquiry_ids}
        return {wanted[key]: item["report"] for key, item in self._table.get_many(wanted).items()}

    def list_due(self, before: datetime) -> Iterator[str]:
        """Ids of inquiries with something still to be done that are due at or before a moment, oldest first."""
        partitions, due = (
            keys.open_partitions(bureau_keys.OPEN_INQUIRIES),
            bureau_keys.open_inquiry_index(format_moment(before), "~"),
        )
        found = self._table.query_merged(partitions, index=OPEN, at_most=due["open_sk"])
        for item in found:
            yield item["PK"].removeprefix(bureau_keys.inquiry("").pk)

    def list_log(
        self, partner_id: str, *, since: str, until: str, after: str = "", page: int | None = None
    ) -> Iterator[LogEntry]:
        """A partner's inquiries between two ISO moments, newest first, ``page`` a query or as many as one holds;
        ``after`` is the place of an earlier entry.
        """
        # A cursor may be of another period; the table refuses a range that ends before it starts.
        at_most = min(after, until) if after else until
        if at_most < since:
            return
        found = self._table.query(
            bureau_keys.inquiry_log_index(partner_id)["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_least=since,
            at_most=at_most,
            limit=page,
        )
        for item in found:
            yield _to_entry(item["by_owner_sk"])

    def list_of_document(self, partner_id: str, document: Document, *, since: str, limit: int) -> list[str]:
        """Ids of a document's inquiries, newest first: each since an ISO moment, older ones up to ``limit`` in all."""
        recent = bureau_keys.document_inquiry(partner_id, document.value, since, "")
        found = self._table.query(recent.pk, prefix=bureau_keys.ASKED_PREFIX, newest_first=True)
        wanted = takewhile(lambda row: row[0] < limit or row[1]["SK"] >= recent.sk, enumerate(found))
        return [item["inquiry_id"] for _, item in wanted]

    def list_of_subject(
        self, partner_id: str, kind: str, subject_id: str, *, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """(place, id) of a subject's inquiries, newest first."""
        pk = bureau_keys.subject_inquiry(partner_id, kind, subject_id).pk
        found = self._table.query(pk, newest_first=True, at_most=after, limit=limit + 1)
        rows = ((item["SK"], item["inquiry_id"]) for item in found if item["SK"] != after)
        return list(islice(rows, limit))


def _contended() -> Retryable:
    return Retryable("other inquiries keep asking the same question", code=TRANSACTION_CONFLICT)


def _last_key(inquiry: Inquiry) -> keys.Key:
    document, question = inquiry.document.value, question_of(inquiry)
    return bureau_keys.last_inquiry(inquiry.partner_id, document, inquiry.integration_id, inquiry.report, question)


def _last_item(last: LastInquiry) -> Item:
    return {
        "entity": "last_inquiry",
        "schema": _SCHEMA,
        "version": last.version,
        "inquiry_id": last.inquiry_id,
        "created_at": last.created_at,
        "status": last.status.value,
        "features": list(last.features),
        "answers": [asdict(answer) for answer in last.answers],
    }


def _to_last(item: Item) -> LastInquiry:
    return LastInquiry(
        item["inquiry_id"],
        read_moment(item["created_at"]),
        InquiryStatus(item["status"]),
        tuple(item["features"]),
        item["version"],
        tuple(
            StoredAnswer(answer["inquiry_id"], read_moment(answer["created_at"]), tuple(answer["features"]))
            for answer in item["answers"]
        ),
    )


def _place(inquiry: Inquiry) -> str:
    parts = (
        format_moment(inquiry.created_at),
        inquiry.id,
        inquiry.integration_id,
        quote(inquiry.report, safe=""),
        inquiry.branch_id,
        digest_requester(inquiry.requested_by),
        _STORED if inquiry.source_id else inquiry.status.value,
        int(inquiry.outcome.billed),
        inquiry.outcome.cost,
        inquiry.store_id or "",
        inquiry.panel.value,
    )
    return "#".join(map(str, parts))


def _to_entry(place: str) -> LogEntry:
    created_at, name, integration, report, branch, requester, status, billed, cost, store, panel = place.split("#")
    return LogEntry(
        id=name,
        created_at=read_moment(created_at),
        integration_id=int(integration),
        report=unquote(report),
        branch_id=int(branch),
        requester=requester,
        status=InquiryStatus.DONE if status == _STORED else InquiryStatus(status),
        stored=status == _STORED,
        billed=billed == "1",
        cost=int(cost),
        store_id=int(store) if store else None,
        panel=Panel(panel),
        place=f"{created_at}#{name}",
    )


def _inquiry_item(inquiry: Inquiry) -> Item:
    item = {name: getattr(inquiry, name) for name in Inquiry.__dataclass_fields__}
    item |= {
        "document": inquiry.document.value,
        "billed_cnpj": inquiry.billed_cnpj.value,
        "subject": {"kind": inquiry.subject.kind.value, "id": inquiry.subject.id},
        "parameters": dict(inquiry.parameters),
        "outcome": asdict(inquiry.outcome),
        **bureau_keys.inquiry_log_index(inquiry.partner_id, _place(inquiry)),
    }
    if inquiry.is_pending:
        item |= bureau_keys.open_inquiry_index(format_moment(due_moment(inquiry)), inquiry.id)
    return {"entity": "inquiry", "schema": _SCHEMA, "version": 1, **item}


def _to_inquiry(item: Item) -> Inquiry:
    known = {name: value for name, value in item.items() if name not in _HIDDEN}
    moments = ("created_at", "lease_until", "ended_at")
    known |= {name: read_moment(item[name]) for name in moments if name in item}
    return Inquiry(
        **{
            **known,
            "status": InquiryStatus(item["status"]),
            "document": parse_document(item["document"]),
            "billed_cnpj": Cnpj(item["billed_cnpj"]),
            "subject": Subject(SubjectKind(item["subject"]["kind"]), item["subject"]["id"]),
            "purpose": Purpose(item["purpose"]),
            "panel": Panel(item["panel"]),
            "environment": Environment(item["environment"]),
            "features": tuple(item["features"]),
            "parts": tuple(item.get("parts", ())),
            "stored_features": tuple(item.get("stored_features", ())),
            "outcome": Outcome(**item["outcome"]),
        }
    )
