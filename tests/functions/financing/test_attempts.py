"""One attempt among others: an offer is taken once, what may be at its bank is waited for, and one alone is dropped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lastro.financing.attempts.states import State
from lastro.financing.bank_work.worker import RETRIES
from lastro.financing.ports import Word
from lastro.kernel.errors import Permanent, Unknown
from lastro.vehicles.wiring import open_loading
from lastro.vendors.banks.itau.client import ItauBank
from sandbox.catalogue import make_catalogue
from tests.functions.financing.conftest import Dealer
from tests.functions.financing.test_bank_words import place_of, tell
from tests.functions.financing.test_kills import lost_and_unknown
from tests.functions.invocation import call_function
from tests.functions.simulations.pipeline import sample_purchase

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


def test_a_proposal_has_the_vehicle_of_the_stock_that_was_simulated(dealer: Dealer) -> None:
    open_loading().load(dealer.shop.partner_id, "\n".join(make_catalogue().splitlines()[:4]).encode())
    described = {"vehicle_model_id": 3, "price_cents": 10_000_000, "chassi_code": "9BWZZZ377VT004251"}
    described |= {"manufacture_year": 2022, "model_year": 2023, "licensing_uf": "SP", "color": "prata"}
    made = call_function(
        "vehicles", "create_vehicle", shop=dealer.shop, body={"vehicle": described}, headers={"Idempotency-Key": None}
    )
    named = {"stock_vehicle_id": made.json["vehicle"]["id"]}
    dealer.simulation = dealer.pipeline.finish(dealer.shop, sample_purchase(vehicle=named))

    other = dealer.ask("create_financing_proposal", body=dealer.wanted(chassi_code="9BWZZZ377VT004252"))
    assert other.rules() == {"proposal.chassi_code": "differs_from_stock"}
    proposed = dealer.propose()
    assert (proposed["chassi_code"], proposed["color"]) == ("9BWZZZ377VT004251", "prata")
    assert (proposed["vehicle_model"]["id"], proposed["fuel"]["id"] > 0) == (3, True)
    changed = dealer.ask(
        "update_financing_proposal",
        path={"proposal_id": proposed["id"]},
        body={"proposal": {"chassi_code": "9BWZZZ377VT004252"}},
    )
    assert changed.rules() == {"proposal.chassi_code": "differs_from_stock"}


def test_a_model_of_the_catalogue_is_shown_with_its_fuel(dealer: Dealer) -> None:
    heading, model = make_catalogue().splitlines()[:2]
    table = f"{heading}\n{model.replace('00000001-1', '02106163-7')}\n"
    open_loading().load(dealer.shop.partner_id, table.encode())
    shown = dealer.propose()
    assert shown["vehicle_model"]["molicar_code"] == "02106163-7"
    assert shown["fuel"]["name"]


def test_what_was_paid_is_asked_about_and_found_returned_without_a_call_of_its_bank(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dealer.propose()
    dealer.take()
    place, key = place_of(dealer, made)
    assert tell(dealer, place, key, 2, versao=5, situacao="PAGA").status == 200
    paid = dealer.read(made["id"])
    assert paid["state"] == "paid"

    async def returned(bank: ItauBank, key: str) -> Word:
        return Word(key, paid["proposal_attempt"]["bank_proposal_identifier"], 6, State.RETURNED)

    monkeypatch.setattr(ItauBank, "find_proposal", returned)

    assert dealer.follow(made["id"], "returned")["proposal_attempt"]["active"] is False


@pytest.mark.parametrize(
    ("fault", "delivery"),
    [
        (None, 1),
        (Permanent("other credentials", code="invalid_bank_credentials"), 1),
        (Unknown("no answer", code="bank_timeout"), RETRIES.attempts),
    ],
)
def test_a_bank_that_does_not_say_where_a_proposal_stands_is_asked_ever_more_seldom(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch, fault: Exception | None, delivery: int
) -> None:
    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose()
    dealer.work()
    asked = []

    async def answer(bank: ItauBank, key: str) -> None:
        asked.append(key)
        if fault is not None:
            raise fault

    with monkeypatch.context() as patch:
        patch.setattr(ItauBank, "find_proposal", answer)
        for _ in range(60):
            dealer.clock.advance(minutes=2)
            dealer.run_schedule("sync_proposals")
            assert dealer.deliver(dealer.take(), attempt=delivery) == []

    assert 3 < len(asked) < 25
    assert dealer.read(made["id"])["state"] == "sent"
