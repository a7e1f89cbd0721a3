"""What is kept of people in proposals, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lastro.financing.bank_work.due import due_at
from lastro.financing.documents.adding import folder_name
from lastro.financing.proposals.model import Proposal
from lastro.financing.proposals.rendering import render_proposal
from lastro.financing.records.views import show_activity
from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import ERASING, Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.financing.records.store import ProposalStore

PROPOSAL = Kind(
    "proposal",
    "Propostas de financiamento enviadas a bancos",
    least=60,
    most=120,
    basis="CDC (Lei 8.078/1990) art. 27: a pretensão do consumidor prescreve em cinco anos",
)
_MOST_ACTIVITIES = 1_000


@dataclass(frozen=True)
class ProposalData:
    """The proposals of a person (``PersonalData``)."""

    store: ProposalStore
    cabinet: Files
    records: Sequence[str] = ("proposal",)
    kinds: Sequence[Kind] = field(default=(PROPOSAL,))

    def look(self, record: Record) -> Standing | None:
        """Counts from the last change; one that a bank still works on is in use."""
        found = self._find(record)
        if found is None:
            return None
        return Standing(self.kinds[0], None if due_at(found) else local_date(found.updated_at))

    def export(self, record: Record) -> Exported | None:
        """The proposal as it is read, with everything that was done to it."""
        found = self.store.find(record.partner_id, int(record.id))
        if found is None:
            return ERASING if self._find(record) else None
        acts = self.store.list_activities(found.partner_id, found.id, _MOST_ACTIVITIES)
        shown = render_proposal(found, self.store.find_store_name(found.store_id))
        return Exported(
            {
                **shown,
                "activities": [show_activity(each).model_dump(mode="json") for each in acts],
            },
            tuple(self.cabinet.list_names(folder_name(found.partner_id, found.id))),
        )

    def trim(self, record: Record) -> None:
        """All of a proposal proves what was asked of whom: nothing of it goes before its term."""

    def end(self, record: Record) -> bool:
        """Remove the proposal with everything under it: nothing of one that somebody is writing."""
        found = self._find(record)
        if found is None:
            return True
        begun = self.store.begin_erasure(found)
        if begun is None:
            return False
        # The files first: what a crash leaves is found again by the row.
        self.cabinet.mark_erasable(folder_name(begun.partner_id, begun.id))
        return self.store.erase(begun)

    def _find(self, record: Record) -> Proposal | None:
        return self.store.find_kept(record.partner_id, int(record.id))
