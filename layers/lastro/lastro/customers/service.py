"""What other contexts ask of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: CustomerStore, portal: PortalStore, clock: Clock) -> PersonalData:
    """What customers keep of people, as ``lastro/retention`` works it."""
    from lastro.customers.retention import CustomerData

    return CustomerData(store, portal, clock)


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """Who a partner's customers are."""

    store: CustomerStore

    def find_document(self, partner_id: str, customer_id: int) -> str | None:
        """The bare CPF or CNPJ of one of the partner's customers, read consistently; ``None`` for no such number."""
        found = self.store.find(partner_id, customer_id)
        return found.document.value if found else None
