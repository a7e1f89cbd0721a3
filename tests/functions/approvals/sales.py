"""Sales and their assignments as a partner makes them, and what a customer's journey counts of them."""

from __future__ import annotations

from typing import Any

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
