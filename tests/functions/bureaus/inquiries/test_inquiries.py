"""Asking bureaus: synchronously, in the background, again within the interval, and when the outcome is unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from lastro.aws.clients import open_client
from lastro.bureaus.inquiries.views import InquiryAnswer
from lastro.bureaus.providers.catalogue import BUREAUS
from tests.functions.bureaus.conftest import BUCKET
from tests.functions.bureaus.office import (
    CLEAN,
    COMPANY,
    NO_SCORE,
    NOT_FOUND,
    RESTRICTED,
    UNREADABLE,
    ZERO_SCORE,
    Office,
    new_calls,
)
from tests.functions.emulation.faults import failing
from tests.functions.invocation import LETTERED_CNPJ, call_function, sample_event

PDF = "attachment"


@pytest.mark.parametrize("provider", BUREAUS)
def test_every_bureau_answers_one_typed_json(office: Office, provider: str) -> None:
    shop, _ = office.open_integrated(provider)
    answer = office.inquire(shop, RESTRICTED, report="634" if provider == "spc_brasil" else None)
    assert answer.status == 201, answer.text
    assert InquiryAnswer.model_validate(answer.json).model_dump(mode="json") == answer.json
    inquiry = answer.json["data"]
    assert inquiry["status"] == "done", inquiry["failure"]
    assert (inquiry["provider"], inquiry["environment"]) == (provider, "homologation")
    assert inquiry["document"] == "999.999.102-54"
    assert inquiry["summary"]["restricted"] is True
    assert inquiry["result"]["identity"]["document"] == RESTRICTED
    assert inquiry["purpose"] == "credit_analysis"
    assert inquiry["legal_basis"] == "LGPD art. 7, X"
    assert answer.headers["Location"] == f"/api/v1/bureau_inquiries/{inquiry['id']}"
    assert office.read(shop, inquiry["id"]) == {**inquiry, "alerts": []}


def test_an_absent_score_is_not_zero(office: Office) -> None:
    shop, _ = office.open_integrated()
    absent = office.inquire(shop, NO_SCORE).json["data"]
    assert (absent["summary"]["score"], absent["result"]["score"]) == (None, None)
    assert absent["result"]["score_absence"]
    zero = office.inquire(shop, ZERO_SCORE).json["data"]
    assert (zero["summary"]["score"], zero["result"]["score"]["value"]) == (0, 0)


def test_a_company_is_asked_with_its_own_report(office: Office) -> None:
    shop, _ = office.open_integrated()
    inquiry = office.inquire(shop, COMPANY).json["data"]
    assert (inquiry["status"], inquiry["report"]) == ("done", "RELATORIO_BASICO_PJ_PME")
    assert inquiry["document"] == "99.TES.TE1/0001-10"


def test_the_integrations_own_fields_reach_the_bureau(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop, CLEAN, features=["SCORE_POSITIVO"])
    call = office.town.ledger("serasa")["calls"][-1]
    assert "SCORE_POSITIVO" in json.dumps(call)


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"report": "RELATORIO_AVANCADO_PJ"}, "bureau_inquiry.report", "not_contracted"),
        ({"report": "RELATORIO_BASICO_PJ_PME"}, "bureau_inquiry.report", "not_contracted"),
        ({"features": ["QSA"]}, "bureau_inquiry.features", "unknown_feature"),
        ({"purpose": "curiosity"}, "bureau_inquiry.purpose", "enum"),
        ({"requested_by": "ana\x00souza"}, "bureau_inquiry.requested_by", "control_character"),
        ({"requested_by": "ana\u202esouza"}, "bureau_inquiry.requested_by", "control_character"),
        ({"federal_unit": "XX"}, "bureau_inquiry.federal_unit", "state"),
        ({"zip_code": "0100100٠"}, "bureau_inquiry.zip_code", "zip_code"),
        ({"phone_number": "(23) 90000-0000"}, "bureau_inquiry.phone_number", "phone_number"),
        ({"branch_id": True}, "bureau_inquiry.branch_id", "int_type"),
        ({"requested_by": " "}, "bureau_inquiry.requested_by", "string_too_short"),
        ({"subject": {"type": "lead"}}, "bureau_inquiry.subject.id", "required"),
        ({"subject": {"id": "lead-1"}}, "bureau_inquiry.subject.type", "required"),
        ({"subject": {"type": "ad_hoc", "id": "lead-1"}}, "bureau_inquiry.subject.type", "required"),
        ({"document": "52998224700"}, "bureau_inquiry.document", "cpf_cnpj"),
    ],
)
def test_what_cannot_be_asked_is_named_and_costs_nothing(
    office: Office, changes: dict[str, Any], field: str, rule: str
) -> None:
    shop, _ = office.open_integrated()
    before = office.town.count("serasa")
    answer = office.inquire(shop, changes.pop("document", CLEAN), **changes)
    assert answer.status == 422
    assert answer.rules()[field] == rule
    assert new_calls(office, "serasa", before) == (0, 0)


def test_an_answer_nobody_can_read_is_kept_and_counted_as_charged(office: Office) -> None:
    shop, _ = office.open_integrated(prices={"RELATORIO_BASICO_PF_PME": 390})
    inquiry = office.inquire(shop, UNREADABLE).json["data"]
    assert (inquiry["status"], inquiry["failure"]["code"]) == ("failed", "unreadable_bureau_answer")
    assert (inquiry["billed"], inquiry["cost"], list(inquiry["files"])) == (True, 390, ["answer"])
    refused = office.inquire(shop, NOT_FOUND).json["data"]
    assert (refused["billed"], refused["cost"]) == (False, 0)


def test_a_simulated_answer_costs_nothing(office: Office) -> None:
    shop, _ = office.open_integrated("connect_sa", prices={"CREDNET_TOP": 450})
    for document in (CLEAN, UNREADABLE):
        inquiry = office.inquire(shop, document).json["data"]
        assert (inquiry["billed"], inquiry["cost"]) == (False, 0)
    assert not any(call["charged"] for call in office.town.ledger("connect_sa")["calls"])


def test_raw_answer_and_file_are_kept_and_given_by_private_address(office: Office) -> None:
    shop, _ = office.open_integrated("credito_na_medida")
    inquiry = office.inquire(shop, CLEAN).json["data"]
    assert inquiry["files"]["attachment"] == "application/pdf"
    for name, content_type in inquiry["files"].items():
        path = {"inquiry_id": inquiry["id"]}
        answer = office.call("download_bureau_inquiry", shop, path=path, query={"file": name})
        assert answer.status == 200
        link = answer.json["data"]
        assert (link["content_type"], CLEAN in link["url"]) == (content_type, False)
        assert f"inquiries/{shop.partner_id}/{inquiry['id']}/{name}" in link["url"]
        key = f"inquiries/{shop.partner_id}/{inquiry['id']}/{name}"
        stored = open_client("s3").get_object(Bucket=BUCKET, Key=key)
        assert stored["ContentType"] == content_type
        assert stored["Body"].read()


def test_a_file_that_is_not_there_is_not_found(office: Office) -> None:
    shop, _ = office.open_integrated()
    inquiry = office.inquire(shop, CLEAN).json["data"]
    path = {"inquiry_id": inquiry["id"]}
    answer = office.call("download_bureau_inquiry", shop, path=path, query={"file": PDF})
    assert (answer.status, answer.json["code"]) == (404, "file_not_found")


def test_a_refusal_ends_the_inquiry_with_its_raw_answer(office: Office) -> None:
    shop, _ = office.open_integrated()
    inquiry = office.inquire(shop, NOT_FOUND).json["data"]
    assert (inquiry["status"], inquiry["failure"]["code"]) == ("failed", "document_or_report_not_found")
    assert inquiry["failure"]["message"].startswith("O birô não encontrou")
    assert (inquiry["billed"], inquiry["cost"], inquiry["result"]) == (False, 0, None)
    assert inquiry["http_status"] == 404
    assert "answer" in inquiry["files"]


def test_the_contracted_price_is_charged_where_the_bureau_is_silent(office: Office) -> None:
    shop, _ = office.open_integrated(prices={"RELATORIO_BASICO_PF_PME": 350})
    inquiry = office.inquire(shop, CLEAN).json["data"]
    stated = inquiry["result"]["cost"]
    assert (inquiry["billed"], inquiry["cost"]) == (True, 350 if stated is None else stated)


def test_an_archive_that_fails_does_not_lose_what_was_paid_for(office: Office) -> None:
    shop, _ = office.open_integrated()
    with failing("s3", "PutObject", EndpointConnectionError(endpoint_url="https://s3.invalid")):
        answer = office.inquire(shop, CLEAN)
    assert answer.status == 201
    inquiry = answer.json["data"]
    assert (inquiry["status"], inquiry["files"]) == ("done", {})


# who asks, and who is asked -----------------------------------------------------------------------------------------


def test_inquiries_can_be_switched_off(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.put_settings(shop, enabled=False)
    answer = office.inquire(shop)
    assert (answer.status, answer.json["code"]) == (422, "bureaus_disabled")


def test_the_document_that_the_bureau_bills_is_the_one_on_record(office: Office) -> None:
    shop, _ = office.open_integrated(fields={"retailer_document": LETTERED_CNPJ})
    inquiry = office.inquire(shop).json["data"]
    assert inquiry["billed_cnpj"] == "12.ABC.345/01DE-35"
    assert inquiry["status"] == "done"


def test_a_subject_id_is_taken_as_it_was_sent(office: Office) -> None:
    shop, _ = office.open_integrated()
    subject = {"type": "lead", "id": "100%25 pago"}
    assert office.inquire(shop, subject=subject).json["data"]["subject"] == subject
    path = {"subject_type": "lead", "subject_id": "100%2525%20pago"}
    [row] = office.call("list_subject_inquiries", shop, path=path, query=None).json["data"]
    assert row["subject"] == subject


def test_a_partner_without_an_integration_cannot_ask(office: Office) -> None:
    shop = office.open_shop()
    assert office.inquire(shop).json["code"] == "no_bureau_integration"
    branch_id = office.add_branch(shop)
    assert office.inquire(shop, branch_id=branch_id).json["code"] == "branch_without_integration"


def test_a_broker_asks_with_a_shared_key_and_the_log_says_so(office: Office) -> None:
    shop, integration = office.open_integrated()
    refused = office.inquire(shop, panel="broker", requested_by="corretor.1")
    assert (refused.status, refused.json["code"]) == (403, "bureau_key_not_shared")
    path = {"integration_id": str(integration["id"])}
    body = {"bureau_integration": {"shared_with": ["broker"]}}
    assert office.call("update_bureau_integration", shop, path=path, body=body).status == 200
    inquiry = office.inquire(shop, panel="broker", requested_by="corretor.1").json["data"]
    assert (inquiry["shared_key"], inquiry["panel"], inquiry["requested_by"]) == (True, "broker", "corretor.1")
    assert inquiry["billed_cnpj"] == "11.222.333/0001-81"
    assert office.inquire(shop, panel="agency").status == 403


def test_another_stores_inquiry_is_not_found(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    office.add_integration(shop, office.add_branch(shop, store_id=first))
    inquiry = office.inquire(shop, store_id=first).json["data"]
    path = {"inquiry_id": inquiry["id"]}
    assert office.call("get_bureau_inquiry", shop, path=path, store_id=first).status == 200
    assert office.call("get_bureau_inquiry", shop, path=path, store_id=second).status == 404
    assert office.inquire(shop, store_id=second).json["code"] == "no_bureau_integration"


def test_the_sample_event_is_understood(office: Office) -> None:
    shop, integration = office.open_integrated()
    body = json.loads(sample_event("bureaus", "create_bureau_inquiry")["body"])
    body["bureau_inquiry"]["branch_id"] = integration["branch_id"]
    answer = call_function("bureaus", "create_bureau_inquiry", shop=shop, body=body)
    assert (answer.status, answer.json["data"]["subject"]) == (201, {"type": "lead", "id": "lead-1042"})


def test_a_flag_is_no_number_of_a_branch(office: Office) -> None:
    shop, _ = office.open_integrated()
    refused = office.inquire(shop, branch_id=True)
    assert (refused.status, [each["field"] for each in refused.json["errors"]]) == (422, ["bureau_inquiry.branch_id"])
