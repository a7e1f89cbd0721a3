"""Who may do what at the portal: every role and every operation, as a table, all of it run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.customers.people.store import CustomerStore
from lastro.customers.portal.store import PortalStore
from lastro.customers.service import KnownPeople
from lastro.kernel.calendar import CLOCK
from lastro.surveys.sending import Sending
from lastro.surveys.store import SurveyStore
from tests.functions.api.described import PATHS, route_of
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.visitors import PERSON, admit, schedule, staff_of, visit
from tests.functions.emulation.process import REGION
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Answer, Shop

YES, NO = "yes", "no"
ABSENT = "absent"
"""May ask, and nobody here has one."""
PLAIN, MASKED = "plain", "masked"
ROLES = ("manager", "broker", "agency", "customer", "building_manager")
MATRIX = {
    "get_registration_schedule": (YES, YES, YES, NO, NO),
    "put_registration_schedule": (YES, NO, NO, NO, NO),
    "create_portal_person": (YES, NO, NO, NO, NO),
    "list_portal_people": (PLAIN, MASKED, MASKED, NO, NO),
    "end_portal_person": (YES, NO, NO, NO, NO),
    "report_registration_changes": (PLAIN, MASKED, MASKED, NO, NO),
    "export_registration_changes": (YES, YES, YES, NO, NO),
    "create_bulletin": (YES, NO, NO, NO, NO),
    "replace_bulletin": (YES, NO, NO, NO, NO),
    "withdraw_bulletin": (YES, NO, NO, NO, NO),
    "list_bulletins": (YES, YES, YES, NO, NO),
    "get_bulletin": (YES, YES, YES, NO, NO),
    "list_bulletin_receipts": (YES, YES, YES, NO, NO),
    "create_survey": (YES, NO, NO, NO, NO),
    "replace_survey": (YES, NO, NO, NO, NO),
    "create_survey_event": (YES, NO, NO, NO, NO),
    "list_surveys": (YES, YES, YES, NO, NO),
    "get_survey": (YES, YES, YES, NO, NO),
    "report_survey": (YES, YES, YES, NO, NO),
    "list_sent_surveys": (PLAIN, MASKED, MASKED, NO, NO),
    "export_survey": (YES, YES, YES, NO, NO),
    "list_own_surveys": (NO, NO, NO, YES, YES),
    "answer_survey": (NO, NO, NO, YES, YES),
    "list_own_contracts": (NO, NO, NO, YES, YES),
    "get_own_contract": (NO, NO, NO, ABSENT, ABSENT),
    "list_own_bulletins": (NO, NO, NO, YES, YES),
    "read_own_bulletin": (NO, NO, NO, YES, YES),
    "count_unread_bulletins": (NO, NO, NO, YES, YES),
    "get_own_registration": (NO, NO, NO, PLAIN, PLAIN),
    "put_own_registration": (NO, NO, NO, PLAIN, PLAIN),
    "get_registration_update": (NO, NO, NO, PLAIN, PLAIN),
    "confirm_registration": (NO, NO, NO, PLAIN, PLAIN),
    "postpone_registration": (NO, NO, NO, PLAIN, PLAIN),
    "end_portal_login": (NO, NO, NO, YES, YES),
}
SECRET = "ana@example.com"


@pytest.fixture
def portal(call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> dict[str, Shop]:
    """Everybody by role, in one partner's portal where somebody changed something."""
    for files in ("INQUIRIES", "CONTRACTS"):
        monkeypatch.setenv(f"LASTRO_{files}_BUCKET", "role-reports")
    open_whole_client("s3").create_bucket(
        Bucket="role-reports", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    schedule(call, shop)
    ana = admit(call, shop)
    sue = admit(call, shop, kind="building_manager", login_email="sindica@example.com")
    changed = {"portal_person": {**PERSON, "email": "outra@example.com"}}
    assert call("customers", "put_own_registration", shop=ana, body=changed).status == 200
    everybody = {"bulletin": {"kind": "diversos", "title": "Aviso", "paragraphs": ["Um texto."]}}
    assert call("customers", "create_bulletin", shop=shop, body=everybody).json["bulletin"]["id"] == 1
    everything = {"survey": {"name": "A", "question": "B", "triggers": ["ticket"]}}
    assert call("surveys", "create_survey", shop=shop, body=everything).json["survey"]["id"] == 1
    people = KnownPeople(CustomerStore(Table()), PortalStore(Table()))
    for who in (ana, sue):
        told = {"survey_event": {"feature": "ticket", "service_id": who.person, "portal_person_id": who.person}}
        headers = {"Idempotency-Key": who.person}
        assert call("surveys", "create_survey_event", shop=shop, body=told, headers=headers).status == 202
    assert Sending(SurveyStore(Table()), people, CLOCK).run(date(2026, 11, 3))["surveys_sent"] == 2
    _answer(call, ana, SECRET)
    staff = {panel: staff_of(shop, panel) for panel in ROLES[:3]}
    return {**staff, "customer": ana, "building_manager": sue}


def test_the_table_names_every_operation_of_the_portal() -> None:
    described = {
        each["operationId"]
        for path, methods in PATHS.items()
        for each in methods.values()
        if path.startswith(("/api/v1/portal", "/api/v1/registration_", "/api/v1/bulletins", "/api/v1/survey"))
        and each["security"]
    }
    assert described == set(MATRIX)


@pytest.mark.parametrize("operation", MATRIX)
def test_each_role_does_what_the_table_says(call: Call, portal: dict[str, Shop], operation: str) -> None:
    for role, wanted in zip(ROLES, MATRIX[operation], strict=True):
        answer = _ask(call, portal, operation, role)
        if wanted == NO:
            assert answer.status == 403, (role, answer.text)
            assert SECRET not in answer.text
        elif wanted == ABSENT:
            assert (answer.status, answer.json["code"]) == (404, "unknown_proposal"), (role, answer.text)
        else:
            assert answer.status < 300, (role, answer.text)
            assert wanted == YES or (SECRET in answer.text) is (wanted == PLAIN), (role, answer.text)


def _ask(call: Call, portal: dict[str, Shop], operation: str, role: str) -> Answer:
    who, headers = portal[role], {"Idempotency-Key": f"{operation}-{role}"}
    match operation:
        case "create_portal_person":
            body = {"portal_person": {**PERSON, "login_email": f"{role}@example.com"}}
            return call("customers", operation, shop=who, headers=headers, body=body)
        case "export_registration_changes":
            return call("customers", operation, shop=who, headers=headers, body={"report": {"format": "csv"}})
        case "end_portal_person":
            person_id = portal["building_manager"].authorizer["person"]
            return call("customers", operation, shop=who, path={"person_id": person_id})
        case "put_own_registration":
            return call("customers", operation, shop=who, body={"portal_person": {**PERSON, "rg": "1"}})
        case "get_registration_update" | "confirm_registration" | "postpone_registration" | "get_own_registration":
            call("customers", "put_own_registration", shop=who, body={"portal_person": PERSON})
        case "replace_survey":
            body = {"survey": {"name": "C", "question": "D", "triggers": ["ticket"]}}
            return call("surveys", operation, shop=who, body=body)
        case "create_survey_event":
            told = {"feature": "ticket", "service_id": "1", "portal_person_id": portal["customer"].authorizer["person"]}
            return call("surveys", operation, shop=who, body={"survey_event": told}, headers=headers)
        case "answer_survey":
            return _answer(call, who, SECRET)
        case "create_survey" | "export_survey":
            return call("surveys", operation, shop=who, headers=headers)
    return call(route_of(operation).context, operation, shop=who)


def _answer(call: Call, who: Shop, text: str) -> Answer:
    """An answer to the first survey that somebody was sent, or to one that there is not."""
    own = call("surveys", "list_own_surveys", shop=who)
    sent_id = own.json["surveys"][0]["id"] if own.status == 200 else "0b6f2d0e-0000-4a7e-9d5f-6f1c1b1f7a10"
    body = {"answer": {"score": 9, "text": text}}
    return call("surveys", "answer_survey", shop=who, path={"sent_survey_id": sent_id}, body=body)


def test_another_partner_and_another_person_find_nothing(
    call: Call, portal: dict[str, Shop], open_shop: OpenShop
) -> None:
    other = open_shop()
    person_id = portal["customer"].authorizer["person"]
    assert call("customers", "list_portal_people", shop=other).json["portal_people"] == []
    assert call("customers", "report_registration_changes", shop=other).json["registration_changes"] == []
    assert call("customers", "end_portal_person", shop=other, path={"person_id": person_id}).status == 404
    assert call("customers", "get_own_registration", shop=visit(other, person_id)).status == 404
    unknown = replace(visit(other, person_id), person="0b6f2d0e-0000-4a7e-9d5f-6f1c1b1f7a10")
    assert call("customers", "get_own_registration", shop=unknown).status == 404


def test_a_credential_bound_to_stores_is_kept_out(call: Call, shop: Shop) -> None:
    bound = staff_of(shop, "manager", bound=True)
    for operation in ("report_registration_changes", "list_portal_people", "get_registration_schedule"):
        assert call("customers", operation, shop=bound).status == 403
