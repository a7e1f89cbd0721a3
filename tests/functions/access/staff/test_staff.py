"""People of the panel: who they are by their tokens, what their jobs open, and how the operator makes them."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.stub import Stubber

from lastro.access.staff.store import StaffStore
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys.access import staff_member
from lastro.aws.dynamodb.table import Table
from lastro.aws.entrypoints.requests import read_caller
from lastro.kernel.callers.jobs import GRANTS, Area, Job, opens
from lastro.kernel.errors import Conflict, InvalidInput, NotFound
from lastro.operator.command import create_person, disable_person, list_people, open_registration
from tests.clock import MovableClock
from tests.functions.access.authorizer.test_authorize_tokens import authorize, encode, refuse
from tests.functions.access.staff.staff_account import EMAIL, Person
from tests.functions.emulation.user_pool import KEY_ID, Publisher, sign
from tests.functions.invocation import ROOT, Shop, call_function, load_function, sample_event

STAFF = "https://cognito-idp.sa-east-1.amazonaws.com/sa-east-1_Staff1"


def token_of(person: Person, clock: MovableClock, **changes: Any) -> str:
    now = int(clock.moment.timestamp())
    claims = {
        "iss": STAFF,
        "client_id": "staff-client",
        "token_use": "access",
        "username": f"{person['partner_id']}.{person['person_id']}",
        "cognito:groups": [person["job"]],
        "origin_jti": "login-7",
        "auth_time": now,
        "exp": now + 600,
        **changes,
    }
    message = f"{encode({'alg': 'RS256', 'kid': KEY_ID})}.{encode(claims)}"
    return f"{message}.{base64.urlsafe_b64encode(sign(message.encode())).decode().rstrip('=')}"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    from lastro.aws.pools import published_keys

    standing = Publisher()
    monkeypatch.setattr(published_keys, "URLLib3Session", lambda **_: standing)
    return standing


@pytest.fixture
def known(person: Person, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Person:
    """The person, at an authorizer whose pool publishes the tests' key."""
    from lastro.access import wiring

    monkeypatch.setenv("LASTRO_STAFF_POOL", "sa-east-1_Staff1")
    monkeypatch.setenv("LASTRO_STAFF_CLIENT", "staff-client")
    wiring.open_identity.cache_clear()
    wiring._pools.cache_clear()
    load_function.cache_clear()
    return person


def test_a_person_is_known_by_partner_stores_job_and_itself(known: Person, shop: Shop, clock: MovableClock) -> None:
    context = authorize(token_of(known, clock))["context"]
    assert context == {
        "partner_id": shop.partner_id,
        "store_ids": ",".join(map(str, shop.store_ids)),
        "principal": known["person_id"],
        "scopes": "*",
        "job": "manager",
        "acts_as": EMAIL,
        "until": int(clock.moment.timestamp()) + 600,
    }
    caller = read_caller({"requestContext": {"authorizer": context}})
    assert (caller.principal, caller.job, caller.person) == (known["person_id"], "manager", "")


def test_a_person_reads_who_it_is(known: Person, shop: Shop, clock: MovableClock) -> None:
    context = authorize(token_of(known, clock))["context"]
    event = sample_event("access", "get_current_user")
    event["requestContext"]["authorizer"] = context
    answer = load_function("access", "get_current_user").handler(event, SimpleNamespace(function_name="x"))
    user = json.loads(answer["body"])["user"]
    assert (user["uuid"], user["email"], user["role"]["identifier"]) == (known["person_id"], EMAIL, "manager")
    assert user["account"]["name"] == user["account_name"]
    assert user["account"]["id"] != user["id"]


@pytest.mark.parametrize(
    "changes",
    [
        {"cognito:groups": []},
        {"cognito:groups": ["analyst"]},
        {"cognito:groups": ["manager", "operator"]},
        {"client_id": "portal-client"},
        {"iss": "https://cognito-idp.sa-east-1.amazonaws.com/sa-east-1_Portal1"},
        {"token_use": "id"},
        {"exp": 1},
        {"username": "gerente@example.com"},
        {"username": "00000000-0000-0000-0000-000000000000.00000000-0000-0000-0000-000000000000"},
    ],
)
def test_any_other_token_opens_nothing(known: Person, clock: MovableClock, changes: dict[str, Any]) -> None:
    refuse(token_of(known, clock, **changes))


def test_somebody_who_is_disabled_is_let_in_no_more(known: Person, shop: Shop, clock: MovableClock) -> None:
    token = token_of(known, clock)
    authorize(token)
    # Its own pool is asked to end every login as well.
    with Stubber(open_client("cognito-idp")) as stubber:
        for call in ("admin_disable_user", "admin_user_global_sign_out") * 2:
            stubber.add_response(call, {})
        ended = disable_person(open_registration(), shop.partner_id, known["person_id"])
        again = disable_person(open_registration(), shop.partner_id, known["person_id"])
    assert ended["disabled_at"] == again["disabled_at"] is not None
    refuse(token)
    [listed] = list_people(open_registration(), shop.partner_id)["people"]
    assert listed["disabled_at"] == ended["disabled_at"]
    # Its address is free, and in five years nobody knows any more who it was.
    row = Table().get(staff_member(shop.partner_id, known["person_id"]))
    assert row is not None
    assert row["expires"] == int((clock.now() + timedelta(days=1825)).timestamp())
    assert StaffStore(Table()).find_login(EMAIL) is None


