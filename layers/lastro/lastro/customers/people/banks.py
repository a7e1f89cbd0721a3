"""What banks want to know of a customer before a proposal reaches them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lastro.customers.errors import ASKED_BY_BANKS, UNKNOWN_BANK
from lastro.customers.people.model import Customer
from lastro.kernel.banks import BANKS, required_lead_fields
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import FieldError

_WHERE: Mapping[str, tuple[str, ...]] = {
    "has_cnh": ("has_cnh",),
    "phone_number": ("phones",),
    "birthdate": ("born_at",),
    "email": ("emails",),
    "retrieve_gender": ("genre_id",),
    "monthly_income": ("job_reference", "income_cents"),
    "retrieve_occupation": ("job_reference", "professional_ocupation_id"),
    "address.zip_code": ("address", "zip_code"),
}
"""Where a customer has what banks ask of a lead; document and name every customer has."""


def find_gaps(customer: Customer, bank_codes: Sequence[str]) -> list[FieldError]:
    """Banks that there are not, else every field that one of the banks asks for and the customer lacks."""
    unknown = [
        UNKNOWN_BANK.at(f"bank_validations.bank_codes.{position}")
        for position, code in enumerate(bank_codes)
        if code not in BANKS
    ]
    if unknown:
        return unknown
    wanted = frozenset(bank_codes)
    gaps = []
    for name, asking in required_lead_fields(company=isinstance(customer.document, Cnpj)).items():
        codes = [code for code in asking if code in wanted]
        where = _WHERE.get(name)
        if codes and where is not None and _lacks(customer.data, where):
            gaps.append(ASKED_BY_BANKS.at(".".join(("customer", *where)), banks=", ".join(codes)))
    return gaps


def _lacks(data: Mapping[str, Any], where: Sequence[str]) -> bool:
    found: Any = data
    for name in where:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found is None or found == []
