"""Login by a code: what it opens, what it does not, and what nobody learns from it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.customers.portal.logins import confirming
from lastro.customers.portal.logins.model import StandingCode, matches
from lastro.customers.portal.logins.store import LoginStore
from lastro.kernel.commits import TRANSACTION_CONFLICT
from lastro.kernel.errors import Retryable
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.emulation.whole_clients import open_whole_client

WRONG = "000000"
NOBODY = "ninguem@example.com"


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
def test_twelve_codes_a_day_where_none_was_told_before(town: PortalTown, ana: str, address: str) -> None:
    """An outsider who asks for a person's codes uses up those that are asked for from its place alone."""
    for _ in range(8):
        assert town.ask(address).status == 202
    assert town.ask(address).json["code"] == "too_many_codes"
    assert town.ask("outra@example.com").status == 202
    town.take()
    for _ in range(4):
        assert town.ask(address, source="198.51.100.1").status == 202
    refused = town.ask(address, source="198.51.100.7")
    assert (refused.status, refused.json["code"]) == (429, "too_many_codes")
    # It is nine in the morning in São Paulo.
    assert refused.headers["Retry-After"] == str(15 * 3600 + 1)
    assert len(town.take()) == 4
    town.clock.advance(seconds=15 * 3600)
    assert town.ask(address).status == 202


def test_many_outsiders_use_up_no_code_of_where_it_was_told_before(town: PortalTown, ana: str) -> None:
    town.log_in()
    answers = [town.ask(source=f"198.51.100.{number}").status for number in range(20)]
    # Its own first was one of the twelve.
    assert answers == [202] * 11 + [429] * 9
    town.take()
    for _ in range(7):
        assert town.ask().status == 202
    assert town.ask().status == 429
    # After ninety days it is a place as every other.
    town.clock.advance(days=91)
    assert [town.ask(source=f"198.51.100.{number}").status for number in range(12)] == [202] * 12
    assert town.ask().status == 429


def test_a_flood_of_requests_is_told_to_wait_and_writes_nothing_that_is_refused(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stand_in_the_way(*_: object) -> None:
        raise Retryable("others were writing", code=TRANSACTION_CONFLICT)

    for _ in range(8):
        assert town.ask().status == 202
    monkeypatch.setattr(Table, "transact", stand_in_the_way)
    refused = town.ask()
    assert (refused.status, refused.json["code"]) == (429, "too_many_codes")
    at_once = town.ask(source="198.51.100.7")
    assert (at_once.status, at_once.json["code"], at_once.headers["Retry-After"]) == (429, "codes_at_once", "1")


def test_a_person_of_two_addresses_has_no_more_of_them_and_nobody_is_told(town: PortalTown, ana: str) -> None:
    both = ("ana@example.com", "+5511987654321")
    for address in both:
        town.log_in(address)
    # Of the twenty, twelve from where none was told: those first two are among them.
    asked = [town.ask_and_send(address, source=f"198.51.100.{n % 2}") for address in both for n in range(11)]
    assert len(town.outbox()) == 12
    assert len(set(asked)) == 22
    assert town.confirm(asked[-1], WRONG).json["code"] == "code_refused"
    for address in both:
        for _ in range(5):
            town.ask_and_send(address)
    assert len(town.outbox()) == 20


def trace(calls: list[str]) -> Any:
    """Note every call to AWS."""

    def note(model: Any, params: Any, **_: Any) -> None:
        inner = [next(iter(each)) for each in params.get("TransactItems", [])]
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
