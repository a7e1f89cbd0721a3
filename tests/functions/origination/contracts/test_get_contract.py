"""Fetching contracts: the very bytes, and a code for everything that stands in the way."""

from __future__ import annotations

from uuid import uuid4

import pytest

from lastro.aws.clients import open_client
from lastro.origination.processes.calls.limits import CALLS_PER_HOUR
from lastro.origination.processes.statuses import CreditEvent
from tests.functions.origination.contracts.contract_desk import CONTRACT_BUCKET, Desk, decode
from tests.functions.origination.journey import Journey


def test_the_contract_and_its_checksum(desk: Desk) -> None:
    csn = desk.generated()
    answer = desk.read(csn)
    assert answer.status == 200
    assert set(answer.json) == {"customerServiceNumber", "contracts"}
    assert answer.json["customerServiceNumber"] == csn
    [contract] = answer.json["contracts"]
    assert set(contract) == {"checksum", "contract"}
    [pdf] = desk.files(csn).values()
    assert decode(contract) == pdf
    assert desk.read(csn).json == answer.json


def test_it_stays_the_same_after_it_was_signed(desk: Desk) -> None:
    csn = desk.generated()
    before = desk.read(csn).json
    desk.accept(csn, before["contracts"][0]["checksum"])
    desk.seal(csn)
    assert desk.read(csn).json == before


@pytest.mark.parametrize("events", [(), (CreditEvent.PRE_APPROVED,)])
def test_before_it_is_generated(desk: Desk, events: tuple[CreditEvent, ...]) -> None:
    csn = desk.proposed()
    desk.journey.move_credit(csn, *events)
    answer = desk.read(csn)
    assert (answer.status, answer.json["code"]) == (409, "contract_not_generated")


def test_approved_and_not_drawn_yet(desk: Desk) -> None:
    answer = desk.read(desk.approved())
    assert (answer.status, answer.json["code"]) == (409, "contract_not_generated")


@pytest.mark.parametrize("event", [CreditEvent.DENIED, CreditEvent.EXPIRED])
def test_a_proposal_that_never_gets_one(desk: Desk, event: CreditEvent) -> None:
    csn = desk.proposed()
    desk.journey.move_credit(csn, event)
    answer = desk.read(csn)
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")


def test_somebody_elses_contract_is_not_there(desk: Desk) -> None:
    csn = desk.generated()
    journey = desk.journey
    other = Desk(Journey(journey.clock, uuid4().hex, journey.queues), desk.identity)
    for answer in (other.read(csn), other.read_signed(csn), other.accept(csn, desk.checksum(csn))):
        assert (answer.status, answer.json["code"]) == (404, "unknown_proposal")


@pytest.mark.parametrize("csn", ["0", "x" * 64, "../../etc", "20261103090000000099999", "é"])
def test_an_unknown_number(desk: Desk, csn: str) -> None:
    for answer in (desk.read(csn), desk.read_signed(csn)):
        assert (answer.status, answer.json["code"]) == (404, "unknown_proposal")


@pytest.mark.parametrize("csn", ["9" * 65, "%00"])
def test_a_number_that_none_can_be(desk: Desk, csn: str) -> None:
    assert desk.read(csn).status == desk.read_signed(csn).status == 400


def test_reading_and_signing_share_one_limit_a_cpf_and_hour(desk: Desk) -> None:
    csn = desk.generated()
    for _ in range(CALLS_PER_HOUR):
        assert desk.read(csn).status == 200
    for answer in (desk.read(csn), desk.accept(csn, "0" * 64)):
        assert (answer.status, answer.json["code"]) == (429, "client_blocked")
        assert 1 <= int(answer.headers["Retry-After"]) <= 3601
    desk.journey.clock.advance(hours=1)
    assert desk.read(csn).status == 200


def test_a_file_that_is_not_what_was_recorded_is_not_handed_out(desk: Desk) -> None:
    csn = desk.generated()
    [name] = desk.files(csn)
    open_client("s3").put_object(Bucket=CONTRACT_BUCKET, Key=name, Body=b"%PDF-1.4 another")
    answer = desk.read(csn)
    assert (answer.status, answer.json["code"]) == (500, "internal_error")
    assert "another" not in answer.text
