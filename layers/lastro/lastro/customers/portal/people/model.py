"""Who may enter the customers' portal. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from lastro.customers.portal.registration.model import NOTHING_CONFIRMED, Registration, Standing
from lastro.kernel.dataclass import dataclass

MOST_DEVELOPMENTS = 50
MOST_UNITS = 50


class PersonKind(StrEnum):
    """What somebody is to the partner."""

    CUSTOMER = "customer"
    PROSPECT = "prospect"
    BUILDING_MANAGER = "building_manager"
    OTHER = "other"


@dataclass(frozen=True)
class Unit:
    """A unit of a development, by the partner's names."""

    development: str
    name: str


@dataclass(frozen=True)
class Person:
    """One access to a partner's portal. Codes go to ``login_email`` and ``login_mobile``, which the person itself
    cannot change: whoever has its session does not take its access over. ``developments`` are those in whose queue it
    has a unit, ``units`` the units themselves, as far as they are known. ``customer_id``
    is the number of the customer that the person is, if it is one. ``version`` counts its changes.
    """

    id: str
    partner_id: str
    kind: PersonKind
    registration: Registration
    login_email: str | None
    login_mobile: str | None
    developments: tuple[str, ...]
    created_at: datetime
    ended_at: datetime | None = None
    standing: Standing = NOTHING_CONFIRMED
    version: int = 1
    units: tuple[Unit, ...] = ()
    customer_id: int | None = None

    @property
    def logins(self) -> tuple[str, ...]:
        """Addresses that codes are sent to."""
        return tuple(address for address in (self.login_email, self.login_mobile) if address)
