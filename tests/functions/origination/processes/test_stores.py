"""Processes of a store: each store registers, lists and counts for itself; what is of no store is the partner's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lastro.origination.processes.statuses import ProcessEvent
from tests.functions.invocation import CPF, Answer, Shop, call_function
from tests.functions.origination.journey import Journey, sample_body


@dataclass(frozen=True)
class Clerk(Shop):
    """A credential of a partner with stores, bound to those it names or to none."""

    bound: bool = True

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, **({"bound": "stores"} if self.bound else {})}


@dataclass
class Counter:
    """Where one credential asks, for a store or for none."""

    clerk: Clerk
    store_id: int | None = None

    def ask(self, operation: str, **changes: Any) -> Answer:
        headers = {"Idempotency-Key": changes.pop("key", None)}
        return call_function(
            "origination", operation, shop=self.clerk, store_id=self.store_id, headers=headers, **changes
        )

    def sign_up(self, key: str | None = None) -> Answer:
        return self.ask("create_simple_signup", key=key)

    def listed(self) -> list[str]:
        page = self.ask("list_proposals", query={"cpf": CPF}).json
        assert page["next"] is None
        return [each["customerServiceNumber"] for each in page["proposals"]]


@pytest.fixture
def counters(journey: Journey) -> tuple[Counter, Counter, Counter]:
    """The first store's, the second store's, and the partner's own."""
    names = (journey.partner_id, "", "")
    return (
        Counter(Clerk(*names, (1,))),
        Counter(Clerk(*names, (2,))),
        Counter(Clerk(*names, (1, 2), bound=False)),
    )


def test_each_store_registers_a_person_for_itself(counters: tuple[Counter, Counter, Counter]) -> None:
    made = [each.sign_up("a-mesma") for each in counters]
    assert [each.status for each in made] == [201] * 3
    assert len({each.json["id"] for each in made}) == 3
    for counter, own in zip(counters, made, strict=True):
        again = counter.sign_up()
        assert (again.status, again.json["code"]) == (409, "already_registered")
        assert own.json["id"] in again.json["detail"]
        assert counter.ask("get_borrower", query={"cpf": CPF}).json["processId"] == own.json["id"]
    seen = [[each.ask("get_process_status", path={"id": one.json["id"]}).status for one in made] for each in counters]
    assert seen == [[200, 404, 404], [404, 200, 404], [200, 200, 200]]


def test_a_store_lists_counts_and_proposes_its_own(
    journey: Journey, counters: tuple[Counter, Counter, Counter]
) -> None:
    first, _, partner = counters
    csns = []
    for counter in counters:
        process_id = counter.sign_up().json["id"]
        journey.move_process(process_id, ProcessEvent.SIGNUP_COMPLETED)
        proposed = counter.ask("create_proposal", path={"id": process_id}, body=sample_body("create_proposal"))
        assert proposed.status == 201, proposed.text
        csns.append(proposed.json["proposals"][0]["customerServiceNumber"])
    assert [each.listed() for each in counters] == [[csns[0]], [csns[1]], csns[::-1]]
    assert Counter(partner.clerk, 2).listed() == [csns[1]]
    totals = [each.ask("get_proposal_totals").json["total"] for each in (*counters, Counter(partner.clerk, 1))]
    assert totals == [1, 1, 3, 1]
    filtered = first.ask("list_proposals", query={"status": "PRE_PROCESSAMENTO", "productId": "1"}).json
    assert [each["customerServiceNumber"] for each in filtered["proposals"]] == [csns[0]]


def test_an_offer_is_of_its_store(journey: Journey, counters: tuple[Counter, Counter, Counter]) -> None:
    first, second, partner = counters
    product = sample_body("create_proposal")["products"][0]
    asked = {
        **sample_body("simulate_credit"),
        **{"only_simulation": False, "release_date": "2026-11-20", "due_date": "2026-12-20"},
    }
    offer = first.ask("simulate_credit", body=asked)
    assert offer.status in (200, 201), offer.text
    offer_id = offer.json["data"]["offer_id"]
    for counter, code in ((second, "unknown_offer"), (partner, None), (first, None)):
        process_id = counter.sign_up().json["id"]
        journey.move_process(process_id, ProcessEvent.SIGNUP_COMPLETED)
        body = {**sample_body("create_proposal"), "products": [{**product, "offerId": offer_id}]}
        answer = counter.ask("create_proposal", path={"id": process_id}, body=body)
        assert (answer.json.get("code") == "unknown_offer") is (code is not None), answer.text


def test_who_is_bound_to_several_stores_names_one(journey: Journey) -> None:
    clerk = Clerk(journey.partner_id, "", "", (1, 2))
    for operation in ("create_simple_signup", "list_proposals", "get_proposal_totals"):
        answer = Counter(clerk).ask(operation)
        assert (answer.status, answer.rules()) == (400, {"Store-Id": "required"}), operation
    assert Counter(clerk, 2).sign_up().status == 201
    assert Counter(clerk, 3).sign_up().status == 404
