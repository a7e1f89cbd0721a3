"""Settings of a branch's listings, and what a partner reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from lastro.bureaus.service import PartnerBranches
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.negativations.approvals.requests import FindListingSettings, PutListingSettings
from lastro.negativations.errors import LISTING_BRANCH_NOT_FOUND
from lastro.negativations.fields import View

if TYPE_CHECKING:
    from lastro.negativations.approvals.store import SettingsStore


class ListingSettingsView(View):
    """How the listings of a branch are made."""

    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    approval_required: Annotated[
        bool, Field(description="A second person has to agree before a manual listing is sent", examples=[True])
    ]


class ListingSettingsAnswer(View):
    """Envelope of the settings of one branch."""

    data: ListingSettingsView


@dataclass(frozen=True)
class ListingSettings:
    """Reads and replaces them."""

    store: SettingsStore
    branches: PartnerBranches

    def show(self, request: FindListingSettings, caller: Caller) -> ListingSettingsAnswer:
        """Raises ``NotFound`` for a branch there is not."""
        self._check(request.branch_id, caller)
        return _answer(request.branch_id, self.store.needs_approval(caller.partner_id, request.branch_id))

    def put(self, request: PutListingSettings, caller: Caller) -> ListingSettingsAnswer:
        """The same again writes nothing. Raises ``NotFound`` for a branch there is not."""
        self._check(request.branch_id, caller)
        wanted = request.settings.approval_required
        if wanted != self.store.needs_approval(caller.partner_id, request.branch_id):
            self.store.put(caller.partner_id, request.branch_id, approval=wanted)
        return _answer(request.branch_id, wanted)

    def _check(self, branch_id: int, caller: Caller) -> None:
        if not self.branches.has_branch(caller.partner_id, branch_id):
            raise LISTING_BRANCH_NOT_FOUND()


def _answer(branch_id: int, required: bool) -> ListingSettingsAnswer:
    return ListingSettingsAnswer(data=ListingSettingsView(branch_id=branch_id, approval_required=required))
