"""Accepting a contract: every checksum, evidence kept, one transaction; a wrong one changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastro.origination.contracts.rows import SIGNATURE, contracts_of, signature_of
from lastro.origination.processes.changes import ABSENT, Change, RowPut
from lastro.origination.processes.model import StepName
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from tests.functions.origination.contracts.contract_desk import LOG_DATA, Desk, ProcessKilled, dying_at

WRONG = "0" * 64


def test_signing_contracts_the_credit_in_one_go(desk: Desk) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    for queue in ("Disbursements", "Seals", "Notices"):
        desk.journey.take(queue)
    answer = desk.accept(csn, checksum)
    assert (answer.status, answer.json) == (200, {"aceptedCheckSum": checksum})
    stored = desk.stored(csn)
    assert stored.credit.status is CreditStatus.CONTRACTED
    assert stored.history[-1].event == "signed"
    assert stored.history[-1].who == "client-1"
    assert {step.name for step in stored.steps} >= {StepName.DISBURSE, StepName.SEAL_CONTRACT}
    signature = signature_of(stored)
    assert signature is not None
    assert signature.checksums == (checksum,)
    assert signature.received_at == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert signature.log_data == {
        "latitude": "-16.6982",
        "longitude": "-49.2581",
        "occurrence_date": "2026-11-03T12:05:00.000Z",
        "user_agent": "Mozilla/5.0",
        "ip": "203.0.113.10",
        "mac": "00:00:00:00:00:00",
    }
    for queue, step in (("Disbursements", "disburse"), ("Seals", "seal_contract"), ("Notices", "notify")):
        [message] = desk.journey.take(queue)
        assert message["step"] == step


SHAPES: dict[str, Callable[[str], Any]] = {
    "text": lambda checksum: {"aceptedCheckSum": checksum, "logData": LOG_DATA},
    "text, the other name": lambda checksum: {"acceptedCheckSum": checksum, "logData": LOG_DATA},
    "list": lambda checksum: {"aceptedCheckSum": [checksum], "logData": LOG_DATA},
    "list, the other name": lambda checksum: {"acceptedCheckSum": [checksum], "logData": LOG_DATA},
    "list with a repetition": lambda checksum: {"aceptedCheckSum": [checksum, checksum], "logData": LOG_DATA},
    "list of objects": lambda checksum: {"aceptedCheckSum": [{"acceptedCheckSum": [checksum]}], "logData": LOG_DATA},
    "body as a list": lambda checksum: [{"acceptedCheckSum": [checksum], "logData": LOG_DATA}],
    "body as a list of two": lambda checksum: [{"acceptedCheckSum": [checksum]}, {"logData": LOG_DATA}],
    "body as a list that repeats": lambda checksum: [{"acceptedCheckSum": [checksum], "logData": LOG_DATA}] * 2,
    "text under both names": lambda checksum: {
        "aceptedCheckSum": checksum,
        "acceptedCheckSum": checksum,
        "logData": LOG_DATA,
    },
    "text, the other name empty": lambda checksum: {
        "aceptedCheckSum": None,
        "acceptedCheckSum": checksum,
        "logData": LOG_DATA,
    },
    "capitals and spaces": lambda checksum: {"aceptedCheckSum": f" {checksum.upper()} ", "logData": LOG_DATA},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_that_clients_send(desk: Desk, shape: str) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    answer = desk.post(csn, SHAPES[shape](checksum))
    assert answer.status == 200, answer.text
    echoed = answer.json["aceptedCheckSum"]
    assert echoed == checksum if isinstance(echoed, str) else set(echoed) == {checksum}
    assert isinstance(echoed, str) == shape.startswith(("text", "capitals"))
    assert desk.journey.credit(csn).status is CreditStatus.CONTRACTED


def test_two_accounts_of_one_acceptance_are_refused(desk: Desk) -> None:
    csn = desk.generated()
    accepted = {"acceptedCheckSum": [desk.checksum(csn)], "logData": LOG_DATA}
    answer = desk.post(csn, [accepted, {"logData": {**LOG_DATA, "ip": "198.51.100.9"}}])
    assert (answer.status, answer.rules()) == (400, {"1.logData": "duplicate_field"})
    assert desk.journey.credit(csn).status is not CreditStatus.CONTRACTED


def test_a_wrong_checksum_changes_nothing(desk: Desk) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    before = desk.stored(csn)
    for sent in (WRONG, [WRONG], [checksum, WRONG], [WRONG, checksum]):
        answer = desk.accept(csn, sent)
        assert (answer.status, answer.json["code"]) == (422, "checksum_mismatch")
        assert answer.rules() == {"aceptedCheckSum": "checksum_mismatch"}
        assert desk.stored(csn) == before
    assert desk.accept(csn, checksum).status == 200
    after = desk.stored(csn)
    answer = desk.accept(csn, WRONG)
    assert (answer.status, answer.json["code"]) == (422, "checksum_mismatch")
    assert desk.stored(csn) == after


WITH_A_WRONG_ONE: dict[str, Callable[[str], Any]] = {
    "the other name": lambda checksum: {"aceptedCheckSum": checksum, "acceptedCheckSum": WRONG, "logData": LOG_DATA},
    "one name, then the other": lambda checksum: {
        "aceptedCheckSum": [{"aceptedCheckSum": checksum, "acceptedCheckSum": [WRONG]}],
        "logData": LOG_DATA,
    },
    "a later object": lambda checksum: [
        {"acceptedCheckSum": [checksum], "logData": LOG_DATA},
        {"acceptedCheckSum": [WRONG]},
    ],
}


@pytest.mark.parametrize("shape", WITH_A_WRONG_ONE)
def test_no_wrong_checksum_hides_behind_a_right_one(desk: Desk, shape: str) -> None:
    csn = desk.generated()
    before = desk.stored(csn)
    answer = desk.post(csn, WITH_A_WRONG_ONE[shape](desk.checksum(csn)))
    assert (answer.status, answer.json["code"]) == (422, "checksum_mismatch")
    assert desk.stored(csn) == before


def test_every_contract_must_be_accepted(desk: Desk) -> None:
    csn = desk.generated()
    stored = desk.stored(csn)
    [first] = contracts_of(stored)
    second = replace(first, checksum="b" * 64)
    assert desk.journey.store.commit(Change(rows=[RowPut(stored.credit.owner, second.row(2), ABSENT)]))
    before = desk.stored(csn)
    for sent in (first.checksum, [second.checksum]):
        answer = desk.accept(csn, sent)
        assert (answer.status, answer.json["code"]) == (422, "checksum_missing")
    assert desk.stored(csn) == before
    assert desk.accept(csn, [second.checksum, first.checksum]).status == 200
    signature = signature_of(desk.stored(csn))
    assert signature is not None
    assert signature.checksums == tuple(sorted((first.checksum, second.checksum)))


def test_the_same_signature_twice_is_the_same_answer(desk: Desk) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    first = desk.accept(csn, checksum)
    before = desk.stored(csn)
    desk.journey.take("Disbursements")
    desk.journey.clock.advance(minutes=5)
    for _ in range(3):
        again = desk.accept(csn, checksum)
        assert (again.status, again.json) == (first.status, first.json)
    assert desk.stored(csn) == before
    assert desk.journey.take("Disbursements") == []


def test_a_signature_is_known_after_the_money_left(desk: Desk) -> None:
    csn = desk.signed()
    desk.journey.move_credit(csn, CreditEvent.DISBURSED)
    assert desk.accept(csn, desk.checksum(csn)).status == 200
    assert desk.journey.credit(csn).status is CreditStatus.DISBURSED


def test_there_is_nothing_to_sign_yet(desk: Desk) -> None:
    answer = desk.accept(desk.approved(), WRONG)
    assert (answer.status, answer.json["code"]) == (409, "contract_not_generated")


def test_a_proposal_past_its_validity_is_not_signed(desk: Desk) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    desk.journey.clock.advance(days=60)
    answer = desk.accept(csn, checksum)
    assert (answer.status, answer.json["code"]) == (409, "proposal_expired")
    assert SIGNATURE not in desk.stored(csn).rows


@pytest.mark.parametrize("event", [CreditEvent.DENIED, CreditEvent.EXPIRED])
def test_a_proposal_that_was_ended_is_not_signed(desk: Desk, event: CreditEvent) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    desk.journey.move_credit(csn, event)
    answer = desk.accept(csn, checksum)
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")
    assert SIGNATURE not in desk.stored(csn).rows


@pytest.mark.parametrize("after", [False, True])
def test_wherever_the_process_dies_the_acceptance_is_whole_or_absent(desk: Desk, after: bool) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    with dying_at(1000, after=after) as calls:
        desk.accept(csn, checksum)
    for position in range(len(calls)):
        csn = desk.generated(cpf=desk_cpf(desk))
        checksum = desk.checksum(csn)
        with dying_at(position, after=after), pytest.raises(ProcessKilled):
            desk.accept(csn, checksum)
        stored = desk.stored(csn)
        contracted = stored.credit.status is CreditStatus.CONTRACTED
        owed = {step.name for step in stored.steps if step.owner == stored.credit.owner}
        assert (SIGNATURE in stored.rows) == contracted
        assert ({StepName.DISBURSE, StepName.SEAL_CONTRACT} <= owed) == contracted
        assert desk.accept(csn, checksum).status == 200
        names = [step.name for step in desk.stored(csn).steps]
        assert names.count(StepName.DISBURSE) == names.count(StepName.SEAL_CONTRACT) == 1


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["right", "list", "wrong", "both", "generate", "seal", "read"]), max_size=8))
def test_any_order_and_repetition_signs_once(desk: Desk, acts: list[str]) -> None:
    csn = desk.generated(cpf=desk_cpf(desk))
    checksum = desk.checksum(csn)
    sent = {"right": checksum, "list": [checksum], "wrong": WRONG, "both": [checksum, WRONG]}
    signed = False
    for act in acts:
        if act in sent:
            answer = desk.accept(csn, sent[act])
            assert answer.status == (200 if act in ("right", "list") else 422)
            signed = signed or act in ("right", "list")
        elif act == "read":
            assert desk.checksum(csn) == checksum
        else:
            assert getattr(desk, act)(csn) == []
        stored = desk.stored(csn)
        assert (stored.credit.status is CreditStatus.CONTRACTED) == signed
        assert (SIGNATURE in stored.rows) == signed
        assert [step.name for step in stored.steps].count(StepName.DISBURSE) == signed
        assert [entry.event for entry in stored.history].count("signed") == signed
        assert len(stored.history) == stored.credit.version


def desk_cpf(desk: Desk) -> str:
    """A CPF that this partner did not register yet."""
    number = len(desk.steps) + 100_000_000
    first = f"{number:09d}"
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        rest = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
        first += str(0 if rest < 2 else 11 - rest)
    return first


NO_SIGNATURES: tuple[tuple[Any, str | None], ...] = (
    ({}, "aceptedCheckSum"),
    ({"logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": None, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": "", "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [], "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [[WRONG]], "logData": LOG_DATA}, None),
    ({"aceptedCheckSum": ["x"], "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": {"acceptedCheckSum": WRONG}, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [{}], "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [{"acceptedCheckSum": {}}], "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [WRONG] * 21, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": [{"acceptedCheckSum": [WRONG] * 50}] * 20, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": 7, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": True, "logData": LOG_DATA}, "aceptedCheckSum"),
    ({"aceptedCheckSum": WRONG}, "logData"),
    ({"aceptedCheckSum": WRONG, "logData": []}, "logData"),
    ({"aceptedCheckSum": WRONG, "logData": {**LOG_DATA, "latitude": 91}}, "logData.latitude"),
    ({"aceptedCheckSum": WRONG, "logData": {**LOG_DATA, "ip": "300.1.1.1"}}, "logData.ip"),
    ({"aceptedCheckSum": WRONG, "logData": {**LOG_DATA, "userAgent": "x\u0000"}}, "logData.userAgent"),
    ({"aceptedCheckSum": WRONG, "logData": {**LOG_DATA, "occurrenceDate": "ontem"}}, "logData.occurrenceDate"),
    ([], "aceptedCheckSum"),
    ([7, None, []], "aceptedCheckSum"),
    ({"items": 7, "logData": LOG_DATA}, "aceptedCheckSum"),
    ("null", None),
    ('"texto"', None),
    ("[[[[", None),
    ("", None),
)


def test_what_is_not_a_signature_is_said_to_be_none(desk: Desk) -> None:
    csn = desk.generated()
    before = desk.stored(csn)
    for body, field in NO_SIGNATURES:
        answer = desk.post(csn, body)
        assert answer.status == 400 if field else answer.status in (400, 422), (body, answer.text)
        assert field is None or field in {error["field"] for error in answer.json["errors"]}, (body, answer.text)
    assert desk.stored(csn) == before


def test_a_body_that_names_another_proposal_than_the_path_signs_none(desk: Desk) -> None:
    csn = desk.generated()
    checksum = desk.checksum(csn)
    answer = desk.accept(csn, checksum, customerServiceNumber="20200101000000000000001")
    assert (answer.status, answer.rules()) == (400, {"customerServiceNumber": "differs_from_path"})
    assert desk.journey.credit(csn).status is CreditStatus.OPERATIONAL_ANALYSIS
    assert desk.accept(csn, checksum, customerServiceNumber=csn).status == 200
    assert desk.journey.credit(csn).status is CreditStatus.CONTRACTED


def test_evidence_is_kept_and_never_logged(desk: Desk, logged: StringIO) -> None:
    csn = desk.signed()
    assert desk.journey.credit(csn).status is CreditStatus.CONTRACTED
    for secret in ("203.0.113.10", "-16.6982", "52998224725"):
        assert secret not in logged.getvalue()


def test_nobody_accepts_tomorrow(desk: Desk) -> None:
    csn = desk.generated()
    log_data = {**LOG_DATA, "occurrenceDate": "2026-11-03T12:05:00.001Z"}
    answer = desk.accept(csn, desk.checksum(csn), logData=log_data)
    assert (answer.status, answer.rules()) == (400, {"logData.occurrenceDate": "in_the_future"})
    assert signature_of(desk.stored(csn)) is None
