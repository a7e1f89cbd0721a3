"""Partners, and sources without a credential, are held to so many calls a second."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from types import SimpleNamespace

import pytest

from lastro.access.registration import Registration
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.kernel import calendar
from lastro.kernel.callers.limits import Limits
from lastro.kernel.errors import InvalidInput, NotFound
from lastro.operator.command import main, open_registration, set_limits
from tests.clock import MovableClock
from tests.functions.conftest import OpenShop
from tests.functions.emulation.faults import watch
from tests.functions.emulation.process import clear_process
from tests.functions.invocation import Answer, Shop, load_function, sample_event


@pytest.fixture
def clock(table: Table, monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    still = MovableClock(datetime(2026, 11, 3, 12, 0, 3, tzinfo=UTC))
    monkeypatch.setattr(calendar, "CLOCK", still)
    monkeypatch.setenv("LASTRO_REQUESTS_A_SECOND", "100")
    return still


def call(shop: Shop, operation: str = "list_banks") -> Answer:
    """Through the authorizer, as API Gateway would."""
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {shop.api_key}"
    admitted = load_function("access", "authorize").handler(event, SimpleNamespace(function_name="authorize"))
    return ask("access", operation, {"authorizer": admitted["context"]})


def look(source: str) -> Answer:
    return ask("system", "get_health", {"identity": {"sourceIp": source}})


def ask(context: str, operation: str, known: dict[str, object]) -> Answer:
    event = sample_event(context, operation)
    event["requestContext"] |= known
    event["headers"].pop("Store-Id", None)
    answer = load_function(context, operation).handler(event, SimpleNamespace(function_name=operation))
    return Answer(answer["statusCode"], answer["headers"], answer["body"], json.loads(answer["body"] or "null"))


def test_a_partner_over_its_limit_is_told_when_to_come_back(clock: MovableClock, open_shop: OpenShop) -> None:
    slow, other = open_shop(), open_shop()
    set_limits(open_registration(), slow.partner_id, requests_a_second=1)
    assert [call(slow).status for _ in range(10)] == [200] * 10
    refused = call(slow)
    assert (refused.status, refused.json["code"]) == (429, "too_many_requests")
    told = {name: refused.headers[name] for name in ("Retry-After", "RateLimit", "RateLimit-Policy")}
    assert told == {
        "Retry-After": "7",
        "RateLimit": '"partner";r=0;t=7',
        "RateLimit-Policy": '"partner";q=10;w=10',
    }
    assert call(other).status == 200
    clock.advance(seconds=7)
    assert call(slow).status == 200


def test_processes_share_what_they_counted(clock: MovableClock, shop: Shop) -> None:
    set_limits(open_registration(), shop.partner_id, requests_a_second=1)
    statuses = []
    for _ in range(12):
        clear_process()
        statuses.append(call(shop).status)
    # A fresh process lets its first call pass and hears of the others beside it.
    assert statuses == [200] * 12
    assert [call(shop).status for _ in range(2)] == [429, 429]
    [counted] = [item for item in scan_table() if item["PK"]["S"].startswith(f"COUNT#calls#{shop.partner_id}#")]
    assert counted["calls"]["N"] == "12"
    assert int(counted["expires"]["N"]) - clock.now().timestamp() < 60


def scan_table() -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = open_client("dynamodb").scan(TableName="lastro-test")["Items"]
    return found


def test_the_ordinary_call_asks_nobody(clock: MovableClock, shop: Shop) -> None:
    known: dict[str, object] = {"authorizer": shop.authorizer}
    with watch("dynamodb", "UpdateItem") as asked:
        answers = [ask("access", "list_banks", known) for _ in range(9)]
    assert len(asked) == 3
    assert "RateLimit" not in answers[0].headers
    assert answers[-1].headers["RateLimit"] == '"partner";r=991;t=7'


def test_what_needs_no_credential_is_counted_by_its_source(
    clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LASTRO_SOURCE_REQUESTS_A_SECOND", "1")
    assert [look("198.51.100.7").status for _ in range(11)] == [200] * 10 + [429]
    refused = look("198.51.100.7")
    assert refused.headers["RateLimit-Policy"] == '"source";q=10;w=10'
    assert look("198.51.100.8").status == 200
    assert "198.51.100" not in json.dumps(scan_table())


def test_a_table_that_does_not_count_refuses_nobody(
    clock: MovableClock, shop: Shop, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    set_limits(open_registration(), shop.partner_id, requests_a_second=1)
    known: dict[str, object] = {"authorizer": {**shop.authorizer, "requests_a_second": 1}}
    ask("access", "list_banks", known)
    monkeypatch.setenv("LASTRO_TABLE", "no-such-table")
    assert ask("access", "list_banks", known).status == 200
    assert "calls not counted" in logged.getvalue()


def test_the_operator_sets_limits_and_takes_them_back(
    clock: MovableClock, shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    registration = open_registration()
    named = ["--partner", shop.partner_id]
    assert main(["set_limits", *named, "--requests-a-second", "7", "--simulations-in-flight", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "partner_id": shop.partner_id,
        "requests_a_second": 7,
        "simulations_in_flight": 3,
    }
    assert call(shop).headers["RateLimit-Policy"] == '"partner";q=70;w=10'
    assert main(["set_limits", *named]) == 0
    assert call(shop).headers["RateLimit-Policy"] == '"partner";q=1000;w=10'
    refuse(registration, shop.partner_id)


def refuse(registration: Registration, partner_id: str) -> None:
    for limits in (Limits(0), Limits(None, 100_001)):
        with pytest.raises(InvalidInput):
            registration.set_limits(partner_id, limits)
    with pytest.raises(NotFound):
        registration.set_limits("nobody", Limits(1))
