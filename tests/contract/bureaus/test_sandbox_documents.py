"""The published documents of the sandbox bureaus do what the page says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lastro.bureaus.ports import InquiryUnknown, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import parse_document
from sandbox.bureaus.listings.published import PUBLISHED_LISTINGS
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.published_documents import PUBLISHED
from tests.contract.bureaus.sandbox_root import Sandbox, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = Path(__file__).parents[3] / "docs" / "test-documents.md"


PERMANENT = {
    Outcome.NOT_FOUND: BureauReason.NOT_FOUND,
    Outcome.INVALID_DOCUMENT: BureauReason.INVALID_DOCUMENT,
    Outcome.UNKNOWN_FEATURE: BureauReason.UNKNOWN_FEATURE,
    Outcome.NOT_CONTRACTED: BureauReason.NOT_CONTRACTED,
    Outcome.WRONG_TYPES: BureauReason.UNREADABLE,
}


@pytest.mark.parametrize("document", [key for key, value in PUBLISHED.items() if value.outcome in PERMANENT])
async def test_published_document_that_is_refused(sandbox: Sandbox, document: str) -> None:
    with pytest.raises(RefusedByBureau) as caught:
        await sandbox.bureau("serasa").inquire(ask("serasa", document), await sandbox.token("serasa"))

    assert caught.value.code == PERMANENT[PUBLISHED[document].outcome]


@pytest.mark.parametrize("document", [key for key, value in PUBLISHED.items() if value.outcome is Outcome.ANSWERED])
async def test_published_document_that_is_answered(sandbox: Sandbox, document: str) -> None:
    treatment = PUBLISHED[document]
    if treatment.delay_ms:
        await sandbox.put("serasa", {"rules": [{"when": {"document": document}}]})

    _, report = await sandbox.bureau("serasa").inquire(ask("serasa", document), await sandbox.token("serasa"))

    if treatment.score is not None:
        assert (report.score.value if report.score else None) == treatment.score.value
    owed = sum(debt.amount for debt in treatment.debts or ())
    assert report.summary.total == owed
    assert report.summary.restricted is (owed > 0)


@pytest.mark.parametrize(
    ("document", "family"),
    [("99999911226", SlowDown), ("99999911498", InquiryUnknown), ("99999911900", RevokedToken)],
)
async def test_published_document_that_fails_once(sandbox: Sandbox, document: str, family: type[Exception]) -> None:
    bureau, token = sandbox.bureau("serasa", sandbox.impatient), await sandbox.token("serasa")

    with pytest.raises(family):
        await bureau.inquire(ask("serasa", document), token)

    _, report = await bureau.inquire(ask("serasa", document), token)
    assert report.identity.document.value == document


async def test_page_lists_the_published_documents_and_no_other() -> None:
    _, text = PAGE.read_text(encoding="utf-8").split("\n# Birôs de crédito\n")
    listed = re.findall(r"^\| ([0-9A-Z./]{11,15}-\d{2}) \|", text, re.MULTILINE)

    assert [parse_document(document).value for document in listed] == [*PUBLISHED, *PUBLISHED_LISTINGS]
