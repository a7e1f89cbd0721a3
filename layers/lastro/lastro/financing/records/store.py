"""Proposals in the table: one item each with all of its attempts, acts beside it (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key, mark_panel, open_partitions, sequence
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import financing as keys
from lastro.aws.dynamodb.retained import release, retain
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Delete, Put, Table, Update, Write
from lastro.financing.errors import PROPOSAL_NOT_FOUND
from lastro.financing.proposals.model import NUMBERS_PER_PROPOSAL, Proposal
from lastro.financing.records.activities import Activity
from lastro.financing.records.items import (
    ERASING,
    activity_item,
    is_erasing,
    panel_row,
    proposal_item,
    to_activity,
    to_proposal,
)
from lastro.financing.records.offers import Holder, Taking, taken_item
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import Answered
from lastro.kernel.retention import Record
from lastro.webhooks.deliveries.outbox import notice_writes
from lastro.webhooks.service import Notice

PROPOSAL_RECORD = "proposal"
"""What is kept of a person here (``kernel/retention.py``)."""


@dataclass(frozen=True)
class DueProposal:
    """A proposal that somebody has to look at, since ``due_at``."""

    partner_id: str
    id: int
    due_at: datetime


class ProposalStore(FirstAnswers):
    """Proposals of every partner; reads of one are consistent, lists follow within moments."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, sequence("proposal"))
        self._attempt_ids = NumberSequence(table, sequence("proposal_attempt"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def reserve_attempts(self) -> int:
        """The first of the numbers that a proposal's attempts may have."""
        return self._attempt_ids.take(NUMBERS_PER_PROPOSAL)

    def find(self, partner_id: str, proposal_id: int) -> Proposal | None:
        """``None`` for one that there is not, or whose erasure began."""
        item = self._table.get(keys.proposal(partner_id, proposal_id))
        return to_proposal(item) if item and not is_erasing(item) else None

    def find_kept(self, partner_id: str, proposal_id: int) -> Proposal | None:
        """What is there of a proposal, its erasure begun or not."""
        item = self._table.get(keys.proposal(partner_id, proposal_id))
        return to_proposal(item) if item else None

    def find_own(self, proposal_id: int, caller: Caller) -> Proposal:
        """One that the caller sees. Raises ``NotFound``."""
        found = self.find(caller.partner_id, proposal_id)
        if found is None or not found.is_seen_by(caller):
            raise PROPOSAL_NOT_FOUND()
        return found

    def find_holder(self, simulation_id: str, condition_id: int) -> Holder | None:
        """Who took an offer last; it may have no more use of it."""
        item = self._table.get(keys.taken_offer(simulation_id, condition_id))
        return Holder(item["proposal_id"], item["position"]) if item else None

    def find_store_name(self, store_id: int) -> str | None:
        name = self.find_store(store_id).get("name")
        return str(name) if name else None

    def find_store(self, store_id: int) -> Mapping[str, Any]:
        """A store's row: its name, its links to banks by their code, and whether it takes new proposals."""
        return self._table.get(access_keys.store(store_id)) or {}

    def find_version(self, store_id: int, bank: str) -> str | None:
        """Which version of a store's credential at a bank is in force."""
        link = self.find_store(store_id).get("banks", {}).get(bank) or {}
        version = link.get("version")
        return str(version) if version is not None else None

    def put_new(
        self,
        proposal: Proposal,
        activity: Activity,
        notices: Sequence[Notice],
        takings: Sequence[Taking],
        answered: Answered | None,
    ) -> bool:
        """Keep a new proposal with its first act. False when the same request was first, or another took an offer."""
        at = keys.proposal(proposal.partner_id, proposal.id)
        own = panel_row(proposal)
        return self._commit(
            [
                Put(at, proposal_item(proposal), {"PK": ABSENT}),
                *([Put(*own)] if own else ()),
                _act(proposal, activity),
                retain(record_of(proposal), proposal.created_at),
                *(_take(proposal, each) for each in takings),
                *_told(notices),
            ],
            answered,
        )

    def replace(
        self,
        proposal: Proposal,
        activities: Sequence[Activity] = (),
        notices: Sequence[Notice] = (),
        takings: Sequence[Taking] = (),
        answered: Answered | None = None,
    ) -> bool:
        """Put a proposal in the place of the version before it. False when that is no longer there, or another took an
        offer."""
        at = keys.proposal(proposal.partner_id, proposal.id)
        put = Put(at, proposal_item(proposal), {"version": proposal.version - 1})
        taken = [_take(proposal, each) for each in takings]
        return self._commit([put, *(_act(proposal, each) for each in activities), *taken, *_told(notices)], answered)

    def list_page(
        self, store_id: int, before: str, limit: int, panel: Panel | None = None
    ) -> tuple[list[Proposal], str | None]:
        """Up to ``limit`` of a store's proposals, of a panel its own, newest first, before a place, and the place of
        the last if more follow: neither tells of what another panel made."""
        found = self._table.query(
            mark_panel(keys.owner_index(store_id)["by_owner_pk"], panel),
            index=BY_OWNER,
            newest_first=True,
            at_most=before,
            limit=limit + 2,
        )
        entries = list(islice((each for each in found if each["by_owner_sk"] != before), limit + 1))
        head = keys.proposal("", 0).sk
        rows = self._table.read_whole({"PK": each["PK"], "SK": head} for each in entries[:limit])
        proposals = [to_proposal(item) for item in rows if not is_erasing(item)]
        return proposals, entries[limit - 1]["by_owner_sk"] if len(entries) > limit else None

    def list_activities(self, partner_id: str, proposal_id: int, limit: int) -> list[Activity]:
        """The last ``limit`` acts on a proposal, in order."""
        at = keys.proposal(partner_id, proposal_id)
        found = self._table.query(at.pk, prefix=keys.ACTIVITY_PREFIX, newest_first=True, limit=limit)
        return [to_activity(item) for item in islice(found, limit)][::-1]

    def list_due(self, before: datetime) -> Iterator[DueProposal]:
        """Proposals that are due at or before a moment, oldest first."""
        for item in self._table.query_merged(
            open_partitions(keys.OPEN_PROPOSALS), index=OPEN, at_most=f"{format_moment(before)}~"
        ):
            moment, partner_id, number = item["open_sk"].split("#")
            yield DueProposal(partner_id, int(number), read_moment(moment))

    def postpone(self, due: DueProposal, due_at: datetime) -> bool:
        """Make a proposal due later. False when it was changed or postponed meanwhile."""
        seen = keys.open_index(due.partner_id, due.id, format_moment(due.due_at))["open_sk"]
        later = keys.open_index(due.partner_id, due.id, format_moment(due_at))
        return self._commit([Update(keys.proposal(due.partner_id, due.id), assign=later, where={"open_sk": seen})])

    def begin_erasure(self, proposal: Proposal) -> Proposal | None:
        """Make a proposal nobody's to read or write any more; ``None`` when somebody was writing it meanwhile."""
        begun = replace(proposal, version=proposal.version + 1)
        assign = {"version": begun.version, ERASING: True}
        at = keys.proposal(proposal.partner_id, proposal.id)
        return begun if self._commit([Update(at, assign, where={"version": proposal.version})]) else None

    def erase(self, begun: Proposal) -> bool:
        """Remove a proposal whose erasure began with its acts, the record last: what a crash leaves is found again.
        False when another erasure took it over.
        """
        head = keys.proposal(begun.partner_id, begun.id)
        rows = [Key(item["PK"], item["SK"]) for item in self._table.query(head.pk, only=("PK", "SK"))]
        self._table.delete_many(key for key in rows if key != head)
        return self._commit([Delete(head, {"version": begun.version}), release(record_of(begun))])


def record_of(proposal: Proposal) -> Record:
    return Record(proposal.partner_id, proposal.document, PROPOSAL_RECORD, str(proposal.id))


def _act(proposal: Proposal, activity: Activity) -> Put:
    at = keys.activity(proposal.partner_id, proposal.id, activity.number)
    return Put(at, activity_item(activity), {"PK": ABSENT})


def _take(proposal: Proposal, taking: Taking) -> Put:
    attempt, before = taking.attempt, taking.before
    seen = {"proposal_id": before.proposal_id, "position": before.position} if before else {"PK": ABSENT}
    at = keys.taken_offer(attempt.simulation_id, attempt.condition_id)
    return Put(at, taken_item(proposal.id, attempt), seen)


def _told(notices: Sequence[Notice]) -> list[Write]:
    return [write for notice in notices for write in notice_writes(notice)]
