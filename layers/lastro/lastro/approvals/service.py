"""What other contexts ask of approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: ReservationStore) -> PersonalData:
    """What reservations keep of people, as ``lastro/retention`` works it."""
    from lastro.approvals.retention import ReservationData

    return ReservationData(store)
