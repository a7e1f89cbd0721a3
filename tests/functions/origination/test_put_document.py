"""PUT /v2/process/document/{id}."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from lastro.aws.clients import open_client
from lastro.origination.documents.content import MAX_FILE_BYTES
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.statuses import CreditEvent
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.origination.conftest import BUCKET
from tests.functions.origination.journey import DOCUMENTS, PRINCIPAL, Journey, sample_body

PNG = base64.b64decode(sample_body("put_document")["base64"])
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 8 + b"\xff\xda" + b"\0" * 8 + b"\xff\xd9"
PDF = b"\n%PDF-1.7\n%%EOF\n"


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def kept_files(journey: Journey) -> list[str]:
    prefix = f"documents/{journey.partner_id}/"
    found = open_whole_client("s3").list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
    return [str(each["Key"]) for each in found]


def test_a_document_is_kept(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    answer = journey.put_document(process_id, "IDENTITY_FRONT")
    assert answer.status == 201
    assert set(answer.json) == {"type", "mimeType", "name", "url"}
    assert (answer.json["type"], answer.json["mimeType"]) == ("IDENTITY_FRONT", "image/png")
    [name] = kept_files(journey)
    assert name in answer.json["url"]
    assert "X-Amz-Expires=900" in answer.json["url"] or "Expires=" in answer.json["url"]
    found = open_client("s3").get_object(Bucket=BUCKET, Key=name)
    assert (found["Body"].read(), found["ContentType"]) == (PNG, "image/png")
    stored = journey.store.find_credit(csn)
    assert stored is not None
    row = stored.rows["DOCUMENT#IDENTITY_FRONT"]
    assert (row["file"], row["size"], row["file_version"]) == (name, len(PNG), found["VersionId"])
    entry = stored.history[-1]
    assert (entry.event, entry.why, entry.who) == ("document_received", "IDENTITY_FRONT", PRINCIPAL)
    [proposal] = journey.status(process_id).json["proposals"]
    assert (proposal["hasDocuments"], proposal["pendentDocuments"]) == (True, ["SELF"])
    journey.put_document(process_id, "SELF")
    [proposal] = journey.status(process_id).json["proposals"]
    assert (proposal["hasDocuments"], proposal["pendentDocuments"]) == (False, [])


@pytest.mark.parametrize("status", [CreditEvent.PRE_APPROVED, CreditEvent.DOCUMENTS_REQUESTED])
def test_the_last_document_owed_moves_the_proposal_on(journey: Journey, status: CreditEvent) -> None:
    process_id, csn = journey.proposed()
    journey.move_credit(csn, *([CreditEvent.PRE_APPROVED, status] if status != CreditEvent.PRE_APPROVED else [status]))
    journey.take("Analysis")
    for kind in DOCUMENTS:
        assert journey.put_document(process_id, kind).status == 201
    assert journey.credit(csn).status == "EM_ANALISE_DOCUMENTAL"
    stored = journey.store.find_credit(csn)
    assert stored is not None
    [message] = journey.take("Analysis")
    assert (message["owner"], message["id"], message["step"]) == ("credit", csn, "analyze")
    assert stored.step(message["step_id"]) is not None
    assert stored.history[-1].event == "documents_completed"


def test_documents_before_the_analysis_wait_for_it(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.take("Analysis")
    for kind in DOCUMENTS:
        journey.put_document(process_id, kind)
    credit = journey.credit(csn)
    assert (credit.status, credit.owed_documents) == ("PRE_PROCESSAMENTO", ())
    assert journey.take("Analysis") == []


def test_the_same_file_again_changes_nothing(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    first = journey.put_document(process_id)
    version = journey.credit(csn).version
    again = journey.put_document(process_id)
    assert (again.status, {**again.json, "url": ""}) == (201, {**first.json, "url": ""})
    assert journey.credit(csn).version == version


def test_a_document_may_be_replaced_until_it_is_analysed(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.put_document(process_id)
    assert journey.put_document(process_id, mimeType="image/jpeg", base64=text(JPEG)).status == 201
    assert len(kept_files(journey)) == 2
    journey.put_document(process_id, "IDENTITY_FRONT")
    journey.move_credit(csn, CreditEvent.PRE_APPROVED, CreditEvent.DOCUMENTS_COMPLETED)
    late = journey.put_document(process_id, mimeType="application/pdf", base64=text(PDF))
    assert (late.status, late.json["code"]) == (409, "wrong_state")
    # What was not sent before may still be added, and the very same file is still the same answer.
    assert journey.put_document(process_id, "INCOME_PROOF").status == 201
    assert journey.put_document(process_id, mimeType="image/jpeg", base64=text(JPEG)).status == 201
    assert journey.credit(csn).status == "EM_ANALISE_DOCUMENTAL"


def test_a_document_needs_a_proposal(journey: Journey) -> None:
    early = journey.put_document(journey.ready())
    assert (early.status, early.json["code"]) == (409, "no_proposal")
    assert kept_files(journey) == []


def test_ended_proposals_take_no_document(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.move_credit(csn, CreditEvent.DENIED)
    late = journey.put_document(process_id)
    assert (late.status, late.json["code"]) == (409, "wrong_state")
    assert kept_files(journey) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [("image/png", PNG), ("image/jpeg", JPEG), ("application/pdf", PDF), ("application/pdf", b"\0" * 900 + PDF)],
)
def test_bytes_and_type_must_agree(journey: Journey, kind: str, content: bytes) -> None:
    process_id, _ = journey.proposed()
    assert journey.put_document(process_id, mimeType=kind, base64=text(content)).status == 201
    for other in {"image/png", "image/jpeg", "application/pdf"} - {kind}:
        answer = journey.put_document(process_id, mimeType=other, base64=text(content))
        assert (answer.status, answer.rules()) == (400, {"base64": "content_mismatch"})


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"base64": "%%%"}, "base64", "base64"),
        ({"base64": "QUJ"}, "base64", "base64"),
        ({"base64": "\n"}, "base64", "string_too_short"),
        ({"base64": "data:image/png;base64,"}, "base64", "empty"),
        ({"base64": text(b"MZ")}, "base64", "content_mismatch"),
        ({"base64": text(b"\0" * 1100 + PDF), "mimeType": "application/pdf"}, "base64", "content_mismatch"),
        ({"base64": text(PNG[:-10])}, "base64", "cut_off"),
        ({"base64": text(JPEG[:-1]), "mimeType": "image/jpeg"}, "base64", "cut_off"),
        ({"base64": text(JPEG[:3]), "mimeType": "image/jpeg"}, "base64", "cut_off"),
        ({"base64": text(JPEG[:4] + b"\xff\xd9" + JPEG[4:-2]), "mimeType": "image/jpeg"}, "base64", "cut_off"),
        ({"base64": text(b"%%EOF %PDF-1.7"), "mimeType": "application/pdf"}, "base64", "cut_off"),
        ({"base64": None}, "base64", "string_type"),
        ({"type": "PASSPORT"}, "type", "literal_error"),
        ({"type": None}, "type", "literal_error"),
        ({"mimeType": "image/gif"}, "mimeType", "literal_error"),
        ({"name": ""}, "name", "string_too_short"),
        ({"name": "a\u0000"}, "name", "control_character"),
    ],
)
def test_a_wrong_field_is_named(journey: Journey, changes: dict[str, Any], field: str, rule: str) -> None:
    process_id, _ = journey.proposed()
    answer = journey.call("put_document", path={"id": process_id}, body={**sample_body("put_document"), **changes})
    assert (answer.status, answer.rules()) == (400, {field: rule})


def test_clients_may_send_a_data_address_broken_lines_and_spaces(journey: Journey) -> None:
    process_id, _ = journey.proposed()
    spelt = "data:image/png;base64," + "\r\n".join([text(PNG)[:20], text(PNG)[20:]])
    answer = journey.put_document(process_id, "ADDRESS_PROOF ", base64=spelt, mimeType=" image/png")
    assert (answer.status, answer.json["type"]) == (201, "ADDRESS_PROOF")


@pytest.mark.parametrize(
    ("head", "mime_type"),
    [
        ("data:image/jpeg;base64,", "image/jpeg"),
        ("data:image/jpeg;filename=selfie.jpg;base64,", "image/jpg"),
        ("data:image/jpeg;charset=utf-8;name=%22a%2Cb%22;base64,", "IMAGE/JPEG"),
        ('DATA:image/jpg;filename="a;b,c.jpg";BASE64,', "image/jpeg; charset=binary"),
        ("data:;base64,", "image/pjpeg"),
        ("data:image/png;base64,", "image/jpeg"),
        (" \ndata:application/octet-stream;base64,", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_data_address_holds(journey: Journey, head: str, mime_type: str) -> None:
    process_id, csn = journey.proposed()
    answer = journey.put_document(process_id, base64=head + text(JPEG), mimeType=mime_type)
    assert answer.status == 201, answer.text
    assert answer.json["mimeType"] == "image/jpeg"
    stored = journey.store.find_credit(csn)
    assert stored is not None
    row = stored.rows["DOCUMENT#SELF"]
    assert (row["media_type"], row["size"]) == ("image/jpeg", len(JPEG))


@pytest.mark.parametrize("head", ["data:image/png;base64", "data:image/png;=x;base64,", "data:;;base64,"])
def test_a_broken_data_address_is_refused(journey: Journey, head: str) -> None:
    process_id, _ = journey.proposed()
    answer = journey.put_document(process_id, base64=head + text(PNG))
    assert (answer.status, answer.rules()) == (400, {"base64": "data_address"})


def test_a_document_has_a_largest_size(journey: Journey) -> None:
    process_id, _ = journey.proposed()
    largest = PNG + b"\0" * (MAX_FILE_BYTES - len(PNG))
    assert journey.put_document(process_id, base64=text(largest)).status == 201
    over = journey.put_document(process_id, base64=text(largest + b"\0"))
    assert (over.status, over.json["code"]) == (413, "document_too_large")
    far_over = journey.put_document(process_id, base64=text(largest * 2))
    assert (far_over.status, far_over.json["code"]) == (413, "payload_too_large")


def test_a_document_serves_every_unsigned_proposal(journey: Journey) -> None:
    process_id = journey.ready()
    products = sample_body("create_proposal")["products"] * 2
    journey.propose(process_id, products=products)
    journey.put_document(process_id)
    proposals = journey.status(process_id).json["proposals"]
    assert [proposal["pendentDocuments"] for proposal in proposals] == [["IDENTITY_FRONT"]] * 2


def test_a_bucket_out_of_reach_is_told_and_changes_nothing(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    version = journey.credit(csn).version
    events = open_client("s3").meta.events

    def fail(**_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="https://s3.invalid")

    events.register("before-call.s3.PutObject", fail, unique_id="out-of-reach")
    answer = journey.put_document(process_id)
    events.unregister("before-call.s3.PutObject", unique_id="out-of-reach")
    assert (answer.status, answer.json["code"]) == (503, "service_busy")
    assert journey.credit(csn).version == version


def test_a_document_is_read_as_it_was_received(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.put_document(process_id)
    journey.put_document(process_id, mimeType="image/jpeg", base64=text(JPEG))

    def read(number: str, kind: str, **changes: Any) -> Any:
        return journey.call("get_document", path={"customerServiceNumber": number, "type": kind}, **changes)

    answer = read(csn, "SELF")
    assert (answer.status, answer.json["mimeType"], base64.b64decode(answer.json["base64"])) == (
        200,
        "image/jpeg",
        JPEG,
    )
    [shown] = journey.call("get_proposal", path={"customerServiceNumber": csn}).json["documents"]
    assert answer.json == {**shown, "base64": text(JPEG)}
    for number, kind, code in ((csn, "INCOME_PROOF", "unknown_document"), (csn[::-1], "SELF", "unknown_proposal")):
        absent = read(number, kind)
        assert (absent.status, absent.json["code"]) == (404, code)
    assert read(csn, "SELFIE").status == 400
    # Another file in its place is not shown as if it had been received.
    name = next(name for name in kept_files(journey) if name.endswith(".jpg"))
    row = journey.store.find_credit(csn)
    assert row is not None
    fields = row.rows["DOCUMENT#SELF"]
    assert fields["file"] == name
    forged = Row("DOCUMENT#SELF", {**fields, "sha256": "0" * 64})
    assert journey.store.commit(Change(rows=[RowPut(journey.credit(csn).owner, forged)]))
    assert read(csn, "SELF").status == 500


def test_the_largest_document_that_is_taken_fits_in_the_answer(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    largest = JPEG + b"\0" * (MAX_FILE_BYTES - len(JPEG))
    assert journey.put_document(process_id, mimeType="image/jpeg", base64=text(largest)).status == 201
    answer = journey.call("get_document", path={"customerServiceNumber": csn, "type": "SELF"})
    assert answer.status == 200
    assert len(answer.text.encode()) < 6_000_000
