"""People of the panel: logging in, renewing and ending a login, and what the authorizer makes of their tokens."""

from __future__ import annotations

import base64
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.stub import Stubber

from lastro.access.staff.login import COOKIE, read_cookie
from lastro.access.staff.store import StaffStore
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys.access import staff_member
from lastro.aws.dynamodb.table import Table
from lastro.aws.entrypoints.requests import read_caller
from lastro.aws.pools.staff_pool import Challenge, PoolRefusal, Refused, StaffPool, Tokens
from lastro.kernel.callers.jobs import GRANTS, Area, Job, opens
from lastro.kernel.errors import Conflict, InvalidInput, NotFound
from lastro.operator.command import create_person, disable_person, list_people, open_registration
from tests.clock import MovableClock
from tests.functions.access.test_authorize_tokens import authorize, encode, refuse
from tests.functions.invocation import ROOT, Shop, call_function, load_function, sample_event
from tests.functions.user_pool import KEY_ID, Publisher, sign

PASSWORD = "Exemplo-de-Senha-1"
EMAIL = "gerente@example.com"
Person = dict[str, Any]


@pytest.fixture
def pool(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> str:
    """A user pool with the groups of the template's."""
    client = open_client("cognito-idp")
    pool_id = str(client.create_user_pool(PoolName="staff")["UserPool"]["Id"])
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = client.create_user_pool_client(UserPoolId=pool_id, ClientName="panel", ExplicitAuthFlows=flows)
    for job in ("manager", "analyst", "approver", "broker", "agency", "operator"):
        client.create_group(UserPoolId=pool_id, GroupName=job)
    monkeypatch.setenv("LASTRO_STAFF_POOL", pool_id)
    monkeypatch.setenv("LASTRO_STAFF_CLIENT", made["UserPoolClient"]["ClientId"])
    load_function.cache_clear()
    from lastro.access import wiring

    wiring.open_staff_login.cache_clear()
    return pool_id


@pytest.fixture
def person(pool: str, shop: Shop, clock: MovableClock) -> Person:
    return create_person(open_registration(), shop.partner_id, "Gil", EMAIL, "manager", lasting_password=PASSWORD)


def ask(operation: str, body: Any = None, *, source: str = "203.0.113.10", **headers: str) -> Any:
    event = sample_event("access", operation)
    event["requestContext"]["identity"]["sourceIp"] = source
    event["headers"] = {"X-Lastro-Panel": "1", **headers}
    if body is not None:
        event["body"] = json.dumps(body)
    answer = load_function("access", operation).handler(event, SimpleNamespace(function_name=operation))
    return SimpleNamespace(
        status=answer["statusCode"],
        headers=answer["headers"],
        json=json.loads(answer["body"]) if answer["body"] else None,
    )


def log_in(email: str = EMAIL, password: str = PASSWORD, *, source: str = "203.0.113.10") -> Any:
    return ask("create_session", {"email": email, "password": password}, source=source)


def test_a_right_password_gives_a_short_token_and_a_cookie_that_no_script_reads(person: Person) -> None:
    answer = log_in(" Gerente@Example.com ")
    assert answer.status == 200
    assert set(answer.json) == {"access_token", "expires_in"}
    [(name, cookie)] = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert (name, cookie["path"], cookie["samesite"]) == (COOKIE, "/", "Strict")
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["domain"] == ""
    assert cookie.value not in json.dumps(answer.json)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "outra"), ("ninguem@example.com", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(person: Person, email: str, password: str) -> None:
    answer = log_in(email, password)
    assert (answer.status, answer.json["code"]) == (401, "wrong_login")
    assert answer.json["detail"] == "O e-mail ou a senha está errado."
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("email", [EMAIL, "ninguem@example.com"])
def test_an_outsider_shuts_nobody_out(
    person: Person, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """The pool shuts out whoever has five wrong passwords: one source tells it four of an address, side by side too."""
    asked: list[str] = []
    known = StaffPool.log_in

    def note(pool: StaffPool, username: str, password: str) -> Tokens | Challenge:
        asked.append(password)
        return known(pool, username, password)

    monkeypatch.setattr(StaffPool, "log_in", note)
    for _ in range(6):
        log_in(source="198.51.100.1")  # a right one does not count
    assert len(asked) == 6
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: log_in(email, "errada", source="198.51.100.1"), range(12)))
    codes = Counter(answer.json["code"] for answer in answers)
    assert codes == {"wrong_login": 4, "too_many_logins": 8}
    assert asked.count("errada") == 4
    assert log_in(email, source="198.51.100.1").json["code"] == "too_many_logins"
    # Whoever it is gets in from elsewhere, and from there too once the pool forgot.
    assert log_in(source="203.0.113.10").status == 200
    wait = next(each.headers["Retry-After"] for each in answers if each.status == 429)
    clock.advance(seconds=int(wait))
    assert log_in(source="198.51.100.1").status == 200


