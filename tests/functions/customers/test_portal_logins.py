"""Login by a code: what it opens, what it does not, and what nobody learns from it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws import notifiers
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.customers.portal.logins import confirming
from lastro.customers.portal.logins import wiring as logins
from lastro.customers.portal.logins.messages import CodeAsked
from lastro.customers.portal.logins.model import StandingCode, matches
from lastro.customers.portal.logins.store import LoginStore
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Delivery
from tests.functions.access.test_authorize_tokens import refuse
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.portal_town import PortalTown
from tests.functions.customers.visitors import schedule
from tests.functions.invocation import load_function, sample_event
from tests.functions.whole_clients import open_whole_client

WRONG = "000000"
NOBODY = "ninguem@example.com"


@pytest.fixture
def ana(town: PortalTown) -> str:
    return town.admit(login_mobile="+5511987654321")


def wrong_of(town: PortalTown) -> str:
    return next(code for code in ("000000", "111111") if code not in town.codes())


@pytest.mark.parametrize("address", ["ana@example.com", "ANA@example.com", "(11) 98765-4321"])
def test_a_code_opens_the_persons_own_data(call: Call, town: PortalTown, ana: str, address: str) -> None:
    asked = town.ask(address)
    assert asked.json["portal_login"] | {"id": None} == {
        "id": None,
        "channel": "email" if "@" in address else "sms",
        "expires_at": "2026-11-03T12:10:00.000Z",
        "tries": 5,
    }
    assert town.outbox() == []
    assert town.deliver(town.take()) == []
    [(to, text)] = town.outbox()
    assert to == ("ana@example.com" if "@" in address else "+5511987654321")
    assert "10 minutos" in text
    done = town.confirm(asked.json["portal_login"]["id"], town.codes()[0])
    assert done.status == 200, done.text
    session = done.json["portal_session"]
    assert (session["expires_in"], session["kind"], session["registration_update_due"]) == (900, "customer", False)
    visitor = town.enter(session)
    assert visitor.authorizer["person"] == ana
    assert call("customers", "get_own_registration", shop=visitor).json["portal_person"]["id"] == ana


def test_a_further_code_ends_the_one_before(town: PortalTown, ana: str) -> None:
    first, second = town.ask_and_send(), town.ask_and_send()
    codes = town.codes()
    for login_id, code in ((first, codes[0]), (first, codes[1])):
        assert town.confirm(login_id, code).json["code"] == "code_refused"
    assert town.confirm(second, codes[1]).status == 200


def test_a_code_opens_once(town: PortalTown, ana: str) -> None:
    login_id = town.ask_and_send()
    [code] = town.codes()
    assert town.confirm(login_id, code).status == 200
    again = town.confirm(login_id, code)
    assert (again.status, again.json["code"]) == (401, "code_refused")


def test_of_codes_told_at_once_one_opens(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    login_id = town.ask_and_send()
    [code] = town.codes()
    meeting, grant = Barrier(4), LoginStore.grant

    def meet(store: LoginStore, *told: Any) -> bool:
        meeting.wait(10)
        return grant(store, *told)

    monkeypatch.setattr(LoginStore, "grant", meet)
    with ThreadPoolExecutor(4) as pool:
        answers = [each.status for each in pool.map(lambda _: town.confirm(login_id, code), range(4))]
    assert sorted(answers) == [200, 401, 401, 401]


def test_five_tries_and_no_more(town: PortalTown, ana: str) -> None:
    login_id = town.ask_and_send()
    wrong = wrong_of(town)
    for _ in range(4):
        assert town.confirm(login_id, wrong).status == 401
    assert town.confirm(login_id, town.codes()[0]).status == 200
    login_id = town.ask_and_send()
    for _ in range(5):
        assert town.confirm(login_id, wrong_of(town)).status == 401
    assert town.confirm(login_id, town.codes()[-1]).json["code"] == "code_refused"


def test_guesses_at_once_are_five_as_well(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    login_id = town.ask_and_send()
    told: list[str] = []

    def note(standing: StandingCode, sent: str) -> bool:
        told.append(sent)
        return matches(standing, sent)

    monkeypatch.setattr(confirming, "matches", note)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: town.confirm(login_id, wrong_of(town)).status, range(12)))
    assert set(answers) <= {401, 503}
    assert len(told) <= 5


def test_ten_minutes_and_no_longer(town: PortalTown, ana: str) -> None:
    login_id = town.ask_and_send()
    town.clock.advance(seconds=600)
    assert town.confirm(login_id, town.codes()[0]).json["code"] == "code_refused"
    login_id = town.ask_and_send()
    town.clock.advance(seconds=599.999)
    assert town.confirm(login_id, town.codes()[1]).status == 200


def test_a_code_that_comes_too_late_is_not_sent(town: PortalTown, ana: str) -> None:
    town.ask()
    town.clock.advance(seconds=600)
    assert town.deliver(town.take()) == []
    assert town.outbox() == []


@pytest.mark.parametrize("address", ["ana@example.com", NOBODY])
def test_twenty_codes_a_day(town: PortalTown, ana: str, address: str) -> None:
    for _ in range(20):
        assert town.ask(address).status == 202
    refused = town.ask(address)
    assert (refused.status, refused.json["code"]) == (429, "too_many_codes")
    # It is nine in the morning in São Paulo.
    assert refused.headers["Retry-After"] == str(15 * 3600 + 1)
    assert len(town.take()) == 20
    town.clock.advance(seconds=15 * 3600)
    assert town.ask(address).status == 202


def test_a_person_of_two_addresses_has_twenty_as_well_and_nobody_is_told(town: PortalTown, ana: str) -> None:
    for _ in range(12):
        town.ask_and_send("ana@example.com")
    asked = [town.ask_and_send("+5511987654321") for _ in range(12)]
    assert len(town.outbox()) == 20
    assert len(set(asked)) == 12
    assert town.confirm(asked[-1], WRONG).json["code"] == "code_refused"


def trace(calls: list[str]) -> Any:
    """Note every call to AWS."""

    def note(model: Any, params: Any, **_: Any) -> None:
        body = params["body"]
        written = json.loads(body) if isinstance(body, bytes | str) and body else {}
        inner = [next(iter(each)) for each in written.get("TransactItems", [])]
        calls.append(" ".join([model.name, *inner]))

    return note


def test_whether_somebody_is_there_nobody_learns(town: PortalTown, ana: str) -> None:
    """What is answered is the same, and so is all that is asked of AWS: the time that it takes tells nothing."""
    town.log_in()
    traces, answers = [], []
    for address in ("ana@example.com", NOBODY):
        calls: list[str] = []
        note = trace(calls)
        clients = [open_client(service) for service in ("dynamodb", "sqs", "secretsmanager")]
        for client in clients:
            client.meta.events.register("before-call", note)
        asked = town.ask(address)
        for client in clients:
            client.meta.events.unregister("before-call", note)
        town.deliver(town.take())
        for client in clients:
            client.meta.events.register("before-call", note)
        told = [town.confirm(asked.json["portal_login"]["id"], wrong_of(town)) for _ in range(6)]
        for client in clients:
            client.meta.events.unregister("before-call", note)
        traces.append(calls)
        named = {**asked.json["portal_login"], "id": None}
        answers.append([asked.status, named, *((each.status, each.json["code"], each.json["detail"]) for each in told)])
    assert traces[0] == traces[1]
    assert len(traces[0]) > 12
    assert answers[0] == answers[1]


def test_a_login_that_never_was_is_refused_alike(town: PortalTown, ana: str) -> None:
    refused = town.confirm("0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10", WRONG)
    assert (refused.status, refused.json["code"]) == (401, "code_refused")


def test_a_code_is_kept_nowhere_and_logged_nowhere(town: PortalTown, ana: str, logged: StringIO, table: Table) -> None:
    session = town.log_in()
    [code] = town.codes()
    rows = json.dumps(open_whole_client("dynamodb").scan(TableName=table.name)["Items"], default=str)
    assert code not in rows
    lines = logged.getvalue()
    assert lines
    for secret in (code, session["access_token"], session["refresh_token"], "ana@example.com"):
        assert secret not in lines
    assert session["access_token"] not in rows


def test_another_partners_code_opens_nothing_here(town: PortalTown, ana: str, open_shop: OpenShop, call: Call) -> None:
    other = open_shop()
    stranger = town.ask_and_send(shop=other)
    assert town.outbox() == []
    mine = town.ask_and_send()
    [code] = town.codes()
    assert town.confirm(stranger, code).json["code"] == "code_refused"
    session = town.confirm(mine, code).json["portal_session"]
    visitor = town.enter(session)
    assert visitor.partner_id == town.shop.partner_id
    for operation in ("list_portal_people", "list_customers"):
        assert call("customers", operation, shop=visitor).status == 403


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ({}, {"portal_login.email": "required"}),
        ({"email": "", "mobile": None}, {"portal_login.email": "required"}),
        ({"email": "ana@example.com", "mobile": "(11) 98765-4321"}, {"portal_login.mobile": "one_address"}),
        ({"email": "aná@example.com"}, {"portal_login.email": "email"}),
        ({"mobile": "+1 212 555 0100"}, {"portal_login.mobile": "mobile_phone"}),
        ({"email": ["ana@example.com"]}, {"portal_login.email": "string_type"}),
    ],
)
def test_an_address_is_one_and_whole(call: Call, town: PortalTown, body: dict[str, Any], rules: Any) -> None:
    sent = {"portal_login": {"partner_id": town.shop.partner_id, **body}}
    refused = call("customers", "create_portal_login", body=sent)
    assert (refused.status, refused.rules()) == (422, rules)


@pytest.mark.parametrize("code", [123456, "12345", "1234567", "123 456", "١٢٣٤٥٦", "12345a", "", None, "000000\x00"])
def test_a_code_is_six_digits(town: PortalTown, call: Call, code: Any) -> None:
    path = {"login_id": "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"}
    assert call("customers", "confirm_portal_login", path=path, body={"code": code}).status == 422


# carrying ------------------------------------------------------------------------------------------------------------


def test_a_code_that_was_certainly_not_sent_is_sent_later(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = town.ask()
    records = town.take()
    with monkeypatch.context() as away:
        away.setattr(notifiers.SesMail, "send", fail(Retryable("no", code="carrier_unavailable")))
        assert town.deliver(records) == [records[0]["messageId"]]
    assert town.deliver(records, attempt=2) == []
    assert town.deliver(records, attempt=3) == []
    [code] = town.codes()
    assert town.confirm(asked.json["portal_login"]["id"], code).status == 200


@pytest.mark.parametrize("fault", [Unknown("lost", code="carrier_in_doubt"), KeyError("died")])
def test_a_code_that_may_have_been_sent_is_never_sent_again(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    town.ask()
    records = town.take()
    with monkeypatch.context() as away:
        away.setattr(notifiers.SesMail, "send", fail(fault))
        town.deliver(records)
    for attempt in (2, 3):
        assert town.deliver(records, attempt=attempt) == []
    assert town.outbox() == []
    assert town.log_in()


def test_what_the_carrier_refuses_goes_to_the_dead_letters(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    town.ask()
    records = town.take()
    monkeypatch.setattr(notifiers.SesMail, "send", fail(Permanent("no", code="not_sent")))
    assert town.deliver(records) == [records[0]["messageId"]]
    assert "message stuck" in logged.getvalue()


def test_two_deliveries_at_once_send_one_code(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = town.ask()
    message = CodeAsked(partner_id=town.shop.partner_id, login_id=asked.json["portal_login"]["id"])
    sending = logins.open_sending()
    meeting, claim = Barrier(2), LoginStore.claim

    def meet(store: LoginStore, *told: Any) -> bool:
        meeting.wait(10)
        return claim(store, *told)

    monkeypatch.setattr(LoginStore, "claim", meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: sending.process(Delivery(name, message)), "ab"))
    assert len(town.outbox()) == 1


def fail(fault: Exception) -> Any:
    def send(*_: Any) -> str:
        raise fault

    return send


# the pool ------------------------------------------------------------------------------------------------------------


def test_the_pool_knows_ids_alone_and_gives_tokens_for_a_proof_once(town: PortalTown, ana: str) -> None:
    town.log_in()
    name = f"{town.shop.partner_id}.{ana}"
    assert list(town.pool.users) == [name]
    login_id = town.ask_and_send()
    code = town.codes()[-1]
    # Whoever asks the pool itself has no proof, and the code is none.
    for answer in (code, f"{login_id}.{code}", f"{login_id}.spent", f"{login_id}.", ".x", "", "ação"):
        verified = town.pool.trigger("VerifyAuthChallengeResponse", name, session=[], challengeAnswer=answer)
        assert verified == {"answerCorrect": False}
    assert town.confirm(login_id, code).status == 200


def test_a_proof_is_of_one_person_and_one_time(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    respond = town.pool.admin_respond_to_auth_challenge

    def note(**asked: Any) -> Any:
        answers.append(asked["ChallengeResponses"]["ANSWER"])
        return respond(**asked)

    monkeypatch.setattr(town.pool, "admin_respond_to_auth_challenge", note)
    other = town.admit(login_email="rui@example.com")
    login_id = town.ask_and_send()
    town.pool.down = True
    assert town.confirm(login_id, town.codes()[-1]).status == 503
    town.pool.down = False
    assert town.confirm(login_id, town.codes()[-1]).status == 401
    town.log_in()
    [proof] = answers
    for person in (ana, other):
        told = {"session": [], "challengeAnswer": proof}
        name = f"{town.shop.partner_id}.{person}"
        assert town.pool.trigger("VerifyAuthChallengeResponse", name, **told) == {"answerCorrect": False}


def test_a_user_that_was_made_by_half_is_whole_at_the_next_code(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no password of its own yet is asked for one after the last challenge, in place of tokens."""
    town.log_in()
    name, respond = f"{town.shop.partner_id}.{ana}", town.pool.admin_respond_to_auth_challenge

    def ask_for_one(**asked: Any) -> Any:
        if town.pool.users[name] == "half":
            return {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s"}
        return respond(**asked)

    monkeypatch.setattr(town.pool, "admin_respond_to_auth_challenge", ask_for_one)
    town.pool.users[name] = "half"
    assert town.confirm(town.ask_and_send(), town.codes()[-1]).json["code"] == "code_refused"
    assert town.log_in()["access_token"]


def test_what_the_pool_asks_is_told_without_its_answer(town: PortalTown, logged: StringIO) -> None:
    event = sample_event("customers", "work_login_challenge")
    context = SimpleNamespace(function_name="work_login_challenge")
    answer = load_function("customers", "work_login_challenge").handler(event, context)
    assert answer == {**event, "response": {"answerCorrect": False}}
    assert event["request"]["challengeAnswer"] not in logged.getvalue()
    with pytest.raises(ValueError, match="PreSignUp"):
        town.pool.trigger("PreSignUp", "a.b")


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}]}, True),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}]}, False),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": None}]}, False),
        ({"session": [{"challengeName": "SRP_A", "challengeResult": True}]}, False),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}], "userNotFound": True}, False),
        ({"session": [], "userNotFound": True}, False),
        (
            {
                "session": [
                    {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False},
                    {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True},
                ]
            },
            False,
        ),
    ],
)
def test_only_one_right_answer_gets_tokens(town: PortalTown, asked: dict[str, Any], passed: bool) -> None:
    answer = town.pool.trigger("DefineAuthChallenge", "a.b", **asked)
    assert answer == {"issueTokens": passed, "failAuthentication": not passed}


