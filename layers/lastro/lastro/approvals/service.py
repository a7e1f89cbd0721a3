"""What other contexts ask of approvals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.approvals.assignments.store import AssignmentStore
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.sales.store import SaleStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.retention import PersonalData


def keep_personal_data(
    reservations: ReservationStore, sales: SaleStore, assignments: AssignmentStore, clock: Clock
) -> Sequence[PersonalData]:
    """What reservations, sales and assignments keep of people, as ``lastro/retention`` works it."""
    from lastro.approvals.retention import AssignmentData, ReservationData, SaleData

    return ReservationData(reservations, sales, clock), SaleData(sales, clock), AssignmentData(assignments)