def test_wrong_passwords_now_and_then_shut_nobody_out(
    person: Person, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool counts on until fifteen minutes pass without a wrong one, whatever the clock says."""
    told: list[float] = []

    def refuse_later(pool: StaffPool, username: str, password: str) -> Tokens:
        told.append(clock.now().timestamp())
        raise PoolRefusal(Refused.WRONG)

    monkeypatch.setattr(StaffPool, "log_in", refuse_later)
    for gap in (895, 1, 1, 1, 1, 1, 1, 600, 299, 1, 899, 840, 899, 899, 899, 1, 959, 1, 1):
        clock.advance(seconds=gap)
        log_in(password="errada")
    streak, longest = 1, 1
    for before, after in pairwise(told):
        streak = streak + 1 if after - before <= 900 else 1
        longest = max(longest, streak)
    assert (longest, len(told)) == (4, 11)


def test_what_the_pool_did_not_compare_counts_for_nobody(person: Person) -> None:
    with Stubber(open_client("cognito-idp")) as stubber:
        for _ in range(5):
            stubber.add_client_error("initiate_auth", "TooManyRequestsException")
        assert [log_in().status for _ in range(5)] == [429] * 5
    assert log_in().status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": EMAIL},
        {"email": "gerente", "password": PASSWORD},
        {"email": "a@b.c@d.e", "password": PASSWORD},
        {"email": EMAIL, "password": ""},
        {"email": EMAIL, "password": "x" * 257},
        {"email": [EMAIL], "password": PASSWORD},
    ],
)
def test_what_is_no_login_is_refused_before_the_pool_is_asked(person: Person, body: Any) -> None:
    assert ask("create_session", body).status == 422


def test_the_first_password_must_be_replaced(pool: str, shop: Shop, clock: MovableClock) -> None:
    made = create_person(open_registration(), shop.partner_id, "Ana", EMAIL, "analyst")
    asked = log_in(password=made["password"])
    assert (asked.status, asked.json["challenge"]) == (200, "NEW_PASSWORD_REQUIRED")
    assert "Set-Cookie" not in asked.headers
    answer = ask("answer_challenge", {"email": EMAIL, **asked.json, "answer": PASSWORD})
    assert (answer.status, "Set-Cookie" in answer.headers) == (200, True)
    assert log_in().status == 200
    assert log_in(password=made["password"]).status == 401


def test_a_login_is_renewed_by_its_cookie_alone(person: Person) -> None:
    cookie = log_in().headers["Set-Cookie"].partition(";")[0]
    renewed = ask("renew_session", Cookie=f"outro=1; {cookie}")
    assert (renewed.status, set(renewed.json)) == (200, {"access_token", "expires_in"})
    for other in ({}, {"Cookie": "outro=1"}, {"Cookie": f"{COOKIE}=inventado"}, {"Cookie": f"{cookie}; {cookie}2"}):
        answer = ask("renew_session", **other)
        assert (answer.status, answer.json["code"]) == (401, "login_over"), other


@pytest.mark.parametrize("operation", ["create_session", "answer_challenge"])
@pytest.mark.parametrize("header", [None, "", "2"])
def test_a_form_of_another_site_logs_nobody_in(person: Person, operation: str, header: str | None) -> None:
    """A form may send JSON as ``text/plain``, and a cookie of its answer would stay: in somebody else's login."""
    event = sample_event("access", operation)
    event["headers"] = {"Content-Type": "text/plain", "Origin": "https://outro.example"}
    event["headers"] |= {"X-Lastro-Panel": header} if header is not None else {}
    told = {"challenge": "SOFTWARE_TOKEN_MFA", "session": "s" * 20, "answer": "123456", "panel": "1"}
    event["body"] = json.dumps({"email": EMAIL, "password": PASSWORD, **told})
    answer = load_function("access", operation).handler(event, SimpleNamespace(function_name=operation))
    assert answer["statusCode"] == 422
    assert "Set-Cookie" not in answer["headers"]


@pytest.mark.parametrize("operation", ["renew_session", "end_session"])
@pytest.mark.parametrize("header", [{"X-Lastro-Panel": "2"}, {"X-Lastro-Panel": ""}])
def test_a_page_of_another_site_renews_and_ends_nothing(person: Person, operation: str, header: dict[str, str]) -> None:
    cookie = log_in().headers["Set-Cookie"].partition(";")[0]
    assert ask(operation, **{"Cookie": cookie, **header}).status == 422


def test_ending_a_login_revokes_it_and_takes_the_cookie_back(person: Person, pool: str) -> None:
    with Stubber(open_client("cognito-idp")) as stubber:
        stubber.add_response("revoke_token", {})
        answer = ask("end_session", Cookie=f"{COOKIE}=abc")
        stubber.add_client_error("revoke_token", "NotAuthorizedException")
        again = ask("end_session", Cookie=f"{COOKIE}=abc")
        stubber.assert_no_pending_responses()
    assert (answer.status, again.status, ask("end_session").status) == (204, 204, 204)
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "fault", ["UnauthorizedException", "UnsupportedTokenTypeException", "InvalidParameterException"]
)
def test_a_cookie_that_the_pool_makes_nothing_of_is_taken_back(pool: str, fault: str) -> None:
    with Stubber(open_client("cognito-idp")) as stubber:
        stubber.add_client_error("revoke_token", fault)
        answer = ask("end_session", Cookie=f"{COOKIE}=abc")
    assert answer.status == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("SoftwareTokenMFANotFoundException", 401, "wrong_login"),
        ("MFAMethodNotFoundException", 401, "wrong_login"),
        ("ConcurrentModificationException", 429, "too_many_logins"),
        ("InternalErrorException", 503, "service_busy"),
        ("UserPoolTaggingException", 500, "internal_error"),
    ],
)
def test_what_the_pool_says_of_an_answer_is_told_as_what_it_is(pool: str, fault: str, status: int, code: str) -> None:
    told = {"email": EMAIL, "challenge": "SOFTWARE_TOKEN_MFA", "session": "s" * 20, "answer": "123456"}
    with Stubber(open_client("cognito-idp")) as stubber:
        stubber.add_client_error("respond_to_auth_challenge", fault)
        answer = ask("answer_challenge", told)
    assert (answer.status, answer.json["code"]) == (status, code)


