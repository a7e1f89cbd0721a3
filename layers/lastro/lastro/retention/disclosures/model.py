"""Personal data that stands masked on a screen until somebody asks for it, which is recorded (LGPD art. 37). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

KEPT = timedelta(days=5 * 365)
"""How long a record stays: the term within which a data subject may claim damages (Código de Defesa do Consumidor,
art. 27)."""


class SubjectKind(StrEnum):
    """What the field belongs to."""

    LEAD = "lead"
    PROPOSAL = "proposal"
    CUSTOMER = "customer"
    DEBTOR = "debtor"
    INQUIRY = "bureau_inquiry"


FIELDS: Mapping[SubjectKind, tuple[str, ...]] = {
    SubjectKind.LEAD: ("cpf_cnpj", "birthdate", "email", "phone_number", "mother_name"),
    SubjectKind.PROPOSAL: ("cpf",),
    SubjectKind.CUSTOMER: ("document", "birth_date", "emails", "phones", "mother"),
    SubjectKind.DEBTOR: ("document", "birth_date", "email", "mobile_phone"),
    SubjectKind.INQUIRY: ("document", "birth_date", "mother_name", "phones", "addresses"),
}
"""The fields that may be asked for."""

RESOURCES: Mapping[SubjectKind, str] = {
    SubjectKind.LEAD: "/api/v1/banks_api/leads/{cpf_cnpj}",
    SubjectKind.PROPOSAL: "/api/external/v2.1/proposals/{customerServiceNumber}",
    SubjectKind.CUSTOMER: "/api/v1/customers/{customer_id}",
    SubjectKind.DEBTOR: "/api/v1/debtors/{debtor_id}",
    SubjectKind.INQUIRY: "/api/v1/bureau_inquiries/{inquiry_id}",
}
"""The call that shows the whole: who may not make it is shown no field either."""

OF_THE_PARTNER = frozenset({SubjectKind.CUSTOMER, SubjectKind.DEBTOR})
"""Closed to who is bound to stores or a panel, as the calls themselves are."""


@dataclass(frozen=True)
class Disclosure:
    """One look at one field. ``who`` is the person, key or client that asked."""

    id: str
    partner_id: str
    at: datetime
    who: str
    kind: SubjectKind
    subject_id: str
    field: str
