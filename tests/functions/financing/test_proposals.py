"""A dealer's proposals over the API: opened once from offers that stand, listed, and changed as far as they may be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functions.financing.conftest import Dealer, a_customer, path_of
from tests.functions.invocation import call_function
from tests.functions.simulations.pipeline import sample_purchase


def test_the_same_key_answers_the_first_answer_and_opens_one(dealer: Dealer) -> None:
    body = dealer.wanted()
    first = dealer.ask("create_financing_proposal", body=body, key="uma")
    again = dealer.ask("create_financing_proposal", body=body, key="uma")
    other = dealer.ask("create_financing_proposal", body=dealer.wanted(color="azul"), key="uma")

    assert (first.status, again.text) == (201, first.text)
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(dealer.ask("list_financing_proposals").json["proposals"]) == 1


def test_several_banks_at_once_only_where_they_are_wanted(dealer: Dealer) -> None:
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted("341", "422"))
    assert refused.rules() == {"proposal.proposal_attemps.1.simulation_condition_id": "several_banks"}

    made = dealer.propose("341", "422", several_banks=True)
    dealer.work()

    assert [each["bank"]["febraban_code"] for each in made["proposal_attempts"]] == ["341", "422"]
    twice = dealer.ask("create_proposal_attempt", path=path_of(made), body={"proposal_attempt": dealer.offer("341")})
    assert (twice.status, twice.json["code"]) == (409, "attempt_active")


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"customer_id": 999_999}, {"proposal.customer_id": "unknown_customer"}),
        (
            {"customer_id": 999_999, "seller_id": 999_999},
            {"proposal.customer_id": "unknown_customer", "proposal.seller_id": "unknown_seller"},
        ),
        ({"proposal_attemps": []}, {"proposal.proposal_attemps": "too_short"}),
        ({"license_plate_code": "1"}, {"proposal.license_plate_code": "license_plate"}),
    ],
)
def test_what_cannot_be_proposed_is_told(dealer: Dealer, change: dict[str, Any], rules: dict[str, str]) -> None:
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted(**change))

    assert refused.status == 422
    assert refused.rules() == rules


def test_the_offers_of_a_proposal_come_under_one_of_their_names(dealer: Dealer) -> None:
    body = dealer.wanted()
    [offer] = body["proposal"]["proposal_attemps"]
    both = {"proposal": {**body["proposal"], "proposal_attempts": [offer, offer]}}
    assert dealer.ask("create_financing_proposal", body=both).rules() == {
        "proposal.proposal_attempts": "duplicate_field"
    }
    del both["proposal"]["proposal_attemps"]
    both["proposal"]["proposal_attempts"] = [{**offer, "simulation_condition_id": 999_999}]
    place = "proposal.proposal_attempts.0.simulation_condition_id"
    assert dealer.ask("create_financing_proposal", body=both).rules() == {place: "unknown_offer"}
    both["proposal"]["proposal_attempts"] = [offer]
    assert dealer.ask("create_financing_proposal", body=both).status == 201


def test_offers_stand_exist_and_were_made_to_the_customer(dealer: Dealer) -> None:
    place = "proposal.proposal_attemps.0.simulation_condition_id"
    unknown = {**dealer.offer("341"), "simulation_condition_id": 999_999}
    assert dealer.ask("create_financing_proposal", body=dealer.wanted(proposal_attemps=[unknown])).rules() == {
        place: "unknown_offer"
    }
    other = call_function(
        "customers",
        "create_customer",
        shop=dealer.shop,
        body=a_customer(cpf="111.444.777-35", name="Bia Exemplo"),
        headers={"Idempotency-Key": None},
    ).json["customer"]["id"]
    assert dealer.ask("create_financing_proposal", body=dealer.wanted(customer_id=other)).rules() == {
        place: "other_customer"
    }
    dealer.clock.advance(days=3)
    assert dealer.ask("create_financing_proposal", body=dealer.wanted()).rules() == {place: "offer_expired"}


def test_everything_the_banks_ask_for_and_the_customer_lacks_is_told_at_once(dealer: Dealer) -> None:
    lacking: dict[str, Any] = {"has_cnh": None, "phones": [], "emails": [], "genre_id": None}
    changed = call_function(
        "customers",
        "update_customer",
        shop=dealer.shop,
        path={"customer_id": str(dealer.customer_id)},
        body={"customer": lacking},
    )
    assert changed.status == 200, changed.text

    refused = dealer.ask("create_financing_proposal", body=dealer.wanted())

    assert refused.status == 422
    assert set(refused.rules().values()) == {"required_by_banks"}
    assert "proposal.customer_id.customer.has_cnh" in refused.rules()


def test_a_store_is_named_once(dealer: Dealer) -> None:
    other = dealer.wanted(store_id=999_999)
    assert dealer.ask("create_financing_proposal", body=dealer.wanted(), store_id=None).status == 201
    assert dealer.ask("create_financing_proposal", body=other).rules() == {"proposal.store_id": "two_stores"}
    assert dealer.ask("create_financing_proposal", body=other, store_id=None).status == 403


def test_ownership_is_taken_and_given_back(dealer: Dealer) -> None:
    made = dealer.propose()
    taken = dealer.ask("take_proposal_ownership", path=path_of(made))
    assert taken.json["proposal"]["owner"]
    assert dealer.ask("take_proposal_ownership", path=path_of(made)).status == 200
    left = dealer.ask("leave_proposal_ownership", path=path_of(made))
    assert left.json["proposal"]["owner"] is None
    actions = [each["action"] for each in dealer.ask("list_proposal_activities", path=path_of(made)).json["activities"]]
    assert actions == ["proposal.created", "proposal.owned", "proposal.left"]


def test_comments_are_noted_once_and_counted(dealer: Dealer) -> None:
    made = dealer.propose()
    told = {"comment": "Cliente volta na sexta-feira"}
    first = dealer.ask("comment_proposal", path=path_of(made), body=told, key="c1")
    assert dealer.ask("comment_proposal", path=path_of(made), body=told, key="c1").text == first.text
    assert first.json["activity"]["comment"] == told["comment"]
    assert dealer.read(made["id"])["comments_count"] == 1


def test_a_put_of_nothing_changes_nothing_and_answers_at_the_top(dealer: Dealer) -> None:
    made = dealer.propose()
    same = dealer.ask("update_financing_proposal", path=path_of(made), body={"proposal": None})
    assert same.json["id"] == same.json["proposal"]["id"] == made["id"]
    assert same.json["updated_at"] == made["updated_at"]
    changed = dealer.ask("update_financing_proposal", path=path_of(made), body={"proposal": {"km_mileage": 10}})
    assert changed.json["km_mileage"] == 10
    attempt_id = made["proposal_attempt"]["id"]
    path = {**path_of(made), "attempt_id": attempt_id}
    body = {"object_type": "ProposalAttemp", "id": attempt_id, "raw_response": {"state": "paid"}}
    kept = dealer.ask("update_proposal_attempt", path=path, body=body)
    assert (kept.status, kept.json["id"], kept.json["state"]) == (200, attempt_id, "checagem")
    read = dealer.read(made["id"])
    back = dealer.ask("update_financing_proposal", path=path_of(made), body={"proposal": read})
    assert back.json["proposal"] == read


def test_a_vehicle_that_was_simulated_as_new_has_no_kilometres(dealer: Dealer) -> None:
    vehicle = {**sample_purchase()["simulation"]["vehicle"], "zero_km": True}
    dealer.simulation = dealer.pipeline.finish(dealer.shop, sample_purchase(vehicle=vehicle))
    wrong = {"proposal.km_mileage": "zero_km"}
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted(km_mileage=10))
    assert (refused.status, refused.rules()) == (422, wrong)
    made = dealer.propose(km_mileage=0)
    changed = dealer.ask("update_financing_proposal", path=path_of(made), body={"proposal": {"km_mileage": 10}})
    assert (changed.status, changed.rules()) == (422, wrong)
    assert dealer.read(made["id"])["km_mileage"] == 0


def test_the_list_is_walked_by_its_cursor_and_narrowed(dealer: Dealer) -> None:
    made = []
    for _ in range(3):
        dealer.simulate()
        made.append(dealer.propose())
    ids, cursor = [], None
    for _ in range(4):
        query = {"per_page": "2", **({"cursor": cursor} if cursor else {})}
        page = dealer.ask("list_financing_proposals", query=query).json
        ids += [each["id"] for each in page["proposals"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert ids == [each["id"] for each in reversed(made)]
    assert dealer.ask("list_financing_proposals", query={"state": "paid"}).json["proposals"] == []
    of_customer = dealer.ask("list_financing_proposals", query={"customer_id": str(dealer.customer_id)})
    assert len(of_customer.json["proposals"]) == 3
    assert dealer.ask("list_financing_proposals", query={"cursor": "abc"}).rules() == {"cursor": "cursor"}


def test_an_offer_is_taken_for_the_use_that_it_was_made_for(dealer: Dealer) -> None:
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted(commercial=True))
    assert refused.rules() == {"proposal.commercial": "other_use"}
    made = dealer.propose(several_banks=True)
    dealer.simulation = dealer.pipeline.finish(dealer.shop, sample_purchase(commercial=True))
    body = {"proposal_attempt": dealer.offer("422")}
    refused = dealer.ask("create_proposal_attempt", path={"proposal_id": made["id"]}, body=body)
    assert refused.rules() == {"proposal_attempt.simulation_condition_id": "other_use"}


def test_what_never_changes_of_a_proposal_is_refused_where_it_is_sent_otherwise(dealer: Dealer) -> None:
    made = dealer.propose()
    own = {"store_id": made["store"]["id"], "customer_id": dealer.customer_id, "commercial": False}
    path = {"proposal_id": made["id"]}
    assert dealer.ask("update_financing_proposal", path=path, body={"proposal": own}).status == 200
    wrong = {"store_id": 999_999, "customer_id": 999_999, "commercial": True}
    refused = dealer.ask("update_financing_proposal", path=path, body={"proposal": wrong})
    assert refused.rules() == {f"proposal.{name}": "mismatch" for name in wrong}
