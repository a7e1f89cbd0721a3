"""What is kept of customers, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.customers.people.model import Customer
from lastro.kernel.calendar import local_date
from lastro.kernel.retention import Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore

CUSTOMER = Kind(
    "customer",
    "Cadastro de cliente",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 15, I e 16: terminada a finalidade, os dados são eliminados",
)


@dataclass(frozen=True, slots=True)
class CustomerData:
    """The customer that a person is (``PersonalData``)."""

    store: CustomerStore
    records: Sequence[str] = ("customer",)
    kinds: Sequence[Kind] = field(default=(CUSTOMER,))

    def look(self, record: Record) -> Standing | None:
        """Counts from the last change."""
        found = self._find(record)
        return Standing(self.kinds[0], local_date(datetime.fromisoformat(found.updated_at))) if found else None

    def export(self, record: Record) -> Exported | None:
        """The customer as it is kept."""
        found = self._find(record)
        if found is None:
            return None
        own = {"id": found.id, "name": found.name, "created_at": found.created_at, "updated_at": found.updated_at}
        standing = found.standing
        classification = {
            "class_id": standing.found.class_id if standing.found else None,
            "class_override": asdict(standing.override) if standing.override else None,
            "changes": self.store.list_class_changes(found),
        }
        return Exported({**own, "document": found.document.value, **found.data, "classification": classification})

    def trim(self, record: Record) -> None:
        """Nothing of a customer has to stay, so nothing is left to trim."""

    def end(self, record: Record) -> bool:
        """Remove the customer with everything under it."""
        found = self._find(record)
        return found is None or self.store.erase(found)

    def _find(self, record: Record) -> Customer | None:
        return self.store.find(record.partner_id, int(record.id))
