"""Sales of approved reservations, their assignments, and the customer's journey that counts them."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest

from lastro.approvals.assignments.store import AssignmentStore
from lastro.approvals.sales.store import SaleStore
from lastro.aws.dynamodb.keys import surveys as survey_keys
from lastro.aws.dynamodb.table import Table
from lastro.kernel.occurrences import Feature, Occurrence
from tests.functions.approvals.conftest import ALMOST, Office
from tests.functions.approvals.sales import assign, counts, decide, journey, register, sell, show_sale
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Answer, Shop, call_function


def told(table: Table, shop: Shop, feature: Feature, number: int) -> int | None:
    """The customer that an occurrence is about; ``None``: nothing was told."""
    name = Occurrence(shop.partner_id, feature, str(number), str(number), datetime.now(UTC)).name
    item = table.get(survey_keys.occurrence(shop.partner_id, name))
    return item["customer_id"] if item else None


def cancel(shop: Shop, reservation: int) -> Answer:
    path = {"reservation_id": str(reservation)}
    return call_function("approvals", "cancel_reservation", shop=shop, path=path)


def test_a_sale_is_born_of_an_approved_reservation_once(office: Office, people: tuple[int, int, int]) -> None:
    ana, davi, _ = people
    shop = office.shop
    reservation = office.reserve(customer_id=ana).json["reservation"]
    made = sell(shop, reservation["id"], davi, key="uma")
    assert made.status == 201, made.text
    sale = made.json["sale"]
    assert (sale["customer_ids"], sale["unit"], sale["total_cents"]) == ([ana, davi], reservation["unit"], 50_000_000)
    assert [each["amount_cents"] for each in sale["payments"]] == [5_000_000, 11_000_000, 34_000_000]
    assert (sale["paid_cents"], sale["flow"]["signed_on"]) == (50_000_000, "2026-11-10")
    assert show_sale(shop, sale["id"]) == sale
    assert sell(shop, reservation["id"], davi, key="uma").json == made.json
    assert sell(shop, reservation["id"], key="uma").json["code"] == "idempotency_key_reused"
    again = sell(shop, reservation["id"])
    assert (again.status, again.json["code"]) == (409, "reservation_sold")
    assert (counts(shop, ana), counts(shop, davi)) == ((1, 1, 0), (0, 1, 0))


def test_what_is_not_approved_or_not_known_is_not_sold(office: Office, people: tuple[int, int, int]) -> None:
    ana, davi, _ = people
    shop = office.shop
    refused = office.reserve(ALMOST, customer_id=ana).json["reservation"]
    answer = sell(shop, refused["id"])
    assert (answer.status, answer.json["code"]) == (409, "reservation_not_approved")
    assert sell(shop, 999).rules() == {"sale.reservation_id": "not_found"}
    good = office.reserve(customer_id=ana).json["reservation"]["id"]
    faults = sell(shop, good, davi, 888, ana).rules()
    assert faults == {
        "sale.other_customer_ids.1": "not_found",
        "sale.other_customer_ids.2": "repeated",
    }
    for again in (davi, f"0{davi}", f" {davi}"):
        assert sell(shop, good, davi, again).rules() == {"sale.other_customer_ids.1": "repeated"}
    assert sell(shop, good, signed_on="31/02/2026", sold_by="").status == 422
    assert counts(shop, ana) == (2, 0, 0)


def test_what_is_sold_is_not_cancelled_and_what_is_cancelled_not_sold(
    office: Office, people: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, shop = people[0], office.shop
    sold, cancelled, raced = (office.reserve(customer_id=ana).json["reservation"] for _ in range(3))
    sale = sell(shop, sold["id"]).json["sale"]["id"]
    answer = cancel(shop, sold["id"])
    assert (answer.status, answer.json["code"]) == (409, "reservation_not_held")
    assert office.show(sold["id"])["state"] == "sold"
    assert office.reserve(customer_id=ana, unit=sold["unit"]).json["code"] == "unit_reserved"
    assert f"venda {sale}" in sell(shop, sold["id"]).json["detail"]
    assert cancel(shop, cancelled["id"]).status == 200
    assert sell(shop, cancelled["id"]).json["code"] == "reservation_not_approved"
    put_new = SaleStore.put_new

    def cancel_before(store: SaleStore, *arguments: Any) -> bool:
        monkeypatch.setattr(SaleStore, "put_new", put_new)
        assert cancel(shop, raced["id"]).status == 200
        return put_new(store, *arguments)

    monkeypatch.setattr(SaleStore, "put_new", cancel_before)
    assert sell(shop, raced["id"]).json["code"] == "reservation_not_approved"
    assert counts(shop, ana) == (3, 1, 0)


def test_an_approved_assignment_passes_the_sale_on(office: Office, people: tuple[int, int, int]) -> None:
    ana, davi, bia = people
    shop = office.shop
    reservation = office.reserve(customer_id=ana).json["reservation"]["id"]
    sale = sell(shop, reservation, davi).json["sale"]["id"]
    asked = assign(shop, sale, davi, bia, key="uma")
    assert asked.status == 201, asked.text
    assignment = asked.json["assignment"]
    assert (assignment["state"], assignment["unit"]) == ("awaiting_decision", show_sale(shop, sale)["unit"])
    assert assign(shop, sale, davi, bia, key="uma").json == asked.json
    assert show_sale(shop, sale)["open_assignment_id"] == assignment["id"]
    assert show_sale(shop, sale)["customer_ids"] == [ana, davi]
    second = assign(shop, sale, ana, bia)
    assert (second.status, second.json["code"]) == (409, "sale_assigned")
    own = decide(shop, assignment["id"], by=" ANA.souza")
    assert (own.status, own.json["code"]) == (403, "requester_cannot_decide")
    done = decide(shop, assignment["id"])
    assert (done.status, done.json["assignment"]["state"]) == (200, "approved")
    assert [each["by"] for each in done.json["assignment"]["history"]] == ["ana.souza", "bia.lima"]
    again = decide(shop, assignment["id"], verdict="refuse")
    assert (again.status, again.json["code"]) == (409, "assignment_decided")
    assert again.json["detail"] == "Esta cessão não espera decisão: está aprovada."
    assert show_sale(shop, sale)["customer_ids"] == [ana, bia]
    assert [counts(shop, each) for each in people] == [(1, 1, 0), (0, 0, 1), (0, 1, 1)]


def test_a_refused_assignment_leaves_the_sale_where_it_is(office: Office, people: tuple[int, int, int]) -> None:
    ana, davi, bia = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    for came in (davi, bia):
        number = assign(shop, sale, ana, came).json["assignment"]["id"]
        assert decide(shop, number, verdict="refuse").json["assignment"]["state"] == "refused"
    assert (show_sale(shop, sale)["customer_ids"], show_sale(shop, sale)["open_assignment_id"]) == ([ana], None)
    assert [counts(shop, each) for each in people] == [(1, 1, 2), (0, 0, 1), (0, 0, 1)]
    assert assign(shop, sale, davi, bia).rules() == {"assignment.from_customer_id": "not_of_sale"}
    assert assign(shop, sale, ana, ana).rules() == {"assignment.to_customer_id": "holds_sale"}
    assert assign(shop, sale, ana, 999).rules() == {"assignment.to_customer_id": "not_found"}
    assert assign(shop, 999, ana, bia).rules() == {"assignment.sale_id": "not_found"}
    assert assign(shop, sale, ana, bia, assigned_on="2026-11-09").rules() == {"assignment.assigned_on": "before_sale"}
    assert assign(shop, sale, ana, bia, assigned_on="2026-11-10").status == 201


def test_where_authorities_are_named_one_of_them_decides(office: Office, people: tuple[int, int, int]) -> None:
    ana, davi, _ = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    number = assign(shop, sale, ana, davi).json["assignment"]["id"]
    office.authorise("caio.reis", 1)
    assert decide(shop, number).json["code"] == "no_authority"
    assert decide(shop, number, by="CAIO.reis").status == 200


def test_of_two_at_once_one_counts(
    office: Office, people: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the sale before either writes."""
    ana, davi, bia = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    meet, put_new = Barrier(2, timeout=20), AssignmentStore.put_new
    first = {"waits": 2}

    def put_together(store: AssignmentStore, *arguments: Any) -> bool:
        if first["waits"]:
            first["waits"] -= 1
            meet.wait()
        return put_new(store, *arguments)

    monkeypatch.setattr(AssignmentStore, "put_new", put_together)
    answers: list[int] = []
    threads = [
        Thread(target=lambda to=came: answers.append(assign(shop, sale, ana, to).status)) for came in (davi, bia)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201, 409]
    assert sum(counts(shop, each)[2] for each in people) == 2


