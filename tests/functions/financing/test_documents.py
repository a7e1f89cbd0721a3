"""Documents of a proposal are kept, handed in once at the bank that waits for them, and end with their proposal."""

from __future__ import annotations

from base64 import b64encode

import pytest

from lastro.aws.clients import open_client
from lastro.aws.files import ERASABLE
from lastro.financing.attempts.states import State
from lastro.financing.documents import adding
from lastro.financing.ports import ProposalDocument, Word
from lastro.financing.wiring import open_personal_data
from lastro.kernel.errors import Permanent, Unknown
from lastro.kernel.retention import Record
from lastro.vendors.banks.itau.client import ItauBank
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.financing.conftest import BUCKET, Dealer
from tests.functions.invocation import Answer, call_function

PDF = b"%PDF-1.7 exemplo %%EOF"


def add(dealer: Dealer, proposal_id: int, kind: str, content: bytes = PDF) -> Answer:
    body = {"kind": kind, "base64": b64encode(content).decode()}
    path = {"proposal_id": str(proposal_id)}
    return call_function("financing", "add_proposal_document", shop=dealer.shop, path=path, body=body)


def test_what_a_bank_waits_for_is_handed_in_once(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["pending_documents", "approved"]})
    made = dealer.propose()
    waiting = dealer.follow(made["id"], "pending_documents")
    assert waiting["proposal_attempt"]["pending_documents"] == ["identity", "income"]
    listed = dealer.ask("list_proposal_documents", path={"proposal_id": made["id"]}).json
    assert (listed["documents"], listed["pending_documents"]) == ([], ["identity", "income"])

    first = add(dealer, made["id"], "identity")
    assert (first.status, first.json["document"]["media_type"]) == (201, "application/pdf")
    assert add(dealer, made["id"], "identity").json == first.json
    assert add(dealer, made["id"], "income").status == 201
    records = dealer.take()
    dealer.deliver(records)
    dealer.deliver(records, attempt=2)

    assert dealer.ledger("341")[-1]["documents"] == ["identity", "income"]
    assert dealer.follow(made["id"], "approved")["proposal_attempt"]["pending_documents"] == []
    shown = dealer.ask("list_proposal_documents", path={"proposal_id": made["id"]}).json["documents"]
    assert [each["handed_in_at_banks"] for each in shown] == [["341"], ["341"]]


def test_a_bank_that_takes_no_document_is_asked_where_the_proposal_stands(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealer.tell_stories("341", {"steps": ["pending_documents", "approved"]})
    made = dealer.propose()
    dealer.follow(made["id"], "pending_documents")

    async def refuse(_: ItauBank, key: str, document: object) -> Word:
        raise Permanent(f"{key} is not taken", code="bank_validation_error")

    async def decided(_: ItauBank, key: str) -> Word:
        return Word(key, "341-P1", 90, State.APPROVED)

    monkeypatch.setattr(ItauBank, "add_document", refuse)
    monkeypatch.setattr(ItauBank, "find_proposal", decided)
    assert add(dealer, made["id"], "identity").status == 201
    assert dealer.work() == []

    assert dealer.read(made["id"])["state"] == "approved"


def test_what_a_slow_bank_took_is_not_handed_in_again(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    dealer.tell_stories("341", {"steps": ["pending_documents", "approved"]})
    made = dealer.propose()
    dealer.follow(made["id"], "pending_documents")
    assert [add(dealer, made["id"], kind).status for kind in ("identity", "income")] == [201, 201]
    take = ItauBank.add_document
    taken: list[str] = []

    async def one_in_time(bank: ItauBank, key: str, document: ProposalDocument) -> Word:
        taken.append(document.kind)
        if len(taken) == 2:
            raise Unknown("no answer in time", code="bank_timeout")
        return await take(bank, key, document)

    monkeypatch.setattr(ItauBank, "add_document", one_in_time)
    records = dealer.take()
    assert dealer.deliver(records) != []
    assert dealer.deliver(records, attempt=2) == []

    assert taken == ["identity", "income", "income"]
    assert dealer.ledger("341")[-1]["documents"] == ["identity", "income"]


@pytest.mark.parametrize(("content", "rule"), [(b"GIF89a", "content_mismatch"), (b"<html>", "content_mismatch")])
def test_only_pictures_and_pdfs_are_documents(dealer: Dealer, content: bytes, rule: str) -> None:
    made = dealer.propose()
    assert add(dealer, made["id"], "income", content).rules() == {"base64": rule}
    wrong = dealer.ask(
        "add_proposal_document", path={"proposal_id": made["id"]}, body={"kind": "income", "base64": "não"}
    )
    assert wrong.rules() == {"base64": "base64"}


def test_one_file_that_shows_several_things_counts_as_often(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_DOCUMENTS", 2)
    made = dealer.propose()
    answers = [add(dealer, made["id"], kind) for kind in ("identity", "income", "licence", "income")]
    assert [each.status for each in answers] == [201, 201, 409, 201]
    assert answers[2].json["code"] == "too_many_documents"
    assert answers[3].json == answers[1].json


def test_files_are_too_large_beyond_four_million_bytes(dealer: Dealer) -> None:
    made = dealer.propose()
    assert add(dealer, made["id"], "income", PDF + bytes(4_000_000)).status == 413


def test_files_go_with_the_export_and_the_end_of_a_proposal(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose()
    assert add(dealer, made["id"], "licence").status == 201
    dealer.ask("cancel_financing_proposal", path={"proposal_id": made["id"]})
    assert add(dealer, made["id"], "licence").json["code"] == "proposal_ended"
    record = Record(dealer.shop.partner_id, "52998224725", "proposal", str(made["id"]))
    exported = open_personal_data().export(record)
    assert exported is not None
    [name] = exported.files
    assert name.startswith(f"documents/proposals/{dealer.shop.partner_id}/{made['id']}/")
    # As a file whose writer died before it noted it.
    open_client("s3").put_object(Bucket=BUCKET, Key=f"{name.rpartition('/')[0]}/{'0' * 64}.pdf", Body=PDF)
    assert open_personal_data().end(record)
    client = open_whole_client("s3")
    kept = client.list_object_versions(Bucket=BUCKET, Prefix=name.rpartition("/")[0])["Versions"]
    tags = [
        client.get_object_tagging(Bucket=BUCKET, Key=each["Key"], VersionId=each["VersionId"])["TagSet"]
        for each in kept
    ]
    assert tags == [[ERASABLE]] * 2
