"""What other contexts get: reports for analyses, and whether automatic listings may run."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.entrypoints.loop import event_loop
from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RefusedByBureau
from lastro.bureaus.reports.report import InquiryReport
from lastro.bureaus.service import Purpose, Subject, SubjectKind
from lastro.bureaus.wiring import open_analysis, open_automatic_listings
from lastro.kernel.documents import Document, parse_document
from lastro.kernel.errors import BusinessRefusal, Conflict, NotFound
from tests.functions.bureaus.office import CLEAN, NOT_FOUND, TIMEOUT, Office
from tests.functions.invocation import Shop


def analyse(shop: Shop, document: str, **more: Any) -> InquiryReport:
    parsed: Document = parse_document(document)
    work = open_analysis().inquire_for_analysis(
        shop.partner_id, parsed, Purpose.CREDIT_ANALYSIS, requested_by="analise", **more
    )
    return event_loop().run(work)


def test_an_analysis_gets_the_typed_report_and_pays_once(office: Office) -> None:
    shop, _ = office.open_integrated()
    before = office.town.count("serasa")[1]
    first = analyse(shop, CLEAN, subject=Subject(SubjectKind.CLIENT, "42"))
    assert first.identity.document == parse_document(CLEAN)
    assert first.score is not None
    assert analyse(shop, CLEAN) == first
    assert office.town.count("serasa")[1] == before + 1
    path = {"subject_type": "client", "subject_id": "42"}
    [row] = office.call("list_subject_inquiries", shop, path=path, query=None).json["data"]
    assert (row["requested_by"], row["purpose"]) == ("analise", "credit_analysis")


def test_an_analysis_learns_why_there_is_no_report(office: Office) -> None:
    shop, _ = office.open_integrated()
    with pytest.raises(RefusedByBureau):
        analyse(shop, NOT_FOUND)
    with pytest.raises(InquiryUnknown):
        analyse(shop, TIMEOUT)
    with pytest.raises(Conflict):
        analyse(shop, TIMEOUT)
    office.town.script("serasa", {"outcome": "unstable"})
    with pytest.raises(BureauUnavailable):
        analyse(shop, CLEAN)
    with pytest.raises(BusinessRefusal):
        analyse(office.open_shop(), CLEAN)


def check(shop: Shop, branch_id: int) -> Any:
    return event_loop().run(open_automatic_listings().check(shop.partner_id, branch_id))


def test_automatic_listings_run_only_with_switch_codes_and_integration(office: Office) -> None:
    shop, integration = office.open_integrated("credito_na_medida")
    branch_id = integration["branch_id"]
    path = {"integration_id": str(integration["id"])}

    texts: list[str] = []

    def refusal() -> str:
        with pytest.raises(BusinessRefusal) as caught:
            check(shop, branch_id)
        texts.append(caught.value.detail)
        return caught.value.code

    assert refusal() == "automatic_off"
    body: dict[str, Any] = {"bureau_integration": {"automatic": True}}
    assert office.call("update_bureau_integration", shop, path=path, body=body).status == 200
    assert check(shop, branch_id).id == integration["id"]
    office.call("refresh_restriction_codes", shop, path=path, body=None)
    body = {"bureau_integration": {"fields": {"restriction_code": "SUMIU"}}}
    office.call("update_bureau_integration", shop, path=path, body=body)
    assert refusal() == "default_code_disappeared"
    assert f"da filial {branch_id}, integração {integration['id']}: restriction_code SUMIU" in texts[-1]
    office.put_settings(shop, enabled=False)
    assert refusal() == "branch_without_integration"
    with pytest.raises(NotFound):
        check(shop, branch_id + 999)
