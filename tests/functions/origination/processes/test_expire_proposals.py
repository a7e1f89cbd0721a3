"""GET /v2/process/status/{id}, POST /v2.1/process/expire_proposals/{id}, and the expiry of what ran out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from lastro.kernel.calendar import local_date
from lastro.origination.processes.lapses.expiry import ProposalExpiry
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditEvent, ProcessEvent
from lastro.origination.wiring import open_expiry
from tests.functions.invocation import CPF
from tests.functions.origination.journey import PRINCIPAL, Journey

TO_SIGNATURE = (CreditEvent.PRE_APPROVED, CreditEvent.DOCUMENTS_COMPLETED, CreditEvent.APPROVED)


@pytest.fixture
def expiry(journey: Journey) -> ProposalExpiry:
    return open_expiry()


def test_status_shows_the_whole_process(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.clock.advance(seconds=2)
    journey.move_credit(csn, CreditEvent.DENIED)
    journey.move_process(process_id, ProcessEvent.PROPOSAL_DENIED)
    answer = journey.status(process_id)
    assert answer.status == 200
    assert (answer.json["status"], answer.json["lastUpdated"]) == ("PROPOSAL_DENIED", "2026-11-03T12:00:02.000Z")
    [proposal] = answer.json["proposals"]
    assert (proposal["customerServiceNumber"], proposal["lastStatus"]) == (csn, "REPROVADO")


def test_the_fifty_first_call_of_an_hour_is_refused(journey: Journey) -> None:
    process_id = journey.ready()
    for _ in range(49):
        assert journey.status(process_id).status == 200
    # Contract, signature, status and expiry count together.
    assert journey.expire(process_id).status == 409
    journey.clock.advance(minutes=20)
    for answer in (journey.status(process_id), journey.expire(process_id)):
        assert (answer.status, answer.json["code"]) == (429, "client_blocked")
        assert answer.headers["Retry-After"] == str(40 * 60 + 1)
    assert journey.call("get_borrower", query={"cpf": CPF}).json["isBlocked"] is True
    journey.clock.advance(minutes=40)
    assert journey.status(process_id).status == 200


def test_expired_proposals_make_room_for_new_ones(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    journey.take("Notices")
    journey.clock.advance(seconds=5)
    answer = journey.expire(process_id)
    assert answer.status == 200
    assert answer.json == {
        "id": process_id,
        "status": "SIGNUP_COMPLETED",
        "cpf": CPF,
        "name": "Fulana d'Tal",
        "dateCreated": "2026-11-03T12:00:00.000Z",
        "lastUpdated": "2026-11-03T12:00:05.000Z",
        "reasons": [],
    }
    stored = journey.store.find_credit(csn)
    assert stored is not None
    assert (stored.credit.status, stored.history[-1].who, stored.history[-1].why) == (
        "EXPIRADO",
        PRINCIPAL,
        "expire_proposals",
    )
    assert [message["id"] for message in journey.take("Notices")] == [process_id]
    assert journey.propose(process_id).status == 201


def test_a_body_is_not_needed(journey: Journey) -> None:
    for body in ("", None, "{}", '{"reason": "x"}'):
        process_id, _ = journey.proposed(cpf=next(_cpfs))
        assert journey.call("expire_proposals", path={"id": process_id}, body=body).status == 200


_cpfs = iter(["529.982.247-25", "111.444.777-35", "00000000191", "123.456.789-09"])


def test_expiry_has_its_turn(journey: Journey) -> None:
    process_id = journey.ready()
    early = journey.expire(process_id)
    assert (early.status, early.json["code"]) == (409, "wrong_state")
    journey.propose(process_id)
    assert journey.expire(process_id).status == 200
    assert journey.expire(process_id).json["code"] == "wrong_state"


def test_what_is_signed_does_not_expire(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    journey.move_credit(csn, *TO_SIGNATURE, CreditEvent.SIGNED)
    nothing = journey.expire(process_id)
    assert (nothing.status, nothing.json["code"]) == (409, "nothing_to_expire")
    assert journey.propose(process_id).status == 201
    assert journey.expire(process_id).status == 200
    statuses = [proposal["lastStatus"] for proposal in journey.status(process_id).json["proposals"]]
    assert statuses == ["CONTRATADO", "EXPIRADO"]


def test_a_proposal_lapses_when_its_validity_has_passed(journey: Journey, expiry: ProposalExpiry) -> None:
    process_id, csn = journey.proposed()

    def lapsed() -> list[str]:
        return list(journey.store.list_lapsed(journey.clock.now()))

    # What is printed as valid until 3 December is, to the end of that day in São Paulo.
    [proposal] = journey.status(process_id).json["proposals"]
    last = datetime.fromisoformat(proposal["validUntil"])
    assert local_date(last) == date(2026, 12, 3)
    journey.clock.moment = last - timedelta(milliseconds=1)
    assert csn not in lapsed()
    assert expiry.lapse(csn) is False
    journey.clock.moment = last
    assert expiry.lapse(csn) is False
    journey.clock.moment += timedelta(milliseconds=1)
    assert csn in lapsed()
    assert expiry.lapse(csn) is True
    assert expiry.lapse(csn) is False
    assert csn not in lapsed()
    assert journey.credit(csn).status == "EXPIRADO"
    assert journey.process(process_id).status == "SIGNUP_COMPLETED"


def test_one_lapsed_proposal_leaves_the_others(journey: Journey, expiry: ProposalExpiry) -> None:
    process_id, first = journey.proposed()
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    journey.clock.moment += timedelta(days=29)
    changed = {"releaseDate": "2026-12-03", "dueDate": "2027-01-04"}
    product = {"type": "CAAS", "productId": 1, "installments": 2, "monthlyTax": 2, "value": 500, **changed}
    second = journey.propose(process_id, products=[product]).json["proposals"][1]["customerServiceNumber"]
    journey.clock.moment += timedelta(days=2)
    assert expiry.lapse(first) is True
    assert journey.credit(second).status in BEFORE_CONTRACT
    assert journey.process(process_id).status == "PROPOSAL_ANALYSIS"


def test_a_signed_or_unknown_proposal_does_not_lapse(journey: Journey, expiry: ProposalExpiry) -> None:
    _, csn = journey.proposed()
    journey.move_credit(csn, *TO_SIGNATURE, CreditEvent.SIGNED)
    journey.clock.moment += timedelta(days=31)
    assert csn not in list(journey.store.list_lapsed(journey.clock.now()))
    assert expiry.lapse(csn) is False
    assert expiry.lapse("0" * 23) is False
