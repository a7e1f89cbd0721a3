"""Who may do what about sales and customers: every role and every operation, as a table, all of it run."""

from __future__ import annotations

import pytest

from tests.functions.approvals.conftest import Office
from tests.functions.customers.visitors import staff_of, visit
from tests.functions.described import PATHS, route_of
from tests.functions.invocation import Shop, call_function

YES, NO = True, False
ROLES = ("partner", "manager", "broker", "agency", "customer", "building_manager")
"""The partner's own key, bound to nothing; keys bound to a panel; people of the customers' portal."""
PARTNER_ALONE = (YES, NO, NO, NO, NO, NO)
EVERY_PANEL = (YES, YES, YES, YES, NO, NO)
MATRIX = {
    "create_approval_rule": EVERY_PANEL,
    "list_approval_rules": EVERY_PANEL,
    "get_approval_rule": EVERY_PANEL,
    "replace_approval_rule": EVERY_PANEL,
    "evaluate_approval_rule": EVERY_PANEL,
    "put_approval_authority": PARTNER_ALONE,
    "list_approval_authorities": PARTNER_ALONE,
    "create_reservation": PARTNER_ALONE,
    "list_reservations": PARTNER_ALONE,
    "get_reservation": PARTNER_ALONE,
    "decide_reservation": PARTNER_ALONE,
    "cancel_reservation": PARTNER_ALONE,
    "create_sale": PARTNER_ALONE,
    "list_sales": PARTNER_ALONE,
    "get_sale": PARTNER_ALONE,
    "create_assignment": PARTNER_ALONE,
    "list_assignments": PARTNER_ALONE,
    "get_assignment": PARTNER_ALONE,
    "decide_assignment": PARTNER_ALONE,
    "create_customer": PARTNER_ALONE,
    "list_customers": PARTNER_ALONE,
    "find_customer": PARTNER_ALONE,
    "get_customer": PARTNER_ALONE,
    "update_customer": PARTNER_ALONE,
    "get_customer_journey": PARTNER_ALONE,
    "put_customer_classes": PARTNER_ALONE,
    "get_customer_classes": PARTNER_ALONE,
    "put_class_override": PARTNER_ALONE,
    "revoke_class_override": PARTNER_ALONE,
    "list_class_changes": PARTNER_ALONE,
}
PLACES = ("approval", "reservations", "sales", "assignments", "customer")


def test_the_table_names_every_operation() -> None:
    described = {
        each["operationId"]
        for path, methods in PATHS.items()
        for each in methods.values()
        if path.startswith(tuple(f"/api/v1/{place}" for place in PLACES))
    }
    assert described == set(MATRIX)


@pytest.mark.parametrize("operation", MATRIX)
def test_each_role_does_what_the_table_says(office: Office, operation: str) -> None:
    shop = office.shop
    person = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"
    everybody: dict[str, Shop] = {
        "partner": shop,
        **{panel: staff_of(shop, panel) for panel in ("manager", "broker", "agency")},
        **dict.fromkeys(("customer", "building_manager"), visit(shop, person)),
    }
    for role, may in zip(ROLES, MATRIX[operation], strict=True):
        headers = {"Idempotency-Key": f"{operation}-{role}"} if operation.startswith("create_") else {}
        answer = call_function(route_of(operation).context, operation, shop=everybody[role], headers=headers)
        refused = (answer.status, answer.json["code"] if answer.status >= 400 else "") == (403, "forbidden")
        assert refused is not may, (role, answer.text)
