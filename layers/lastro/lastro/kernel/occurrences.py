"""What happened in a feature, told in the transaction of what happened: surveys are sent on it. Pure.

A store puts what its context tells among its own writes (``aws/dynamodb/occurrences.py``); ``lastro/surveys`` works
what was told. Neither knows the other. A new feature is one row of ``FEATURES`` and one write where it happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass


class Feature(StrEnum):
    """A part of what partners do that a survey may follow."""

    RESERVATION = "reservation"
    PROPOSAL = "credit_proposal"
    REGISTRATION_UPDATE = "registration_update"
    SALE = "sale"
    ASSIGNMENT = "assignment"
    PRE_REGISTRATION = "pre_registration"
    TICKET = "ticket"


class Teller(StrEnum):
    """Who tells that a feature's event occurred: this system, in its transaction, or the partner, by a call."""

    SYSTEM = "system"
    PARTNER = "partner"


FEATURES: Mapping[Feature, Teller] = {
    Feature.RESERVATION: Teller.SYSTEM,
    Feature.PROPOSAL: Teller.SYSTEM,
    Feature.REGISTRATION_UPDATE: Teller.SYSTEM,
    Feature.SALE: Teller.SYSTEM,
    Feature.ASSIGNMENT: Teller.SYSTEM,
    Feature.PRE_REGISTRATION: Teller.PARTNER,
    Feature.TICKET: Teller.PARTNER,
}
"""Every feature, and who tells of it."""


@dataclass(frozen=True)
class Occurrence:
    """One event of a feature at a partner.

    ``id`` is what it made, ``None`` where that has no id of its own; ``service_id`` what it belongs to. ``happening``
    tells events of the same thing apart. Whom it is about is a customer by number, a person of the portal by UUID, or
    the bare CPF of somebody who may be a customer.
    """

    partner_id: str
    feature: Feature
    id: str | None
    service_id: str
    at: datetime
    customer_id: int | None = None
    person_id: str | None = None
    document: str | None = None
    happening: str = ""

    @property
    def name(self) -> str:
        """A name of this event among all of its partner's: told twice, it is the same."""
        parts = (self.feature.value, self.service_id, self.id or "", self.happening)
        return "#".join(f"{len(part)}:{part}" for part in parts)

    @property
    def protocol(self) -> str:
        """The id of what caused it, else that of the service: never empty."""
        return self.id or self.service_id
