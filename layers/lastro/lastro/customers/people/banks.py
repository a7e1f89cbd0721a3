"""What banks want to know of a customer before a proposal reaches them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lastro.customers.errors import ASKED_BY_BANKS, UNKNOWN_BANK
from lastro.customers.people.model import Customer
from lastro.kernel.banks import BANKS, required_customer_fields
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import FieldError


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
    for name, asking in required_customer_fields(company=isinstance(customer.document, Cnpj)).items():
        codes = [code for code in asking if code in wanted]
        if codes and _lacks(customer.data, name.split(".")):
            gaps.append(ASKED_BY_BANKS.at(f"customer.{name}", banks=", ".join(codes)))
    return gaps


def _lacks(data: Mapping[str, Any], where: Sequence[str]) -> bool:
    found: Any = data
    for name in where:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found is None or found == []
