"""Sales of approved reservations, their assignments, and the customer's journey that counts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest

from lastro.approvals.assignments.store import AssignmentStore
from lastro.approvals.reservations.store import ReservationStore
from lastro.approvals.sales.store import SaleStore
from lastro.approvals.wiring import open_personal_data
from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.keys import surveys as survey_keys
from lastro.aws.dynamodb.table import Table
from lastro.customers.people.store import CustomerStore
from lastro.kernel.occurrences import Feature, Occurrence
from lastro.kernel.retention import Record
from lastro.retention.store import RetentionStore
from tests.functions.approvals.conftest import ALMOST, Office
from tests.functions.conftest import OpenShop
from tests.functions.customers.conftest import cpf_of, customer_with
from tests.functions.invocation import Answer, Shop, call_function

LISTS = {"reservations": "list_reservations", "sales": "list_sales", "assignments": "list_assignments"}


def register(shop: Shop, number: int) -> int:
    body = customer_with(cpf=cpf_of(number))
    answer = call_function("customers", "create_customer", shop=shop, body=body, headers={"Idempotency-Key": None})
    assert answer.status == 201, answer.text
    made: int = answer.json["customer"]["id"]
    return made


def sell(shop: Shop, reservation: int, *others: int | str, key: str | None = None, **more: Any) -> Answer:
    sale = {
        "reservation_id": reservation,
        "other_customer_ids": list(others),
        "signed_on": "2026-11-10",
        "sold_by": "ana.souza",
        **more,
    }
    return call_function("approvals", "create_sale", shop=shop, body={"sale": sale}, headers={"Idempotency-Key": key})


def assign(shop: Shop, sale: int, left: int, came: int, key: str | None = None, **more: Any) -> Answer:
    body = {
        "sale_id": sale,
        "from_customer_id": left,
        "to_customer_id": came,
        "assigned_on": "2026-11-20",
        "requested_by": "ana.souza",
        **more,
    }
    headers = {"Idempotency-Key": key}
    return call_function("approvals", "create_assignment", shop=shop, body={"assignment": body}, headers=headers)


def decide(shop: Shop, assignment: int, by: str = "bia.lima", verdict: str = "approve") -> Answer:
    body = {"decision": {"verdict": verdict, "decided_by": by, "justification": "Documentos conferidos"}}
    path = {"assignment_id": str(assignment)}
    return call_function("approvals", "decide_assignment", shop=shop, path=path, body=body)


def told(table: Table, shop: Shop, feature: Feature, number: int) -> int | None:
    """The customer that an occurrence is about; ``None``: nothing was told."""
    name = Occurrence(shop.partner_id, feature, str(number), str(number), datetime.now(UTC)).name
    item = table.get(survey_keys.occurrence(shop.partner_id, name))
    return item["customer_id"] if item else None


def cancel(shop: Shop, reservation: int) -> Answer:
    path = {"reservation_id": str(reservation)}
    return call_function("approvals", "cancel_reservation", shop=shop, path=path)


def show_sale(shop: Shop, sale: int) -> Any:
    return call_function("approvals", "get_sale", shop=shop, path={"sale_id": str(sale)}).json["sale"]


def journey(shop: Shop, customer: int) -> dict[str, Any]:
    answer = call_function("customers", "get_customer_journey", shop=shop, path={"customer_id": str(customer)})
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json["journey"]
    return told


def counts(shop: Shop, customer: int) -> tuple[int, int, int]:
    """Of reservations, sales, assignments: what the journey says, which is what its links list."""
    told = journey(shop, customer)
    found = []
    for name in ("reservations", "sales", "assignments"):
        path, _, query = told[name]["link"].partition("?")
        assert path == f"/api/v1/{name}"
        field, _, value = query.partition("=")
        listed: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            asked = {field: value, "per_page": "2"} | ({"cursor": cursor} if cursor else {})
            page = call_function("approvals", LISTS[name], shop=shop, query=asked).json
            listed += [each["id"] for each in page[name]]
            cursor = page["next_cursor"]
        assert told[name]["count"] == len(listed) == len(set(listed)), name
        found.append(len(listed))
    return found[0], found[1], found[2]


@pytest.fixture
def people(office: Office) -> tuple[int, int, int]:
    return register(office.shop, 1), register(office.shop, 2), register(office.shop, 3)


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


def kept_of(table: Table, shop: Shop, number: int) -> dict[str, Record]:
    """The records of a customer by what they are of."""
    rows = RetentionStore(table).list_records(shop.partner_id, cpf_of(number), after="", limit=50)
    return {retained.record.kind: retained.record for _, retained in rows}


def test_the_end_of_a_customers_part_leaves_the_others(
    office: Office, people: tuple[int, int, int], table: Table
) -> None:
    ana, davi, bia = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"], davi).json["sale"]["id"]
    of_sales, of_assignments = open_personal_data()[1:]
    held = kept_of(table, shop, 1)["sale"]
    waiting = assign(shop, sale, davi, bia).json["assignment"]["id"]
    assert "sale" not in kept_of(table, shop, 3)
    # Nothing ends while an assignment waits.
    assert (of_sales.end(held), of_assignments.end(kept_of(table, shop, 2)["assignment"])) == (False, False)
    assert decide(shop, waiting).status == 200
    assert ("sale" in kept_of(table, shop, 2), "sale" in kept_of(table, shop, 3)) == (False, True)
    assert (of_sales.end(held), of_sales.end(held), of_sales.look(held)) == (True, True, None)
    assert show_sale(shop, sale)["customer_ids"] == [bia]
    assert [counts(shop, each) for each in people] == [(1, 0, 0), (0, 0, 1), (0, 1, 1)]
    assert of_assignments.end(kept_of(table, shop, 2)["assignment"])
    path = {"assignment_id": str(waiting)}
    shown = call_function("approvals", "get_assignment", shop=shop, path=path).json["assignment"]
    assert (shown["from_customer_id"], shown["to_customer_id"], shown["state"]) == (None, bia, "approved")
    assert [counts(shop, each) for each in people] == [(1, 0, 0), (0, 0, 0), (0, 1, 1)]
    assert of_assignments.end(kept_of(table, shop, 3)["assignment"])
    assert of_sales.end(kept_of(table, shop, 3)["sale"])
    for name, number in (("sale", sale), ("assignment", waiting)):
        path = {f"{name}_id": str(number)}
        assert call_function("approvals", f"get_{name}", shop=shop, path=path).status == 404
    assert [counts(shop, each) for each in people] == [(1, 0, 0), (0, 0, 0), (0, 0, 0)]


def test_who_changes_a_sale_while_a_part_ends_is_not_overrun(
    office: Office, people: tuple[int, int, int], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, davi, _ = people
    shop = office.shop
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    of_sales, held = open_personal_data()[1], kept_of(table, shop, 1)["sale"]
    erase = SaleStore.erase

    def assign_before(store: SaleStore, *arguments: Any) -> bool:
        monkeypatch.setattr(SaleStore, "erase", erase)
        assert assign(shop, sale, ana, davi).status == 201
        return erase(store, *arguments)

    monkeypatch.setattr(SaleStore, "erase", assign_before)
    assert of_sales.end(held) is False
    assert show_sale(shop, sale)["customer_ids"] == [ana]
    assert kept_of(table, shop, 1)["sale"] == held


def rows_of(table: Table, shop: Shop, customer: int) -> list[str]:
    return [row["SK"] for row in table.query(customer_keys.customer(shop.partner_id, customer).pk)]


@pytest.mark.parametrize("what", ["reservation", "sale", "assignment"])
@pytest.mark.parametrize("counted", [False, True])
def test_a_customer_that_is_erased_meanwhile_is_refused_and_leaves_nothing(
    what: str,
    counted: bool,
    office: Office,
    people: tuple[int, int, int],
    table: Table,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Erased between what was read of it and the write."""
    ana, davi, _ = people
    shop = office.shop
    if counted:
        assert office.reserve(customer_id=davi, unit="302").status == 201
    reservation = office.reserve(customer_id=ana).json["reservation"]["id"]
    acts: dict[str, tuple[Callable[[], Answer], Any]] = {
        "reservation": (lambda: office.reserve(customer_id=davi, unit="303"), ReservationStore),
        "sale": (lambda: sell(shop, reservation, davi), SaleStore),
        "assignment": (lambda: assign(shop, sell(shop, reservation).json["sale"]["id"], ana, davi), AssignmentStore),
    }
    act, store = acts[what]
    put_new = store.put_new

    def erase_first(*arguments: Any) -> bool:
        customers = CustomerStore(table)
        if known := customers.find(shop.partner_id, davi):
            assert customers.erase(known)
        return bool(put_new(*arguments))

    monkeypatch.setattr(store, "put_new", erase_first)
    answer = act()
    assert answer.status == 422, answer.text
    assert rows_of(table, shop, davi) == []


