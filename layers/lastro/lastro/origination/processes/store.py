"""The store of processes and credits over the one table (keys in ``aws/dynamodb/keys``, items in ``items.py``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.occurrences import tell
from lastro.aws.dynamodb.retained import retain
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update, Write
from lastro.kernel.calendar import format_moment
from lastro.kernel.observing.figures import note
from lastro.kernel.retention import Record
from lastro.origination.processes import changes
from lastro.origination.processes.changes import (
    PAYOUT,
    Change,
    CreditFilter,
    CreditPage,
    Registration,
    RowPut,
    StoredCredit,
    StoredProcess,
)
from lastro.origination.processes.model import Credit, HistoryEntry, Process, Step, StepName
from lastro.origination.processes.rows.facets import SHARDS, counter_writes, facet_writes, list_of, matches
from lastro.origination.processes.rows.items import (
    PROCESS_RECORD,
    credit_item,
    entity,
    history_item,
    owner_key,
    process_item,
    step_item,
    step_key,
    to_credit,
    to_history,
    to_process,
    to_step,
)
from lastro.origination.proposals.relationships import Relationship


class OriginationStore(FirstAnswers):
    """Processes and credits; every read that decides is consistent, lists and due steps come from indexes."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._numbers = NumberSequence(table, keys.sequence("credit"))

    def reserve_numbers(self, count: int) -> int:
        """Take ``count`` consecutive numbers for customer service numbers; returns the first."""
        return self._numbers.take(count)

    # reading ----------------------------------------------------------------------------------------------------

    def find_process(self, process_id: str) -> StoredProcess | None:
        """A process with everything under it, one query."""
        parts = _Parts(self._table.query(origination_keys.process(process_id).pk))
        if parts.head is None:
            return None
        return StoredProcess(to_process(parts.head), tuple(parts.history), tuple(parts.steps), parts.rows)

    def find_credit(self, csn: str) -> StoredCredit | None:
        """A credit with everything under it, one query."""
        parts = _Parts(self._table.query(origination_keys.credit(csn).pk))
        if parts.head is None:
            return None
        return StoredCredit(to_credit(parts.head), tuple(parts.history), tuple(parts.steps), parts.rows)

    def find_credits(self, csns: Sequence[str]) -> list[Credit]:
        """Credits that exist among ``csns``, in that order, without what is under them."""
        wanted = [origination_keys.credit(csn) for csn in csns]
        found = self._table.get_many(wanted)
        return [to_credit(found[key]) for key in wanted if key in found]

    def find_registration(self, place: str, cpf: str) -> str | None:
        """Id of the process that holds a CPF at a partner, or at one of its stores."""
        item = self._table.get(origination_keys.registration(place, cpf))
        return item["process_id"] if item else None

    def find_relationship(self, partner_id: str, creditor: str, cpf: str) -> Relationship:
        """The credits of a person with a creditor at a partner."""
        item = self._table.get(origination_keys.relationship(partner_id, creditor, cpf))
        if item is None:
            return Relationship(partner_id, creditor, cpf)
        return Relationship(partner_id, creditor, cpf, tuple(item["csns"]), item["version"])

    # changing ---------------------------------------------------------------------------------------------------

    def commit(self, change: Change, beside: Sequence[Write] = ()) -> bool:
        """Do all of a change with the writes beside it, or nothing. False when somebody was first: read again and
        decide again.

        Raises ``Retryable`` ``transaction_conflict`` when others kept writing the same items all along.
        """
        committed = self._commit([*_writes(change), *beside], change.answered)
        if committed:
            for process, _ in change.processes:
                note("ProcessesMoved", 1, status=process.status.value)
            for credit, _ in change.credits:
                note("ProposalsMoved", 1, status=credit.status.value)
            for put in change.rows:
                if put.row.name == PAYOUT:
                    note("PayoutsMoved", 1, status=str(put.row.fields["status"]))
        return committed

    # counting calls ---------------------------------------------------------------------------------------------

    def count_call(self, scope: str, window: str, expires: int) -> int:
        """Add one by an atomic addition and return the number after it; ``expires`` (epoch seconds) ends the count."""
        update = Update(keys.call_count(scope, window), assign={"expires": expires}, add={"calls": 1})
        return int(self._table.write(update)["calls"])

    def read_count(self, scope: str, window: str) -> int:
        item = self._table.get(keys.call_count(scope, window))
        return int(item["calls"]) if item else 0

    # lists ------------------------------------------------------------------------------------------------------

    def list_credits(self, wanted: CreditFilter, *, after: str | None, limit: int) -> CreditPage:
        """One page, newest first. At most ``limit`` credits are looked at, whatever the filter leaves of them."""
        oldest = format_moment(wanted.from_moment) or ""
        newest = min(filter(None, (after, format_moment(wanted.to_moment))), default="")
        if newest and newest < oldest:
            return CreditPage((), None)
        found = self._table.query(
            list_of(wanted),
            index=BY_OWNER,
            newest_first=True,
            at_least=oldest,
            at_most=newest,
            limit=limit + 2,
        )
        entries: list[Item] = []
        more = False
        for item in found:
            if item["by_owner_sk"] == after:
                continue
            if len(entries) == limit:
                more = True
                break
            entries.append(item)
        credits = self.find_credits([item["PK"].removeprefix(origination_keys.credit("").pk) for item in entries])
        return CreditPage(
            tuple(credit for credit in credits if matches(credit, wanted)),
            entries[-1]["by_owner_sk"] if more else None,
        )

    def count_by_status(self, place: str) -> dict[str, int]:
        """How many credits of a partner or of a store are in each status; the cost does not grow with their number."""
        shards = self._table.get_many([origination_keys.totals(place, shard) for shard in range(SHARDS)])
        counts: Counter[str] = Counter()
        for item in shards.values():
            counts.update({name: value for name, value in item.items() if name not in ("PK", "SK")})
        return {name: count for name, count in counts.items() if count > 0}

    def list_due_steps(self, before: datetime, names: Collection[StepName] = tuple(StepName)) -> Iterator[Step]:
        """Steps of these names that are due at or before a moment, oldest first, a hundred a round trip."""
        index = origination_keys.step_index(format_moment(before), "~")
        prefixes = tuple(origination_keys.step(Key("", ""), name, "").sk for name in names)
        partitions = keys.open_partitions(origination_keys.OPEN_STEPS)
        found = self._table.query_merged(partitions, index=OPEN, at_most=index["open_sk"])
        wanted = (Key(item["PK"], item["SK"]) for item in found if item["SK"].startswith(prefixes))
        while chunk := list(islice(wanted, 100)):
            steps = self._table.get_many(chunk)
            yield from (to_step(steps[key]) for key in chunk if key in steps)

    def list_lapsed(self, before: datetime) -> Iterator[str]:
        """Customer service numbers of unsigned credits valid until ``before`` or earlier, oldest first."""
        index = origination_keys.unsigned_index(format_moment(before), "~")
        partitions = keys.open_partitions(origination_keys.OPEN_CREDITS)
        for item in self._table.query_merged(partitions, index=OPEN, at_most=index["open_sk"]):
            yield item["PK"].removeprefix(origination_keys.credit("").pk)


