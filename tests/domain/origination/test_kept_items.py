"""Items are kept as texts: what was written before days, moments and states had types is read, and written the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.finance.iof_rates import BorrowerClass
from lastro.kernel.callers.caller import StatusSpelling
from lastro.origination.contracts.rows import (
    StoredContract,
    StoredSeal,
    StoredSignature,
    contracts_of,
    newest_seal_of,
    signature_of,
)
from lastro.origination.disbursements.model import payout_fields, to_payout
from lastro.origination.processes.changes import StoredCredit
from lastro.origination.processes.model import StepName
from lastro.origination.processes.rows.items import (
    credit_item,
    history_item,
    process_item,
    step_item,
    to_credit,
    to_history,
    to_process,
    to_step,
)
from lastro.origination.processes.statuses import CreditStatus, ProcessStatus
from lastro.origination.products.words import DocumentType, ProductType
from tests.domain.origination.credit_samples import sample_credit

AT = "2026-11-03T12:00:00.123Z"
MOMENT = datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)
CSN = "20261103090000000000001"
CREDIT_KEY = {"PK": f"CREDIT#{CSN}", "SK": ""}
TERMS: dict[str, Any] = {
    "net": 10_000_00,
    "fee": 0,
    "installments": 2,
    "monthly_rate": "2.5",
    "release_date": "2026-11-03",
    "first_due_date": "2026-12-03",
    "gross": 10_211_92,
    "iof": 211_92,
    "principal": 10_211_92,
    "installment_value": 995_53,
    "total": 11_946_36,
    "cet_annual": "40.03",
    "insurance": 0,
    "borrower_class": "natural_person",
    "offer_id": None,
    "day_count": "calendar_days",
    "amortization": "sac",
    "due_day_rule": "next_business_day",
    "grace": "compound",
    "due_dates": ["2026-12-03", "2027-01-04"],
}
CREDIT: dict[str, Any] = {
    "entity": "credit",
    "schema": 1,
    "csn": CSN,
    "process_id": "p",
    "partner_id": "a",
    "product_id": 1,
    "product_name": "Crédito pessoal",
    "product_type": "CAAS",
    "cpf": "52998224725",
    "name": "Ana Exemplo",
    "status": "AGUARDANDO_DOCUMENTOS",
    "version": 3,
    "created_at": AT,
    "updated_at": AT,
    "valid_until": "2026-12-04T02:59:59.999Z",
    "terms": TERMS,
    "borrower": {"signup": {}, "proposal": {}},
    "required_documents": ["SELF", "IDENTITY_FRONT"],
    "received_documents": ["SELF"],
    "has_contracts": False,
    "reasons": [],
    "logo": None,
    "product_version": 1,
    "by_owner_pk": "PARTNER#a#CREDIT",
    "by_owner_sk": f"{AT}#{CSN}",
    "open_pk": "OPEN_CREDIT",
    "open_sk": f"2026-12-04T02:59:59.999Z#{CSN}",
}


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def test_a_credit() -> None:
    credit = to_credit(CREDIT)
    assert (credit.created_at, credit.product_type) == (MOMENT, ProductType.CAAS)
    assert credit.owed_documents == (DocumentType.IDENTITY_FRONT,)
    assert credit.terms.due_days == (date(2026, 12, 3), date(2027, 1, 4))
    assert credit.terms.borrower_class is BorrowerClass.NATURAL_PERSON
    # What is written again moves to one of the partitions that its kind is spread over since.
    assert kept(credit_item(credit)) == {"store_id": None} | CREDIT | {"open_pk": "OPEN_CREDIT#04"}


def test_a_process() -> None:
    item = {
        "entity": "process",
        "schema": 1,
        "id": "p",
        "partner_id": "a",
        "cpf": "52998224725",
        "name": "Ana Exemplo",
        "status": "SIGNUP_ANALISIS",
        "version": 1,
        "created_at": AT,
        "updated_at": AT,
        "signup": {},
        "credits": [],
        "reasons": [],
        "status_spelling": "clients",
        "by_owner_pk": "PARTNER#a#PROC",
        "by_owner_sk": f"{AT}#p",
    }
    process = to_process(item)
    assert (process.updated_at, process.status_spelling) == (MOMENT, StatusSpelling.CLIENTS)
    assert kept(process_item(process)) == {"store_id": None} | item
    del item["status_spelling"]
    assert to_process(item).status_spelling is StatusSpelling.PAGES


def test_history() -> None:
    item = {
        "entity": "history",
        "schema": 1,
        "version": 2,
        "at": AT,
        "who": "me",
        "event": "pre_approved",
        "why": "",
        "from_status": "PRE_PROCESSAMENTO",
        "to_status": "PRE_APROVADO",
    }
    entry = to_history(item | CREDIT_KEY)
    assert (entry.at, entry.from_status, entry.to_status) == (
        MOMENT,
        CreditStatus.PRE_PROCESSING,
        CreditStatus.PRE_APPROVED,
    )
    assert kept(history_item(entry)) == item
    first = to_history(item | {"PK": "PROC#p", "from_status": None, "to_status": "SIGNUP_ANALISIS"})
    assert (first.from_status, first.to_status) == (None, ProcessStatus.SIGNUP_ANALYSIS)


def test_a_step() -> None:
    item = {
        "entity": "step",
        "schema": 1,
        "version": 1,
        "id": "s",
        "name": "disburse",
        "due_at": AT,
        "payload": {"number": 1},
        "open_pk": "OPEN_STEP",
        "open_sk": f"{AT}#s",
    }
    step = to_step(item | CREDIT_KEY)
    assert (step.name, step.due_at) == (StepName.DISBURSE, MOMENT)
    assert kept(step_item(step)) == item | {"open_pk": "OPEN_STEP#11", "partner_id": "s", "request_id": None}


def test_a_payout() -> None:
    fields = {
        "csn": CSN,
        "number": 1,
        "key": "k",
        "value": 1_00,
        "account": {"method": "PIX", "pix_key": "x", "bank": None, "branch": None, "number": None, "type": None},
        "status": "sent",
        "requested_at": AT,
        "updated_at": AT,
        "reference": None,
        "reason": None,
        "sends": 1,
        "last_sent_at": AT,
    }
    payout = to_payout(fields)
    assert payout.last_sent_at == MOMENT
    assert payout_fields(payout) == fields
    assert to_payout(fields | {"last_sent_at": None}).last_sent_at is None


def test_what_contracts_keep() -> None:
    contract = StoredContract("c", 1, "f", "h", MOMENT, "ccb", 1)
    signature = StoredSignature(("c",), {"ip": "10.0.0.1"}, MOMENT, "me")
    seal = StoredSeal("s", 1, "f", MOMENT, 0)
    rows = [kept({each.name: each.fields}) for each in (contract.row(), signature.row(), seal.row())]
    names = [name for row in rows for name in row]
    texts = [fields[name] for row in rows for fields in row.values() for name in fields if name.endswith("_at")]
    assert texts == [AT] * 3
    stored = StoredCredit(sample_credit(CreditStatus.CONTRACTED), rows={k: v for row in rows for k, v in row.items()})
    assert names == ["CONTRACT#000001", "SIGNATURE", "SEALED#000001"]
    assert (contracts_of(stored), signature_of(stored), newest_seal_of(stored)) == ([contract], signature, seal)
