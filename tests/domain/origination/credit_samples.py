"""A credit with made-up terms, for tests that ask no price."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lastro.origination.processes.model import Credit, Terms
from lastro.origination.processes.statuses import CreditStatus

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
AT = "2026-11-03T12:00:00.000Z"
CSN = "20261103090000000000001"
PROCESS = "8f14e45fceea467fa1b5c3a1d8b0e7c2"
TERMS = Terms(
    net=10_000_00,
    fee=0,
    installments=12,
    monthly_rate="2.5",
    release_date="2026-11-03",
    first_due_date="2026-12-03",
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
        product_type="CAAS",
        cpf="52998224725",
        name="Ana Exemplo",
        status=status,
        version=1,
        created_at=AT,
        updated_at=AT,
        valid_until="2026-12-04T02:59:59.999Z",
        terms=TERMS,
        borrower={},
    )
    return replace(credit, **changes)
