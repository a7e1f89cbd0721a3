"""What is kept of who buys, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lastro.approvals.reservations.model import Reservation
from lastro.approvals.reservations.states import HOLDING
from lastro.approvals.reservations.views import show_reservation
from lastro.kernel.calendar import local_date
from lastro.kernel.retention import Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.approvals.reservations.store import ReservationStore

RESERVATION = Kind(
    "reservation",
    "Reserva de unidade, com o fluxo, a avaliação e as decisões",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 7, V, 15, I e 16: terminada a finalidade, os dados são eliminados",
)


@dataclass(frozen=True, slots=True)
class ReservationData:
    """The reservations of a customer (``PersonalData``)."""

    store: ReservationStore
    records: Sequence[str] = ("reservation",)
    kinds: Sequence[Kind] = field(default=(RESERVATION,))

    def look(self, record: Record) -> Standing | None:
        """In use while it holds a unit; then it counts from its last change."""
        found = self._find(record)
        if found is None:
            return None
        return Standing(self.kinds[0], None if found.state in HOLDING else local_date(found.updated_at))

    def export(self, record: Record) -> Exported | None:
        """The reservation as it is read."""
        found = self._find(record)
        return Exported(show_reservation(found).reservation.model_dump(mode="json")) if found else None

    def trim(self, record: Record) -> None:
        """Nothing of a reservation has to stay, so nothing is left to trim."""

    def end(self, record: Record) -> bool:
        """Remove the reservation."""
        found = self._find(record)
        return found is None or self.store.erase(record, found)

    def _find(self, record: Record) -> Reservation | None:
        return self.store.find(record.partner_id, int(record.id))