def test_brokers_see_their_panel_and_the_stores_they_are_bound_to(
    pool: str, known: Person, shop: Shop, clock: MovableClock
) -> None:
    [store] = shop.store_ids[:1]
    broker = {**known}
    from lastro.access.staff.model import StaffMember

    number = "7c1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"
    StaffStore(Table()).put(
        StaffMember(number, 77, shop.partner_id, "Bia", "bia@example.com", Job.BROKER, clock.now(), (store,))
    )
    broker |= {"person_id": number, "job": "broker"}
    context = authorize(token_of(broker, clock))["context"]
    assert (context["bound"], context["panel"], context["store_ids"]) == ("stores", "broker", str(store))


@pytest.mark.parametrize(
    "path", ["bulletins", "bulletins/{bulletin_id}/receipts", "surveys", "surveys/{survey_id}/sent"]
)
def test_board_and_surveys_are_kept_by_managers_and_read_by_who_sells(path: str) -> None:
    readers, writers = ([job.value for job in Job if opens(job, way, f"/api/v1/{path}")] for way in ("GET", "POST"))
    assert (readers, writers) == (["manager", "broker", "agency"], ["manager"])


@pytest.mark.parametrize(
    ("path", "readers", "writers"),
    [
        ("vehicles/{vehicle_id}", "manager analyst approver broker agency", "manager analyst"),
        ("vehicle_prices/{vehicle_model_id}", "manager analyst approver broker agency", "manager analyst"),
        ("banks_api/simulations", "manager analyst approver broker agency", "manager analyst broker agency"),
        ("bureaus", "manager analyst approver operator", "manager operator"),
        ("bureau_integrations/{integration_id}", "manager analyst approver operator", "manager operator"),
        ("bureau_inquiries", "manager analyst approver", "manager analyst"),
        ("bureau_arrivals/{arrival_id}/resolution", "manager analyst approver", "manager analyst"),
        ("negativations/{negativation_id}/approval", "manager analyst approver", "manager approver"),
        ("negativations/{negativation_id}/removal", "manager analyst approver", "manager analyst"),
        ("collection_parameters/{branch_id}", "manager analyst approver operator", "manager operator"),
    ],
)
def test_areas_are_worked_with_by_their_jobs(path: str, readers: str, writers: str) -> None:
    opened = [" ".join(job for job in Job if opens(job, way, f"/api/v1/{path}")) for way in ("GET", "POST")]
    assert opened == [readers, writers]


def test_the_panel_offers_what_the_api_grants() -> None:
    shown = json.loads((ROOT / "panel/src/app/rights.json").read_text(encoding="utf-8"))
    assert shown == {
        area.value: {
            "reads": [job.value for job in Job if area in GRANTS[job].reads],
            "writes": [job.value for job in Job if area in GRANTS[job].writes],
        }
        for area in Area
    }


def test_who_reads_a_report_may_have_it_as_a_file() -> None:
    document = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))
    reports = [path for path in document["paths"] if path.endswith("/files")]
    assert len(reports) == 4
    for report in reports:
        read, filed = ({job for job in Job if opens(job, way, report)} for way in ("GET", "POST"))
        assert read == filed, report


@pytest.mark.parametrize(
    ("job", "opened"),
    [("manager", True), ("analyst", False), ("approver", True), ("broker", False), ("operator", False), ("boss", None)],
)
def test_the_job_decides_which_calls_open(shop: Shop, job: str, opened: bool | None) -> None:
    event = sample_event("origination", "decide_proposal")
    event["requestContext"]["authorizer"] = {**shop.authorizer, "job": job}
    answer = load_function("origination", "decide_proposal").handler(event, SimpleNamespace(function_name="x"))
    if opened is None:
        assert answer["statusCode"] == 500
    else:
        assert (answer["statusCode"] == 403) is not opened


def test_an_address_belongs_to_one_person(person: Person, shop: Shop) -> None:
    with pytest.raises(Conflict, match="logs in with this address"):
        create_person(open_registration(), shop.partner_id, "Outro", EMAIL.upper(), "analyst")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "gerente"}, "email"), ({"name": " "}, "name"), ({"stores": [987654]}, "store")],
)
def test_a_wrong_person_is_refused(pool: str, shop: Shop, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_person(open_registration(), **{"partner_id": shop.partner_id, **WHOLE, **changes})
    assert [error.field for error in refused.value.errors] == [field]


WHOLE: dict[str, Any] = {"name": "Ana", "email": "ana@example.com", "job": "analyst"}


def test_people_of_no_partner_are_refused(pool: str, shop: Shop) -> None:
    with pytest.raises(NotFound):
        create_person(open_registration(), "none", "Ana", "ana@example.com", "analyst")
    with pytest.raises(NotFound):
        list_people(open_registration(), "none")
    with pytest.raises(NotFound):
        disable_person(open_registration(), shop.partner_id, "none")


def test_who_calls_with_a_key_is_the_partner_as_before(shop: Shop) -> None:
    user = call_function("access", "get_current_user", shop=shop).json["user"]
    assert (user["uuid"], user["email"]) == (shop.partner_id, None)