def test_no_sale_passes_to_who_is_erased_while_it_is_decided(
    office: Office, people: tuple[int, int, int], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, davi, _ = people
    shop, customers = office.shop, CustomerStore(table)
    sale = sell(shop, office.reserve(customer_id=ana).json["reservation"]["id"]).json["sale"]["id"]
    assignment = assign(shop, sale, ana, davi).json["assignment"]["id"]
    replace = AssignmentStore.replace

    def erase_first(*arguments: Any) -> bool:
        if known := customers.find(shop.partner_id, davi):
            assert customers.erase(known)
        return replace(*arguments)

    monkeypatch.setattr(AssignmentStore, "replace", erase_first)
    refused = decide(shop, assignment)
    assert (refused.status, refused.json["code"]) == (409, "assignee_gone"), refused.text
    assert show_sale(shop, sale)["customer_ids"] == [ana]
    assert decide(shop, assignment, verdict="refuse").status == 200


def test_who_is_counted_while_it_is_erased_is_erased_by_the_next(
    office: Office, people: tuple[int, int, int], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _, _ = people
    shop, customers = office.shop, CustomerStore(table)
    known = customers.find(shop.partner_id, ana)
    assert known is not None
    delete_many = Table.delete_many

    def reserve_behind(each: Table, found: Any) -> None:
        delete_many(each, found)
        assert office.reserve(customer_id=ana, unit="301").status == 201

    def reserve_before(each: Table, found: Any) -> None:
        assert office.reserve(customer_id=ana, unit="302").status == 201
        delete_many(each, found)

    # Before the other rows go and behind them; what was counted before stays with what came meanwhile.
    for reserved, meanwhile in enumerate((reserve_behind, reserve_before), start=1):
        with monkeypatch.context() as patched:
            patched.setattr(Table, "delete_many", meanwhile)
            assert not customers.erase(known)
        assert counts(shop, ana) == (reserved, 0, 0)
    assert customers.erase(known)
    assert rows_of(table, shop, ana) == []