class _Parts:
    """The rows of one partition, sorted out."""

    def __init__(self, items: Iterator[Item]) -> None:
        self.head: Item | None = None
        self.history: list[HistoryEntry] = []
        self.steps: list[Step] = []
        self.rows: dict[str, dict[str, Any]] = {}
        for item in items:
            match item["entity"]:
                case "process" | "credit":
                    self.head = item
                case "history":
                    self.history.append(to_history(item))
                case "step":
                    self.steps.append(to_step(item))
                case "row":
                    self.rows[item["SK"]] = item["fields"]


def _writes(change: Change) -> list[Write]:
    writes: list[Write] = []
    for process, entry in change.processes:
        writes += [
            Put(origination_keys.process(process.id), process_item(process), _expected(process)),
            Put(origination_keys.history(origination_keys.process(process.id), entry.version), history_item(entry)),
        ]
        if process.version == 1:
            person = Record(process.partner_id, process.cpf, PROCESS_RECORD, process.id)
            writes.append(retain(person, process.created_at))
    for credit, entry in change.credits:
        writes += [
            Put(origination_keys.credit(credit.csn), credit_item(credit), _expected(credit)),
            Put(origination_keys.history(origination_keys.credit(credit.csn), entry.version), history_item(entry)),
            *facet_writes(credit, entry),
        ]
    writes += counter_writes(change.credits)
    writes += [Put(step_key(step), step_item(step)) for step in change.steps]
    writes += [Put(step_key(step), step_item(step), {"entity": "step"}) for step in change.postponed]
    writes += [Delete(step_key(step), {"entity": "step"}) for step in change.done]
    writes += [_row_write(put) for put in change.rows]
    if change.registration:
        writes.append(_registration_write(change.registration))
    writes += [_relationship_write(relationship) for relationship in change.relationships]
    writes += [tell(occurrence) for occurrence in change.occurrences]
    return writes


def _expected(aggregate: Process | Credit) -> dict[str, Any]:
    return {"PK": ABSENT} if aggregate.version == 1 else {"version": aggregate.version - 1}


def _row_write(put: RowPut) -> Put:
    item = entity("row", {"fields": dict(put.row.fields)})
    where: dict[str, Any] = {}
    if put.where == changes.ABSENT:
        where = {"PK": ABSENT}
    elif isinstance(put.where, Mapping):
        where = {f"fields.{name}": ABSENT if value == changes.ABSENT else value for name, value in put.where.items()}
    return Put(origination_keys.row(owner_key(put.owner), put.row.name), item, where)


def _relationship_write(relationship: Relationship) -> Put:
    item = entity("relationship", {"csns": list(relationship.csns)}, version=relationship.version)
    first = relationship.version == 1
    where: dict[str, Any] = {"PK": ABSENT} if first else {"version": relationship.version - 1}
    return Put(
        origination_keys.relationship(relationship.partner_id, relationship.creditor, relationship.cpf), item, where
    )


def leave_relationship(known: Relationship, gone: Collection[str]) -> Write:
    """The write that takes credits out of a relationship as it was read, and the last ones with it: a contract of
    another process goes on to say that the creditor's fee was charged.
    """
    rest = tuple(csn for csn in known.csns if csn not in gone)
    if rest:
        return _relationship_write(replace(known, csns=rest, version=known.version + 1))
    at = origination_keys.relationship(known.partner_id, known.creditor, known.cpf)
    return Delete(at, {"version": known.version})


def _registration_write(claim: Registration) -> Put:
    item = entity("registration", {"process_id": claim.process_id})
    where: dict[str, Any] = {"process_id": claim.replaces} if claim.replaces else {"PK": ABSENT}
    return Put(origination_keys.registration(claim.place, claim.cpf), item, where)
