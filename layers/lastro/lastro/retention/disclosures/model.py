"""Personal data that stands masked on a screen until somebody asks for it, which is recorded (LGPD art. 37). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

KEPT = timedelta(days=5 * 365)
"""How long a record stays: the term within which a data subject may claim damages (Código de Defesa do Consumidor,
art. 27)."""


class DisclosedKind(StrEnum):
    """What the field belongs to."""

    LEAD = "lead"
    PROPOSAL = "proposal"
    CUSTOMER = "customer"
    DEBTOR = "debtor"
    INQUIRY = "bureau_inquiry"


FIELDS: Mapping[DisclosedKind, tuple[str, ...]] = {
    DisclosedKind.LEAD: ("cpf_cnpj", "birthdate", "email", "phone_number", "mother_name"),
    DisclosedKind.PROPOSAL: ("cpf",),
    DisclosedKind.CUSTOMER: ("document", "birth_date", "emails", "phones", "mother"),
    DisclosedKind.DEBTOR: ("document", "birth_date", "email", "mobile_phone"),
    DisclosedKind.INQUIRY: ("document", "birth_date", "mother_name", "phones", "addresses"),
}
"""The fields that may be asked for."""

RESOURCES: Mapping[DisclosedKind, str] = {
    DisclosedKind.LEAD: "/api/v1/banks_api/leads/{cpf_cnpj}",
    DisclosedKind.PROPOSAL: "/api/external/v2.1/proposals/{customerServiceNumber}",
    DisclosedKind.CUSTOMER: "/api/v1/customers/{customer_id}",
    DisclosedKind.DEBTOR: "/api/v1/debtors/{debtor_id}",
    DisclosedKind.INQUIRY: "/api/v1/bureau_inquiries/{inquiry_id}",
}
"""The call that shows the whole: who may not make it is shown no field either."""

OF_THE_PARTNER = frozenset({DisclosedKind.CUSTOMER, DisclosedKind.DEBTOR})
"""Closed to who is bound to stores or a panel, as the calls themselves are."""


@dataclass(frozen=True)
class Disclosure:
    """One look at one field. ``who`` is the person, key or client that asked."""

    id: str
    partner_id: str
    at: datetime
    who: str
    kind: DisclosedKind
    subject_id: str
    field: str
