"""What other contexts ask of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.financing.records.store import ProposalStore
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: ProposalStore, cabinet: Files) -> PersonalData:
    """What proposals keep of people, as ``lastro/retention`` works it."""
    from lastro.financing.retention import ProposalData

    return ProposalData(store, cabinet)