@pytest.mark.parametrize("fault", ["TooManyRequestsException", "LimitExceededException"])
def test_a_pool_that_is_asked_too_much_says_when_to_come_back(person: Person, pool: str, fault: str) -> None:
    with Stubber(open_client("cognito-idp")) as stubber:
        stubber.add_client_error("initiate_auth", fault)
        answer = log_in()
    assert (answer.status, answer.json["code"], answer.headers["Retry-After"]) == (429, "too_many_logins", "30")


def test_a_code_of_an_authenticator_is_asked_for_and_enrolled_first(person: Person, pool: str) -> None:
    with Stubber(open_client("cognito-idp")) as stubber:
        stubber.add_response("initiate_auth", {"ChallengeName": "MFA_SETUP", "Session": "s" * 20})
        stubber.add_response("associate_software_token", {"SecretCode": "a" * 16, "Session": "t" * 20})
        asked = log_in()
        assert asked.json == {"challenge": "MFA_SETUP", "session": "t" * 20, "secret": "a" * 16}
        stubber.add_client_error("verify_software_token", "EnableSoftwareTokenMFAException")
        wrong = ask("answer_challenge", {"email": EMAIL, **asked.json, "answer": "000000"})
        assert (wrong.status, wrong.json["code"]) == (401, "wrong_code")
        stubber.add_response("verify_software_token", {"Status": "SUCCESS", "Session": "u" * 20})
        tokens = {"AccessToken": "x.y.z", "ExpiresIn": 600, "RefreshToken": "r"}
        told = {
            "ClientId": open_login_client(),
            "ChallengeName": "MFA_SETUP",
            "Session": "u" * 20,
            "ChallengeResponses": {"USERNAME": f"{person['partner_id']}.{person['person_id']}"},
        }
        stubber.add_response("respond_to_auth_challenge", {"AuthenticationResult": tokens}, told)
        assert ask("answer_challenge", {"email": EMAIL, **asked.json, "answer": "123456"}).status == 200


def open_login_client() -> str:
    from lastro.access.wiring import open_staff_login

    return open_staff_login().pool.client_id


# the authorizer -----------------------------------------------------------------------------------------------------


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


# the operator -------------------------------------------------------------------------------------------------------


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


def test_a_cookie_said_twice_is_none() -> None:
    assert read_cookie(f"a=1; {COOKIE}=x") == "x"
    assert read_cookie(f"{COOKIE}=x; {COOKIE}=y") is None
    assert read_cookie(f"{COOKIE}=") is None
    assert read_cookie(None) is None


def test_who_calls_with_a_key_is_the_partner_as_before(shop: Shop) -> None:
    user = call_function("access", "get_current_user", shop=shop).json["user"]
    assert (user["uuid"], user["email"]) == (shop.partner_id, None)
