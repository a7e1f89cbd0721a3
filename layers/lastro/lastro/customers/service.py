"""What other contexts ask of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.kernel.retention import PersonalData


def keep_personal_data(store: CustomerStore) -> PersonalData:
    """What customers keep of people, as ``lastro/retention`` works it."""
    from lastro.customers.retention import CustomerData

    return CustomerData(store)
