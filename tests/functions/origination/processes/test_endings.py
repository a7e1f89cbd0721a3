"""A process of more credits than one transaction holds is made nobody's whole, whatever dies or writes in between."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.aws.files import ERASABLE, Files
from lastro.kernel.errors import Retryable
from lastro.kernel.retention import Record
from lastro.origination.endings import store as endings
from lastro.origination.endings.retention import ProcessData
from lastro.origination.endings.store import EndingStore
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import amend_credit
from lastro.origination.processes.rows.items import PROCESS_RECORD
from lastro.origination.processes.statuses import CreditEvent, ProcessEvent
from lastro.origination.products.store import ProductStore
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import CPF
from tests.functions.origination.conftest import BUCKET
from tests.functions.origination.contracts.contract_desk import ProcessKilled
from tests.functions.origination.journey import Journey, sample_body

COMMIT = EndingStore.commit


@pytest.fixture
def ended(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A process of three credits that were denied, of which one transaction takes two."""
    monkeypatch.setattr(endings, "MOST_AT_ONCE", 2)
    process_id = journey.ready()
    made = journey.propose(process_id, products=sample_body("create_proposal")["products"][:1] * 3)
    assert made.status == 201, made.text
    for content in (b"%PDF-1.7 frente %%EOF", b"%PDF-1.7 outra vez %%EOF"):
        sent = {"mimeType": "application/pdf", "base64": b64encode(content).decode()}
        assert journey.put_document(process_id, **sent).status == 201
    for each in made.json["proposals"]:
        journey.move_credit(each["customerServiceNumber"], CreditEvent.DENIED)
    journey.move_process(process_id, ProcessEvent.PROPOSAL_DENIED)
    process, credits = (
        journey.store.find_process(process_id),
        journey.store.find_credits(journey.process(process_id).credits),
    )
    assert process
    stored = [journey.store.find_credit(each.csn) for each in credits]
    steps = [*process.steps, *(step for each in stored if each for step in each.steps)]
    assert journey.store.commit(Change(done=steps))
    return Record(journey.partner_id, CPF, PROCESS_RECORD, process_id)


def part_of(journey: Journey) -> ProcessData:
    cabinet = Files(BUCKET)
    return ProcessData(EndingStore(Table()), ProductStore(Table()), cabinet, cabinet, journey.clock)


def naming(journey: Journey, record: Record) -> tuple[bool, list[bool]]:
    """Whether the process names its person, and whether each of its credits does."""
    process = journey.process(record.id)
    return bool(process.cpf or process.name), [bool(journey.credit(csn).cpf) for csn in process.credits]


def test_what_dies_between_two_groups_goes_on(journey: Journey, ended: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    part = part_of(journey)
    done: list[Any] = []

    def die(store: EndingStore, *change: Any) -> bool:
        if done:
            raise ProcessKilled
        done.append(change)
        return COMMIT(store, *change)

    with monkeypatch.context() as dying:
        dying.setattr(EndingStore, "commit", die)
        with pytest.raises(ProcessKilled):
            part.end(ended)
    assert naming(journey, ended) == (False, [False, False, True])
    # Its erasure began: it is due whatever its term is.
    standing = part.look(ended)
    assert standing
    assert standing.kept_until
    assert standing.kept_until < journey.clock.now().date()
    assert (journey.propose(ended.id).status, len(journey.process(ended.id).credits)) == (404, 3)
    assert part.end(ended)
    assert naming(journey, ended) == (False, [False] * 3)
    assert part.look(ended) is None
    assert journey.propose(ended.id).json["code"] == "unknown_process"


@pytest.mark.parametrize("times", [1, 1_000])
def test_who_writes_a_credit_meanwhile_does_not_leave_it_half_done(
    journey: Journey, ended: Record, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    part, meetings = part_of(journey), 0
    *_, last = journey.process(ended.id).credits

    def meet(store: EndingStore, change: Change, *beside: Any) -> bool:
        nonlocal meetings
        if [each.csn for each, _ in change.credits] == [last] and meetings < times:
            meetings += 1
            amended = amend_credit(journey.credit(last), "callback_delivered", journey.clock.now(), "test")
            assert COMMIT(store, Change(credits=[amended]))
        return COMMIT(store, change, *beside)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(EndingStore, "commit", meet)
        if times == 1:
            assert part.end(ended)
        else:
            with pytest.raises(Retryable):
                part.end(ended)
            assert naming(journey, ended) == (False, [False, False, True])
    assert part.end(ended)
    assert naming(journey, ended) == (False, [False] * 3)


def test_a_document_that_another_replaced_is_exported_and_erased_as_well(journey: Journey, ended: Record) -> None:
    exported = part_of(journey).export(ended)
    assert exported
    assert len(exported.files) == 2
    assert part_of(journey).end(ended)
    client, folder = open_whole_client("s3"), f"documents/{journey.partner_id}/{ended.id}/"
    versions = client.list_object_versions(Bucket=BUCKET, Prefix=folder)["Versions"]
    tags = [
        client.get_object_tagging(Bucket=BUCKET, Key=each["Key"], VersionId=each["VersionId"])["TagSet"]
        for each in versions
    ]
    assert tags == [[ERASABLE]] * 2
