"""A dealer's proposals over the API: opened once, sent once, told of by banks, and only the store's own."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from lastro.access.staff.store import StaffStore
from lastro.aws.dynamodb.table import Table
from lastro.kernel.callers.jobs import Job
from tests.clock import START
from tests.functions.access.staff.test_list_sellers import employ
from tests.functions.customers.visitors import staff_of
from tests.functions.emulation.process import TABLE
from tests.functions.financing.conftest import Dealer, a_customer
from tests.functions.invocation import Shop, call_function
from tests.functions.simulations.pipeline import sample_purchase


def path_of(proposal: dict[str, Any]) -> dict[str, Any]:
    return {"proposal_id": proposal["id"]}


def test_a_proposal_is_kept_then_sent_and_followed_to_its_payment(dealer: Dealer) -> None:
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


def test_the_same_key_answers_the_first_answer_and_opens_one(dealer: Dealer) -> None:
    body = dealer.wanted()
    first = dealer.ask("create_financing_proposal", body=body, key="uma")
    again = dealer.ask("create_financing_proposal", body=body, key="uma")
    other = dealer.ask("create_financing_proposal", body=dealer.wanted(color="azul"), key="uma")

    assert (first.status, again.text) == (201, first.text)
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(dealer.ask("list_financing_proposals").json["proposals"]) == 1


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


def test_the_seller_is_one_of_the_store_and_named(dealer: Dealer) -> None:
    made = dealer.propose()
    sellers = call_function("access", "list_sellers", shop=dealer.shop, query=None).json["users"]
    assert made["seller"] == {"id": dealer.seller_id, "name": sellers[0]["name"]}

    table = Table(TABLE)
    ana = employ(table, dealer.shop, "Ana", Job.BROKER, *dealer.shop.store_ids).number
    elsewhere = employ(table, dealer.shop, "Davi", Job.BROKER, 999_999).number
    former = employ(table, dealer.shop, "Caio", Job.ANALYST)
    StaffStore(table).disable(former, START)
    path = path_of(made)
    for number in (elsewhere, former.number, 999_999):
        for operation, body in (
            ("update_financing_proposal", {"proposal": {"seller_id": number, "color": "azul"}}),
            ("create_financing_proposal", dealer.wanted("422", seller_id=number)),
        ):
            refused = dealer.ask(operation, path=path if operation.startswith("update") else {}, body=body)
            assert (refused.status, refused.rules()) == (422, {"proposal.seller_id": "unknown_seller"})
    assert dealer.read(made["id"])["seller"]["id"] == dealer.seller_id
    assert dealer.read(made["id"])["color"] is None

    changed = dealer.ask("update_financing_proposal", path=path, body={"proposal": {"seller_id": ana}})
    assert changed.json["seller"] == {"id": ana, "name": "Ana"}
    for left_out in ({"color": "azul"}, {"seller_id": None}):
        kept = dealer.ask("update_financing_proposal", path=path, body={"proposal": left_out})
        assert kept.json["seller"] == {"id": ana, "name": "Ana"}
    absent = dealer.wanted("422")
    del absent["proposal"]["seller_id"]
    assert "proposal.seller_id" in dealer.ask("create_financing_proposal", body=absent).rules()


def test_who_sells_sees_the_proposals_of_its_own_panel(dealer: Dealer) -> None:
    shop = dealer.shop
    seller, other = staff_of(shop, "broker"), staff_of(shop, "agency")
    foreign = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted())
    assert foreign.rules() == {"proposal.proposal_attemps.0.simulation_condition_id": "unknown_offer"}
    [store_id] = shop.store_ids
    dealer.pipeline.create_lead(seller, store_id)
    dealer.simulation = dealer.pipeline.finish(seller)
    made = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted()).json["complete_proposal"]
    seen = {
        who: [each["id"] for each in dealer.ask("list_financing_proposals", shop=each_shop).json["proposals"]]
        for who, each_shop in {"partner": shop, "own": seller, "other": other}.items()
    }
    assert seen == {"partner": [made["id"]], "own": [made["id"]], "other": []}
    for operation in ("get_financing_proposal", "list_proposal_activities", "take_proposal_ownership"):
        assert dealer.ask(operation, shop=other, path=path_of(made)).status == 404, operation
        assert dealer.ask(operation, shop=seller, path=path_of(made)).status == 200, operation
    assert taken(dealer, seller) == taken(dealer, shop) == f"proposta {made['id']}"


def test_who_may_not_see_a_proposal_is_told_that_the_offer_is_taken_and_no_more(dealer: Dealer) -> None:
    shop = dealer.shop
    seller = staff_of(shop, "broker")
    [store_id] = shop.store_ids
    dealer.pipeline.create_lead(seller, store_id)
    dealer.simulation = dealer.pipeline.finish(seller)
    made = dealer.ask("create_financing_proposal", shop=shop, body=dealer.wanted()).json["complete_proposal"]
    assert taken(dealer, shop) == f"proposta {made['id']}"
    assert taken(dealer, seller) == "proposta que"
    other = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted("422")).json["complete_proposal"]
    attempt = {"proposal_attempt": dealer.offer("341")}
    refused = dealer.ask("create_proposal_attempt", shop=seller, path=path_of(other), body=attempt)
    assert (refused.status, refused.json["code"]) == (409, "offer_taken")
    assert not any(letter.isdigit() for letter in refused.json["detail"])


def taken(dealer: Dealer, shop: Shop) -> str:
    """Which proposal a refusal names to whoever asks for an offer that is taken."""
    refused = dealer.ask("create_financing_proposal", shop=shop, body=dealer.wanted())
    assert (refused.status, refused.json["code"]) == (409, "offer_taken")
    [named] = re.findall(r"proposta \w+", refused.json["detail"])
    return str(named)


def test_the_pages_of_who_sells_tell_nothing_of_other_panels(dealer: Dealer) -> None:
    shop = dealer.shop
    broker, agency = staff_of(shop, "broker"), staff_of(shop, "agency")
    [store_id] = shop.store_ids
    made: dict[str, list[int]] = {"broker": [], "agency": [], "": []}
    for seller in (broker, agency):
        dealer.pipeline.create_lead(seller, store_id)
    for panel, asking in (("broker", broker), ("agency", agency), ("", shop), ("broker", broker), ("", shop)):
        dealer.simulation = dealer.pipeline.finish(asking)
        body = dealer.wanted(webhook_url="http://127.0.0.1:9/avisos")
        answer = dealer.ask("create_financing_proposal", shop=asking, body=body)
        made[panel].insert(0, answer.json["complete_proposal"]["id"])
        dealer.clock.advance(seconds=1)

    def walk(context: str, operation: str, rows: str, asking: Shop, per_page: int) -> list[list[str]]:
        pages: list[list[str]] = []
        cursor = None
        while len(pages) < 20:
            query = {"per_page": str(per_page), **({"cursor": cursor} if cursor else {})}
            page = call_function(context, operation, shop=asking, query=query).json
            pages.append([str(each.get("subject", each["id"])) for each in page[rows]])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        return pages

    def proposals(asking: Shop, per_page: int = 1) -> list[list[str]]:
        return walk("financing", "list_financing_proposals", "proposals", asking, per_page)

    newest, oldest = (str(each) for each in made["broker"])
    # Full pages, and the last is known as such: what others made leaves no gap and no cursor behind.
    assert proposals(broker) == [[newest], [oldest]]
    assert proposals(agency) == [[str(each)] for each in made["agency"]]
    assert len(proposals(shop, per_page=2)) == 3

    def told(asking: Shop, per_page: int = 1) -> list[list[str]]:
        return walk("webhooks", "list_deliveries", "deliveries", asking, per_page)

    subject = f"proposal-{shop.partner_id}-"
    for bound in (False, True):
        assert told(staff_of(shop, "broker", bound=bound)) == [[subject + newest], [subject + oldest]]
        assert told(staff_of(shop, "agency", bound=bound)) == [[f"{subject}{made['agency'][0]}"]]
    seen = [each for page in told(shop, per_page=2) for each in page]
    assert sorted(seen) == sorted(f"{subject}{number}" for each in made.values() for number in each)
    [mine] = call_function("webhooks", "list_deliveries", shop=agency).json["deliveries"]
    for asking, status in ((broker, 404), (agency, 202)):
        again = call_function("webhooks", "resend_delivery", shop=asking, path={"id": mine["id"]}, body=None)
        assert again.status == status


def test_another_partners_proposal_is_not_found(dealer: Dealer) -> None:
    made = dealer.propose()
    stranger = dealer.pipeline.open_shop("341")
    for operation in ("get_financing_proposal", "take_proposal_ownership", "cancel_financing_proposal"):
        answer = dealer.ask(operation, shop=stranger, path=path_of(made))
        assert (answer.status, answer.json["code"]) == (404, "proposal_not_found")
    assert json.loads(dealer.ask("list_financing_proposals", shop=stranger).text)["proposals"] == []


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
