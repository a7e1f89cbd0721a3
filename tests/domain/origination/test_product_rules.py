"""What a product that makes contracts must say, and the limits that the law sets to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lastro.finance.iof import BorrowerClass
from lastro.kernel.errors import BusinessRefusal
from lastro.origination.processes.model import AskedCredit
from lastro.origination.products.model import LatePayment
from lastro.origination.products.words import ProductType
from tests.domain.origination.contracts.contract_samples import sample_product


def rules(**changes: Any) -> dict[str, str]:
    product = sample_product()
    issuer = {name: value for name, value in changes.items() if hasattr(product.issuer, name)}
    others = {name: value for name, value in changes.items() if name not in issuer}
    made = replace(product, issuer=replace(product.issuer, **issuer), **others)
    return {fault.field: fault.rule for fault in made.faults()}


def test_a_complete_product_has_no_faults() -> None:
    assert rules() == {}
    assert rules(email="", site="https://example.com") == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"address": ""}, {"issuer.address": "missing"}),
        ({"ombudsman": ""}, {"issuer.ombudsman": "missing"}),
        ({"email": "", "site": ""}, {"issuer.email": "missing"}),
        ({"late_payment": LatePayment(Decimal("2.01"), Decimal(1))}, {"late_payment.fine": "above_legal_limit"}),
        (
            {"late_payment": LatePayment(Decimal(2), Decimal("1.000001"))},
            {"late_payment.interest": "above_legal_limit"},
        ),
    ],
)
def test_what_is_missing_or_unlawful_is_named(changes: dict[str, Any], found: dict[str, str]) -> None:
    assert rules(**changes) == found


@pytest.mark.parametrize("changes", [{"active": False}, {"type": ProductType.LOAN}])
def test_what_makes_no_contracts_has_no_faults(changes: dict[str, Any]) -> None:
    assert rules(address="", ombudsman="", email="", late_payment=LatePayment(Decimal(9), Decimal(9)), **changes) == {}


def test_nothing_is_lent_by_an_incomplete_product() -> None:
    product = sample_product()
    asked = AskedCredit(1_000_00, 0, 12, "2.5", date(2026, 3, 3), date(2026, 4, 3))
    with pytest.raises(BusinessRefusal) as refused:
        replace(product, issuer=replace(product.issuer, email="")).check(asked, BorrowerClass.NATURAL_PERSON)
    assert refused.value.code == "product_incomplete"
    assert "e-mail" in refused.value.detail