def test_a_user_without_a_password_gets_one(town: PortalTown, ana: str) -> None:
    town.pool.users[f"{town.shop.partner_id}.{ana}"] = None
    assert town.log_in()
    assert town.pool.users[f"{town.shop.partner_id}.{ana}"]


# going on and ending -------------------------------------------------------------------------------------------------


def test_a_login_goes_on_and_asks_again_at_the_next(call: Call, town: PortalTown, ana: str) -> None:
    schedule(call, town.shop)
    session = town.log_in()
    assert session["registration_update_due"]
    visitor = town.enter(session)
    assert call("customers", "postpone_registration", shop=visitor).status == 200
    refreshed = town.refresh(session["refresh_token"])
    assert refreshed.status == 200, refreshed.text
    same = refreshed.json["portal_session"]
    assert (same["registration_update_due"], same["refresh_token"]) == (False, None)
    assert town.enter(same).authorizer["login"] == visitor.authorizer["login"]
    again = town.log_in()
    assert again["registration_update_due"]
    filled = {"registration_update": {"name": "Ana Exemplo", "mobile": "(11) 91234-5678"}}
    assert call("customers", "confirm_registration", shop=town.enter(again), body=filled).status == 200
    assert not town.log_in()["registration_update_due"]


def test_who_logs_out_is_out_at_once_and_other_logins_go_on(call: Call, town: PortalTown, ana: str) -> None:
    session, other = town.log_in(), town.log_in()
    visitor = town.enter(session)
    assert call("customers", "end_portal_login", shop=visitor).status == 204
    for operation in ("get_own_registration", "end_portal_login", "get_registration_update"):
        refused = call("customers", operation, shop=visitor)
        assert (refused.status, refused.json["code"]) == (401, "login_ended")
    assert town.refresh(session["refresh_token"]).json["code"] == "login_ended"
    assert call("customers", "get_own_registration", shop=town.enter(other)).status == 200


