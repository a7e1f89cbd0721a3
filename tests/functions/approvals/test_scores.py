"""The score that limits are held against, as the bureaus keep it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from lastro.aws.dynamodb.table import Table
from lastro.bureaus.inquiries.store import InquiryStore
from lastro.bureaus.model import Inquiry, InquiryStatus, Outcome, Purpose, Subject, SubjectKind
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.documents import Cnpj, Cpf
from tests.functions.approvals.conftest import Office

INTEGRATIONS = count(1)
"""One each: what repeats an inquiry is not what this is about."""


def keep_inquiry(
    table: Table,
    partner_id: str,
    score: int | None,
    age: timedelta,
    *,
    kind: SubjectKind = SubjectKind.CLIENT,
    subject: str = "42",
    status: InquiryStatus = InquiryStatus.DONE,
) -> str:
    inquiry = Inquiry(
        id=str(uuid4()),
        partner_id=partner_id,
        created_at=datetime.now(UTC) - age,
        status=status,
        document=Cpf("99999910173"),
        subject=Subject(kind, subject),
        purpose=Purpose.CREDIT_ANALYSIS,
        requested_by="ana.souza",
        panel=Panel.MANAGER,
        shared_key=False,
        branch_id=1,
        billed_cnpj=Cnpj("99MATRIZ000154"),
        store_id=None,
        integration_id=next(INTEGRATIONS),
        provider="serasa",
        environment=Environment.HOMOLOGATION,
        report="RELATORIO_BASICO_PF_PME",
        outcome=Outcome(score=score),
    )
    assert InquiryStore(table).add(inquiry, None, None)
    return inquiry.id


def test_the_newest_answered_inquiry_about_the_customer_of_ninety_days_counts(office: Office, table: Table) -> None:
    office.authorise("bia.lima", 1, minimum_score=600, without_bureau_report=False)
    office.authorise("caio.reis", 2)
    partner_id, day = office.shop.partner_id, timedelta(days=1)

    def rank_and_score() -> tuple[int, int | None]:
        reservation = office.reserve().json["reservation"]
        return reservation["rank"], (reservation["score"] or {"value": None})["value"]

    keep_inquiry(table, partner_id, 900, 91 * day)
    keep_inquiry(table, partner_id, 900, day, subject="421")
    keep_inquiry(table, partner_id, 900, day, kind=SubjectKind.LEAD)
    keep_inquiry(table, "5f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 900, day)
    assert rank_and_score() == (2, None)
    first = keep_inquiry(table, partner_id, 600, 89 * day)
    assert rank_and_score() == (1, 600)
    keep_inquiry(table, partner_id, 100, 2 * day, status=InquiryStatus.FAILED)
    keep_inquiry(table, partner_id, None, day, status=InquiryStatus.UNKNOWN)
    assert office.reserve().json["reservation"]["score"] == {"inquiry_id": first, "value": 600}
    keep_inquiry(table, partner_id, 599, day)
    assert rank_and_score() == (2, 599)
