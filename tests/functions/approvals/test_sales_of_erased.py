"""Reservations, sales and assignments of a customer whose part ends, and whoever meets its end halfway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lastro.approvals.assignments.store import AssignmentStore
from lastro.approvals.reservations.store import ReservationStore
from lastro.approvals.sales.store import SaleStore
from lastro.approvals.wiring import open_personal_data
from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import Table
from lastro.customers.people.store import CustomerStore
from lastro.kernel.retention import Record
from lastro.retention.store import RetentionStore
from tests.functions.approvals.conftest import Office
from tests.functions.approvals.sales import assign, counts, decide, sell, show_sale
from tests.functions.customers.conftest import cpf_of
from tests.functions.invocation import Answer, Shop, call_function


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


def erase_customer(customers: CustomerStore, shop: Shop, number: int) -> bool:
    """False when somebody was writing it; one that is gone stays so."""
    known = customers.find(shop.partner_id, number)
    leaving = customers.begin_erasure(known, []) if known else None
    if leaving:
        customers.erase(leaving)
    return known is None or leaving is not None


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
        assert erase_customer(CustomerStore(table), shop, davi)
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
        assert erase_customer(customers, shop, davi)
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
    commit = Table.commit
    units = ["301", "302"]

    def reserve_before(each: Table, writes: Any) -> bool:
        patched.setattr(Table, "commit", commit)
        assert office.reserve(customer_id=ana, unit=units.pop()).status == 201
        return commit(each, writes)

    # The first count of all, and one more: what was counted before stays with what came meanwhile.
    for reserved in (1, 2):
        with monkeypatch.context() as patched:
            patched.setattr(Table, "commit", reserve_before)
            assert not erase_customer(customers, shop, ana)
        assert counts(shop, ana) == (reserved, 0, 0)
    assert erase_customer(customers, shop, ana)
    assert rows_of(table, shop, ana) == []
