"""Credits put into the table as far along as a test needs them."""

from __future__ import annotations

from typing import Any

from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Credit, Process, Step, StepName, begin_credit, begin_process
from lastro.origination.processes.statuses import CreditStatus, ProcessStatus
from lastro.origination.processes.steps import owe
from lastro.origination.processes.store import OriginationStore
from tests.domain.origination.credit_samples import AT, CSN, NOW, PROCESS, sample_credit

BANK = {"bank": "001", "agency": "0001", "account": "5647891", "type": "CONTA_CORRENTE_INDIVIDUAL"}


def put_credit(
    store: OriginationStore, partner_id: str, status: CreditStatus, steps: tuple[StepName, ...] = (), **changes: Any
) -> tuple[Credit, list[Step]]:
    """A process with one credit in ``status`` and open steps of these names."""
    process = Process(
        id=PROCESS,
        partner_id=partner_id,
        cpf="52998224725",
        name="Ana Exemplo",
        status=ProcessStatus.PROPOSAL_CREATED,
        version=1,
        created_at=AT,
        updated_at=AT,
        signup={},
        credits=(CSN,),
    )
    fields: dict[str, Any] = {
        "partner_id": partner_id,
        "borrower": {"signup": {}, "proposal": {"bank": BANK}},
        "has_contracts": True,
    }
    credit = sample_credit(status, **{**fields, **changes})
    owed = [owe(credit, name, NOW) for name in steps]
    assert store.commit(
        Change(
            processes=[(process, begin_process(process, "test"))],
            credits=[(credit, begin_credit(credit, "test"))],
            steps=owed,
        )
    )
    return credit, owed