def test_whose_access_ended_is_out_at_once(call: Call, town: PortalTown, ana: str) -> None:
    session = town.log_in()
    visitor, waiting = town.enter(session), town.ask_and_send()
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 204
    assert call("customers", "get_own_registration", shop=visitor).status == 404
    assert call("customers", "end_portal_login", shop=visitor).status == 404
    assert town.refresh(session["refresh_token"]).json["code"] == "login_ended"
    assert town.confirm(waiting, town.codes()[-1]).json["code"] == "code_refused"
    town.ask_and_send()
    assert len(town.outbox()) == 2
    assert f"{town.shop.partner_id}.{ana}" not in town.pool.users


def test_an_access_ends_though_the_pool_is_away(call: Call, town: PortalTown, ana: str) -> None:
    session = town.log_in()
    town.pool.down = True
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 503
    assert call("customers", "get_own_registration", shop=town.enter(session)).status == 404
    town.pool.down = False
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 204
    assert town.pool.users == {}


def test_a_token_ends_and_what_refreshes_nothing_is_refused(town: PortalTown, ana: str) -> None:
    session = town.log_in()
    town.clock.moment += timedelta(minutes=15)
    refuse(session["access_token"])
    for made_up in ("refresh.made-up", session["access_token"]):
        assert town.refresh(made_up).json["code"] == "login_ended"
