"""A credit with made-up terms, for tests that ask no price."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lastro.kernel.calendar import end_of_day
from lastro.origination.processes.model import Credit, Terms
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.products.words import ProductType

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
AT = NOW
CSN = "20261103090000000000001"
PROCESS = "8f14e45fceea467fa1b5c3a1d8b0e7c2"
TERMS = Terms(
    net=10_000_00,
    fee=0,
    installments=12,
    monthly_rate="2.5",
    release_date=date(2026, 11, 3),
    first_due_date=date(2026, 12, 3),
    gross=10_211_92,
    iof=211_92,
    principal=10_211_92,
    installment_value=995_53,
    total=11_946_36,
    cet_annual="40.03",
)


def sample_credit(status: CreditStatus, **changes: Any) -> Credit:
    """A credit of version 1 in ``status``, all of it made at ``AT``, with some of its fields changed."""
    credit = Credit(
        csn=CSN,
        process_id=PROCESS,
        partner_id="partner",
        product_id=1,
        product_name="Crédito pessoal",
        product_type=ProductType.CAAS,
        cpf="52998224725",
        name="Ana Exemplo",
        status=status,
        version=1,
        created_at=AT,
        updated_at=AT,
        valid_until=end_of_day(date(2026, 12, 3)),
        terms=TERMS,
        borrower={},
    )
    return replace(credit, **changes)
