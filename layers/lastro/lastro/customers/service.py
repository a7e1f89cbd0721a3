"""What other contexts ask of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: CustomerStore) -> PersonalData:
    """What customers keep of people, as ``lastro/retention`` works it."""
    from lastro.customers.retention import CustomerData

    return CustomerData(store)


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """Whether a partner has a customer."""

    store: CustomerStore

    def has(self, partner_id: str, customer_id: int) -> bool:
        """Whether a number is one of the partner's own customers, read consistently."""
        return self.store.find(partner_id, customer_id) is not None
