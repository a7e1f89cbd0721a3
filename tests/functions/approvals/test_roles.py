"""Who may do what about sales and customers: every role and every operation, as a table, all of it run."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lastro.kernel.callers.caller import Boundary
from lastro.kernel.callers.jobs import Job, opens
from tests.functions.api.described import PATHS, operation_of, route_of
from tests.functions.approvals.conftest import Office
from tests.functions.customers.visitors import staff_of, visit
from tests.functions.invocation import Shop, call_function

YES, NO = True, False
ROLES = ("partner", "manager", "broker", "agency", "customer", "building_manager")
"""The partner's own key, bound to nothing; keys bound to a panel; people of the customers' portal."""
PARTNER_ALONE = (YES, NO, NO, NO, NO, NO)
EVERY_PANEL = (YES, YES, YES, YES, NO, NO)
NO_SELLER = (YES, YES, NO, NO, NO, NO)
MATRIX = {
    "create_approval_rule": NO_SELLER,
    "list_approval_rules": NO_SELLER,
    "get_approval_rule": NO_SELLER,
    "replace_approval_rule": NO_SELLER,
    "evaluate_approval_rule": EVERY_PANEL,
    "put_approval_authority": PARTNER_ALONE,
    "list_approval_authorities": PARTNER_ALONE,
    "create_reservation": EVERY_PANEL,
    "list_reservations": EVERY_PANEL,
    "get_reservation": EVERY_PANEL,
    "decide_reservation": PARTNER_ALONE,
    "cancel_reservation": EVERY_PANEL,
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
MANAGERS, READERS = {Job.MANAGER}, {Job.MANAGER, Job.ANALYST, Job.APPROVER}
WORKING, DECIDING = {Job.MANAGER, Job.ANALYST}, {Job.MANAGER, Job.APPROVER}
SELLING = {Job.BROKER, Job.AGENCY}
PEOPLE = {
    **dict.fromkeys(("create_approval_rule", "replace_approval_rule"), MANAGERS),
    **dict.fromkeys(("put_approval_authority", "put_customer_classes"), MANAGERS),
    **dict.fromkeys(("list_approval_rules", "get_approval_rule", "list_approval_authorities"), READERS),
    **dict.fromkeys(("create_reservation", "cancel_reservation"), WORKING | SELLING),
    **dict.fromkeys(("evaluate_approval_rule", "list_reservations", "get_reservation"), READERS | SELLING),
    **dict.fromkeys(("list_sales", "get_sale", "list_assignments", "get_assignment"), READERS),
    **dict.fromkeys(("create_sale", "create_assignment"), WORKING),
    **dict.fromkeys(("decide_reservation", "decide_assignment"), DECIDING),
    **dict.fromkeys(("list_customers", "find_customer", "get_customer"), READERS),
    **dict.fromkeys(("get_customer_journey", "get_customer_classes", "list_class_changes"), READERS),
    **dict.fromkeys(("create_customer", "update_customer", "put_class_override", "revoke_class_override"), WORKING),
}
"""Who may, of the people that log in to the panel."""
PLACES = ("approval", "reservations", "sales", "assignments", "customer")


def test_the_table_names_every_operation() -> None:
    described = {
        each["operationId"]
        for path, methods in PATHS.items()
        for each in methods.values()
        if path.startswith(tuple(f"/api/v1/{place}" for place in PLACES))
    }
    assert described == set(MATRIX) == set(PEOPLE)


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


@dataclass(frozen=True)
class Member(Shop):
    """Somebody who logged in to the panel, as the authorizer says."""

    job: Job = Job.MANAGER

    @property
    def authorizer(self) -> dict[str, str]:
        of_panel = {"panel": self.job.value} if self.job in SELLING else {}
        return {**super().authorizer, **of_panel, "job": self.job.value, "acts_as": "ana@example.com"}


@pytest.mark.parametrize("operation", PEOPLE)
def test_each_person_does_what_its_job_says(office: Office, operation: str) -> None:
    shop = office.shop
    opened = set()
    for job in Job:
        member = Member(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids, job)
        headers = {"Idempotency-Key": f"{operation}-{job}"} if operation.startswith("create_") else {}
        answer = call_function(route_of(operation).context, operation, shop=member, headers=headers)
        if (answer.status, answer.json["code"] if answer.status >= 400 else "") != (403, "forbidden"):
            opened.add(job)
    assert opened == PEOPLE[operation]


def test_no_job_is_given_what_its_panel_cannot_reach() -> None:
    for path, methods in PATHS.items():
        for method, described in methods.items():
            if any(opens(job, method.upper(), path) for job in SELLING):
                keeps = operation_of(described["operationId"]).entrypoint.keeps
                assert Boundary.PANEL in keeps, described["operationId"]
