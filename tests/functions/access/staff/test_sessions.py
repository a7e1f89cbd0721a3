"""People of the panel log in, and renew and end a login."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.stub import Stubber

from lastro.access.staff.login import COOKIE, read_cookie
from lastro.aws.clients import open_client
from lastro.aws.pools.staff_pool import Challenge, PoolRefusal, Refused, StaffPool, Tokens
from lastro.operator.command import create_person, open_registration
from tests.clock import MovableClock
from tests.functions.access.staff.staff_account import EMAIL, PASSWORD, Person
from tests.functions.invocation import Shop, load_function, sample_event


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


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that the pool is told, in turn."""
    told: list[str] = []
    known = StaffPool.log_in

    def note(pool: StaffPool, username: str, password: str) -> Tokens | Challenge:
        told.append(password)
        return known(pool, username, password)

    monkeypatch.setattr(StaffPool, "log_in", note)
    return told


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
def test_an_outsider_shuts_nobody_out(person: Person, clock: MovableClock, asked: list[str], email: str) -> None:
    """The pool shuts out whoever has five wrong passwords: one source tells it four of an address, side by side too."""
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


def test_many_outsiders_shut_nobody_out_of_where_it_logged_in_before(
    person: Person, clock: MovableClock, asked: list[str]
) -> None:
    """After n wrong passwords the pool shuts out for 2 ** (n - 5) seconds: eight of them are eight seconds."""
    assert log_in(source="203.0.113.10").status == 200
    answers = [log_in(password="errada", source=f"198.51.100.{number}") for number in range(6) for _ in range(3)]
    assert Counter(answer.status for answer in answers) == {401: 8, 429: 10}
    assert asked.count("errada") == 8
    # Its own place is told four more wrong ones, as ever; a place where it never was waits until the pool forgot.
    assert log_in(source="203.0.113.10").status == 200
    assert log_in(source="192.0.2.7").status == 429
    clock.advance(seconds=int(answers[-1].headers["Retry-After"]))
    assert log_in(source="192.0.2.7").status == 200
    # After ninety days it is a place as every other.
    clock.advance(days=91)
    for number in range(8):
        log_in(password="errada", source=f"198.51.100.{number}")
    assert log_in(source="203.0.113.10").status == 429


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


def test_a_cookie_said_twice_is_none() -> None:
    assert read_cookie(f"a=1; {COOKIE}=x") == "x"
    assert read_cookie(f"{COOKIE}=x; {COOKIE}=y") is None
    assert read_cookie(f"{COOKIE}=") is None
    assert read_cookie(None) is None
