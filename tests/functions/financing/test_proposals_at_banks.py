"""A dealer's proposals at their banks: sent once, told of, countered, refused, and dropped."""

from __future__ import annotations

import json

import pytest

from tests.functions.financing.conftest import Dealer, path_of


def test_a_proposal_is_kept_then_sent_and_followed_to_its_payment(
    dealer: Dealer, capsys: pytest.CaptureFixture[str]
) -> None:
    dealer.tell_stories("341", {"steps": ["in_analysis", "approved", "formalised", "paid"]})
    made = dealer.propose(chassi_code="9BWZZZ377VT004251", color="prata")

    assert (made["object_type"], made["state"], made["sent_to_bank"]) == ("CdcProposal", "checagem", False)
    attempt = made["proposal_attempt"]
    assert (attempt["object_type"], attempt["active"], attempt["state"]) == ("ProposalAttemp", True, "checagem")
    assert attempt["bank"]["febraban_code"] == "341"
    assert made["customer"]["cpf"] == "529.982.247-25"
    assert dealer.work() == []
    assert dealer.read(made["id"])["sent_to_bank"] is True

    paid = dealer.follow(made["id"], "paid")

    attempt = paid["proposal_attempt"]
    [entry] = dealer.ledger("341")[-1:]
    assert attempt["bank_proposal_identifier"] == entry["number"]
    assert attempt["formalization"]["lien_registration_number"].startswith("SNG")
    assert attempt["active"] is True
    assert entry["financed_amount"] == attempt["financed_amount_in_cents"]
    log = dealer.ask("list_proposal_activities", path=path_of(made)).json["activities"]
    assert [each["id"] for each in log] == list(range(1, len(log) + 1))
    assert log[0]["action"] == "proposal.created"
    assert "attempt.paid" in [each["action"] for each in log]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"AttemptsMoved"' in line]
    moved = [line["status"] for line in lines for _ in line["AttemptsMoved"]]
    # What a bank said between two looks is seen as where that leads.
    assert (moved[:2], moved[-1], len(moved)) == (["checagem", "sent"], "paid", len(set(moved)))


def test_two_deliveries_and_a_lost_message_send_one_proposal(dealer: Dealer) -> None:
    made = dealer.propose()
    before = len(dealer.ledger("341"))
    records = dealer.take()
    dealer.deliver(records)
    dealer.deliver(records, attempt=2)
    assert len(dealer.ledger("341")) == before + 1
    second = dealer.propose("422")
    dealer.take()  # the message is lost
    dealer.clock.advance(minutes=3)
    dealer.run_schedule("sync_proposals")
    dealer.work()

    assert dealer.read(made["id"])["sent_to_bank"] is True
    assert dealer.read(second["id"])["sent_to_bank"] is True


def test_a_time_out_after_the_effect_is_looked_up_and_sent_once(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"sending": "timeout_after_effect"})
    before = len(dealer.ledger("341"))
    made = dealer.propose()

    dealer.work()

    assert dealer.read(made["id"])["sent_to_bank"] is True
    assert len(dealer.ledger("341")) == before + 1


def test_an_unstable_bank_is_asked_again(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"sending": "unstable", "times": 1})
    made = dealer.propose()
    records = dealer.take()

    assert dealer.deliver(records) != []
    assert dealer.read(made["id"])["state"] == "checagem"
    dealer.clock.advance(minutes=3)
    assert dealer.deliver(records, attempt=2) == []
    assert dealer.read(made["id"])["sent_to_bank"] is True


def test_what_the_bank_refuses_before_any_effect_fails_and_may_be_tried_again(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"sending": "validation_error", "times": 1})
    made = dealer.propose()
    dealer.work()

    failed = dealer.read(made["id"])["proposal_attempt"]
    assert (failed["state"], failed["active"]) == ("failed", False)
    assert failed["integration_error"]["error"] == "bank_validation_error"
    again = dealer.ask("create_proposal_attempt", path=path_of(made), body={"proposal_attempt": dealer.offer("341")})
    assert again.status == 201
    dealer.work()
    assert dealer.read(made["id"])["sent_to_bank"] is True


def test_an_offer_that_no_bank_got_while_it_stood_fails(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"sending": "unstable"})
    made = dealer.propose()
    records = dealer.take()
    dealer.deliver(records)
    dealer.clock.advance(days=3)
    dealer.deliver(records, attempt=2)

    failed = dealer.read(made["id"])["proposal_attempt"]
    assert failed["integration_error"]["error"] == "offer_expired"


def test_a_counter_offer_replaces_the_attempt(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["counter_offer", "formalised"]})
    made = dealer.propose()
    formalised = dealer.follow(made["id"], "formalised")

    old, new = formalised["proposal_attempts"]
    assert (old["state"], old["active"]) == ("approved_with_another_condition", False)
    assert (new["state"], new["active"]) == ("formalised", True)
    assert old["replaced_by_proposal_attempt_id"] == new["id"]
    assert new["replaces_proposal_attempt_id"] == old["id"]
    assert new["input_financing_in_cents"] > old["input_financing_in_cents"]
    one = dealer.ask("get_proposal_attempt", path={**path_of(made), "attempt_id": new["id"]})
    assert one.json["proposal_attempt"] == new


def test_a_refusal_has_its_reason_and_lets_another_bank_be_asked(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["refused"]})
    made = dealer.propose()
    busy = dealer.ask("create_proposal_attempt", path=path_of(made), body={"proposal_attempt": dealer.offer("422")})
    assert (busy.status, busy.json["code"]) == (409, "another_bank_active")
    refused = dealer.follow(made["id"], "refused")
    assert refused["proposal_attempt"]["refusal_reason"] == "credit_not_approved"

    added = dealer.ask("create_proposal_attempt", path=path_of(made), body={"proposal_attempt": dealer.offer("422")})

    assert added.status == 201
    assert dealer.follow(made["id"], "approved")["proposal_attempt"]["bank"]["febraban_code"] == "422"
    listed = dealer.ask("list_proposal_attempts", path=path_of(made)).json["proposal_attempts"]
    assert [each["state"] for each in listed] == ["refused", "approved"]


def test_what_was_never_sent_is_dropped_at_once(dealer: Dealer) -> None:
    before = len(dealer.ledger("341"))
    made = dealer.propose()
    assert dealer.ask("cancel_financing_proposal", path=path_of(made)).status == 204
    assert dealer.ask("cancel_financing_proposal", path=path_of(made)).status == 204
    dealer.work()
    assert dealer.read(made["id"])["state"] == "cancelled"
    assert len(dealer.ledger("341")) == before


def test_what_a_bank_has_is_dropped_there(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose()
    dealer.work()
    assert dealer.ask("cancel_financing_proposal", path=path_of(made)).status == 204
    dealer.work()
    assert dealer.read(made["id"])["state"] == "cancelled"
    assert dealer.ledger("341")[-1]["states"] == ["sent", "cancelled"]


def test_a_contract_is_not_dropped(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["formalised"]})
    made = dealer.propose()
    dealer.follow(made["id"], "formalised")
    refused = dealer.ask("cancel_financing_proposal", path=path_of(made))
    assert (refused.status, refused.json["code"]) == (409, "proposal_ended")
