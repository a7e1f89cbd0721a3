"""What is kept of who buys, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from lastro.approvals.assignments.model import Assignment, AssignmentState
from lastro.approvals.assignments.views import show_assignment
from lastro.approvals.reservations.model import Reservation
from lastro.approvals.reservations.states import HOLDING, State
from lastro.approvals.reservations.views import show_reservation
from lastro.approvals.sales.model import Sale, last_due
from lastro.approvals.sales.views import show_sale
from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.approvals.assignments.store import AssignmentStore
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.sales.store import SaleStore

_RIGHTS = (
    "Lei 9.613/1998, arts. 9º, parágrafo único, X, e 10, III e § 2º: cinco anos, no mínimo, da conclusão da transação"
    " imobiliária; até dez para o exercício de direitos (Código Civil, art. 205; LGPD arts. 7, VI, 15, I e 16)"
)
SALE = Kind("sale", "Venda de unidade a quem a tem, com o fluxo de pagamento", least=60, most=120, basis=_RIGHTS)
ASSIGNMENT = Kind("assignment", "Cessão de venda aprovada, de quem cede e de quem recebe", 60, 120, _RIGHTS)
REFUSED_ASSIGNMENT = Kind(
    "refused_assignment",
    "Cessão de venda recusada, de quem cederia e de quem receberia",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 7, V, 15, I e 16: terminada a finalidade, os dados são eliminados",
)
RESERVATION = Kind(
    "reservation",
    "Reserva de unidade, com o fluxo, a avaliação e as decisões",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 7, V, 15, I e 16: terminada a finalidade, os dados são eliminados",
)


@dataclass(frozen=True)
class ReservationData:
    """The reservations of a customer (``PersonalData``)."""

    store: ReservationStore
    sales: SaleStore
    clock: Clock
    records: Sequence[str] = ("reservation",)
    kinds: Sequence[Kind] = field(default=(RESERVATION,))

    def look(self, record: Record) -> Standing | None:
        """In use while it holds a unit; then it counts from its last change, or as the sale does that it became."""
        found = self._find(record)
        if found is None:
            return None
        if found.state is State.SOLD:
            number = self.sales.find_of_reservation(record.partner_id, found.id)
            sale = self.sales.find(record.partner_id, number) if number is not None else None
            if sale is not None:
                return Standing(self.kinds[0], _began(sale, local_date(self.clock.now())))
        elif found.state in HOLDING:
            return Standing(self.kinds[0], None)
        return Standing(self.kinds[0], local_date(found.updated_at))

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


@dataclass(frozen=True)
class SaleData:
    """What sales say of each customer that holds them (``PersonalData``)."""

    store: SaleStore
    clock: Clock
    records: Sequence[str] = ("sale",)
    kinds: Sequence[Kind] = field(default=(SALE,))

    def look(self, record: Record) -> Standing | None:
        """In use until its last payment was due and while an assignment waits; then it counts from that day, or from
        its last change if that came later. What was assigned to another is not there any more.
        """
        found = self._find(record)
        return Standing(self.kinds[0], _began(found[0], local_date(self.clock.now()))) if found else None

    def export(self, record: Record) -> Exported | None:
        """The sale as it is read: of the others who hold it, their numbers."""
        found = self._find(record)
        return Exported(show_sale(found[0]).sale.model_dump(mode="json")) if found else None

    def trim(self, record: Record) -> None:
        """The law wants the whole sale kept."""

    def end(self, record: Record) -> bool:
        """Remove the customer from the sale, and the sale once nobody holds it."""
        found = self._find(record)
        if found is None:
            return True
        sale, customer_id = found
        return sale.open_assignment is None and self.store.erase(record, sale, customer_id)

    def _find(self, record: Record) -> tuple[Sale, int] | None:
        number, customer_id = map(int, record.id.split("-"))
        sale = self.store.find(record.partner_id, number)
        return (sale, customer_id) if sale and customer_id in sale.customer_ids else None


@dataclass(frozen=True)
class AssignmentData:
    """What assignments say of each of their parties (``PersonalData``)."""

    store: AssignmentStore
    records: Sequence[str] = ("assignment",)
    kinds: Sequence[Kind] = field(default=(ASSIGNMENT, REFUSED_ASSIGNMENT))

    def look(self, record: Record) -> Standing | None:
        """In use while it waits for a decision; then it counts from that."""
        found = self._find(record)
        if found is None:
            return None
        assignment, _ = found
        approved, refused = self.kinds
        decided = None
        if assignment.state is not AssignmentState.AWAITING_DECISION:
            decided = local_date(assignment.updated_at)
        return Standing(refused if assignment.state is AssignmentState.REFUSED else approved, decided)

    def export(self, record: Record) -> Exported | None:
        """The assignment as it is read: of the other party, its number."""
        found = self._find(record)
        return Exported(show_assignment(found[0]).assignment.model_dump(mode="json")) if found else None

    def trim(self, record: Record) -> None:
        """Of one that was approved the law wants all kept, of another nothing."""

    def end(self, record: Record) -> bool:
        """Remove the party from the assignment, and the assignment once it says nothing of the other either."""
        found = self._find(record)
        if found is None:
            return True
        assignment, customer_id = found
        decided = assignment.state is not AssignmentState.AWAITING_DECISION
        return decided and self.store.erase(record, assignment, customer_id)

    def _find(self, record: Record) -> tuple[Assignment, int] | None:
        number, customer_id = map(int, record.id.split("-"))
        found = self.store.find(record.partner_id, number)
        named = found is not None and customer_id in (found.from_customer_id, found.to_customer_id)
        return (found, customer_id) if found and named else None


def _began(sale: Sale, today: date) -> date | None:
    """The day from which the term of a sale counts; ``None`` while it is in use."""
    due = last_due(sale)
    return None if sale.open_assignment is not None or today <= due else max(due, local_date(sale.updated_at))