def test_a_crash_between_leaves_nothing(
    office: Office, people: tuple[int, int, int], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _, _ = people
    shop = office.shop
    reservation = office.reserve(customer_id=ana).json["reservation"]["id"]

    def crash(*_: Any) -> bool:
        raise RuntimeError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(SaleStore, "_commit", crash)
        assert sell(shop, reservation, key="uma").status == 500
    assert counts(shop, ana) == (1, 0, 0)
    assert sell(shop, reservation, key="uma").status == 201
    assert counts(shop, ana) == (1, 1, 0)


def test_the_journey_shows_the_class_below_the_main_data(office: Office) -> None:
    shop = office.shop
    known = register(shop, 1)
    told = journey(shop, known)
    assert list(told) == ["customer", "classification", "assignments", "reservations", "sales"]
    assert (told["customer"]["name"], told["customer"]["cpf"]) == ("Ana Exemplo", "100.000.001-08")
    assert (told["classification"]["class_id"], told["classification"]["criteria_version"]) == (None, 0)
    body = {"customer_classes": {"classes": [{"name": "Demais", "condition": {"known": "born_at"}}]}}
    made = call_function("customers", "put_customer_classes", shop=shop, body=body).json["customer_classes"]
    # Before the sweep reached the customer: the class is that of the criteria as they are.
    told = journey(shop, known)["classification"]
    assert (told["class_id"], told["class_name"]) == (made["classes"][0]["id"], "Demais")
    missing = call_function("customers", "get_customer_journey", shop=shop, path={"customer_id": "999"})
    assert missing.status == 404


def test_sales_and_approved_assignments_are_told_of(office: Office, people: tuple[int, int, int], table: Table) -> None:
    ana, davi, _ = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    number = assign(shop, sale, ana, davi).json["assignment"]["id"]
    assert told(table, shop, Feature.ASSIGNMENT, number) is None
    assert decide(shop, number).status == 200
    assert told(table, shop, Feature.SALE, sale) == ana
    assert told(table, shop, Feature.ASSIGNMENT, number) == davi


def test_other_partners_sell_and_assign_nothing_of_this_one(
    office: Office, people: tuple[int, int, int], open_shop: OpenShop
) -> None:
    ana, davi, _ = people
    shop, other = office.shop, open_shop()
    reservation = office.reserve(customer_id=ana).json["reservation"]["id"]
    assert sell(other, reservation).rules() == {"sale.reservation_id": "not_found"}
    sale = sell(shop, reservation).json["sale"]["id"]
    number = assign(shop, sale, ana, davi).json["assignment"]["id"]
    assert decide(other, number).status == 404
    for name, path in (("get_sale", {"sale_id": str(sale)}), ("get_assignment", {"assignment_id": str(number)})):
        assert call_function("approvals", name, shop=other, path=path).status == 404
    assert call_function("approvals", "list_sales", shop=other, query={"customer_id": str(ana)}).json["sales"] == []
