"""Credits put into the table as far along as a test needs them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lastro.calendar import format_moment
from lastro.origination.book import Change
from lastro.origination.model import (
    Credit,
    Process,
    Step,
    StepName,
    Terms,
    begin_credit,
    begin_process,
)
from lastro.origination.statuses import CreditStatus, ProcessStatus
from lastro.origination.steps import owe
from lastro.origination.store import OriginationStore

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
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
BANK = {"bank": "001", "agency": "0001", "account": "5647891", "type": "CONTA_CORRENTE_INDIVIDUAL"}


def put_credit(
    book: OriginationStore, partner_id: str, status: CreditStatus, steps: tuple[StepName, ...] = (), **changes: Any
) -> tuple[Credit, list[Step]]:
    """A process with one credit in ``status`` and open steps of these names."""
    moment = format_moment(NOW)
    process = Process(
        id=PROCESS,
        partner_id=partner_id,
        cpf="52998224725",
        name="Ana Exemplo",
        status=ProcessStatus.PROPOSAL_CREATED,
        version=1,
        created_at=moment,
        updated_at=moment,
        signup={},
        credits=(CSN,),
    )
    fields: dict[str, Any] = {
        "csn": CSN,
        "process_id": PROCESS,
        "partner_id": partner_id,
        "product_id": 1,
        "product_name": "Crédito pessoal",
        "product_type": "CAAS",
        "cpf": "52998224725",
        "name": "Ana Exemplo",
        "status": status,
        "version": 1,
        "created_at": moment,
        "updated_at": moment,
        "valid_until": "2026-12-03T12:00:00.000Z",
        "terms": TERMS,
        "borrower": {"signup": {}, "proposal": {"bank": BANK}},
        "has_contracts": True,
    }
    credit = Credit(**{**fields, **changes})
    owed = [owe(credit.owner, name, NOW) for name in steps]
    assert book.commit(
        Change(
            processes=[(process, begin_process(process, "test"))],
            credits=[(credit, begin_credit(credit, "test"))],
            steps=owed,
        )
    )
    return credit, owed
