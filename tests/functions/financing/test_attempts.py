"""One attempt among others: an offer is taken once, what may be at its bank is waited for, and one alone is dropped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.functions.financing.conftest import Dealer
from tests.functions.financing.test_kills import lost_and_unknown
from tests.functions.invocation import call_function

Json = dict[str, Any]


def path_of(proposal: Json, attempt: Json | None = None) -> Json:
    return {"proposal_id": proposal["id"], "attempt_id": (attempt or proposal["proposal_attempt"])["id"]}


def drop(dealer: Dealer, proposal: Json, attempt: Json | None = None) -> tuple[int, str | None]:
    answer = dealer.ask("cancel_proposal_attempt", path=path_of(proposal, attempt))
    return answer.status, answer.json["code"] if answer.text else None


def add(dealer: Dealer, proposal: Json, bank: str) -> tuple[int, str | None]:
    answer = dealer.ask(
        "create_proposal_attempt", path={"proposal_id": proposal["id"]}, body={"proposal_attempt": dealer.offer(bank)}
    )
    return answer.status, answer.json.get("code")


def test_an_offer_is_in_one_proposal_at_a_time(dealer: Dealer) -> None:
    made = dealer.propose()
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted())
    assert (refused.status, refused.json["code"]) == (409, "offer_taken")
    assert f"proposta {made['id']}" in refused.text
    other = dealer.propose("422")
    dealer.work()
    assert add(dealer, other, "341") == (409, "offer_taken")

    assert drop(dealer, made) == (204, None)
    dealer.work()
    assert dealer.propose()["id"] > other["id"]


def test_of_two_proposals_at_the_same_moment_one_takes_the_offer(dealer: Dealer) -> None:
    with ThreadPoolExecutor(4) as together:
        answers = list(together.map(lambda _: dealer.ask("create_financing_proposal", body=dealer.wanted()), range(4)))

    assert sorted(each.status for each in answers) == [201, 409, 409, 409]
    assert {each.json["code"] for each in answers if each.status == 409} == {"offer_taken"}
    assert len(dealer.ask("list_financing_proposals").json["proposals"]) == 1


def test_one_attempt_is_dropped_at_its_bank_and_the_proposal_goes_on(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose("341", "422", several_banks=True)
    dealer.work()
    dealer.work()
    assert all(each["bank_proposal_identifier"] for each in dealer.read(made["id"])["proposal_attempts"])
    first, second = made["proposal_attempts"]

    assert [drop(dealer, made, first), drop(dealer, made, first)] == [(204, None), (204, None)]
    dealer.work()

    assert dealer.ledger("341")[-1]["states"] == ["sent", "cancelled"]
    approved = dealer.follow(made["id"], "approved")
    assert [each["state"] for each in approved["proposal_attempts"]] == ["cancelled", "approved"]
    log = dealer.ask("list_proposal_activities", path={"proposal_id": made["id"]}).json["activities"]
    asked = [each for each in log if each["action"] == "attempt.cancel_asked"]
    assert [each["proposal_attempt_id"] for each in asked] == [first["id"]]
    assert drop(dealer, made, {"id": 999_999}) == (404, "proposal_attempt_not_found")
    stranger = dealer.pipeline.open_shop("341")
    path = {name: str(value) for name, value in path_of(made, second).items()}
    other = call_function("financing", "cancel_proposal_attempt", shop=stranger, path=path)
    assert (other.status, other.json["code"]) == (404, "proposal_not_found")


def test_what_ended_has_a_contract_or_was_replaced_is_not_dropped(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["counter_offer", "formalised"]})
    made = dealer.propose()
    replaced = dealer.follow(made["id"], "formalised")
    assert [drop(dealer, replaced, each) for each in replaced["proposal_attempts"]] == [(409, "attempt_ended")] * 2
    dealer.tell_stories("422", {"steps": ["refused"]})
    refused = dealer.propose("422")
    dealer.follow(refused["id"], "refused")
    assert drop(dealer, refused) == (409, "attempt_ended")


def test_a_drop_whose_answer_is_lost_is_looked_up(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    from lastro.kernel.errors import Unknown
    from lastro.vendors.banks.itau.client import ItauBank

    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose()
    dealer.work()
    cancel = ItauBank.cancel_proposal

    async def lost(bank: ItauBank, key: str) -> Any:
        await cancel(bank, key)
        raise Unknown("no answer", code="bank_timeout")

    assert drop(dealer, made) == (204, None)
    with monkeypatch.context() as patch:
        patch.setattr(ItauBank, "cancel_proposal", lost)
        dealer.work()

    assert dealer.follow(made["id"], "cancelled")["proposal_attempt"]["active"] is False
    assert dealer.ledger("341")[-1]["states"] == ["sent", "cancelled"]


def test_nothing_else_is_put_to_a_bank_that_may_have_what_was_given_up(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dealer.propose()
    records = dealer.take()
    with lost_and_unknown(monkeypatch):
        dealer.deliver(records)
        assert drop(dealer, made) == (204, None)
        dealer.clock.advance(minutes=3)
        dealer.deliver(records, attempt=2)
        assert dealer.read(made["id"])["state"] == "cancelled"

        assert add(dealer, made, "341") == (409, "attempt_in_doubt")
        assert dealer.ask("create_financing_proposal", body=dealer.wanted()).json["code"] == "offer_taken"
        for _ in range(2):
            dealer.clock.advance(hours=1)
            dealer.run_schedule("sync_proposals")
            dealer.work()

        assert add(dealer, made, "341") == (201, None)


def test_what_was_paid_is_asked_about_and_found_returned_without_a_call_of_its_bank(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["formalised", "paid", "returned"]})
    made = dealer.propose()
    dealer.follow(made["id"], "paid")

    assert dealer.follow(made["id"], "returned")["proposal_attempt"]["active"] is False
    assert dealer.run_schedule("sync_proposals")["proposals"] == 0
