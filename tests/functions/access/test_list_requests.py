"""A partner looks through its own requests, which the log of the functions tells of."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.access.calls.model import Call, Wanted, name_principal
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.entrypoints.calls import request_log
from lastro.kernel import calendar
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.keyed_request import digest_key, mask_key
from lastro.operator.command import create_key, open_registration
from tests.clock import MovableClock
from tests.functions.conftest import OpenShop
from tests.functions.emulation.faults import watch
from tests.functions.invocation import Answer, Shop, call_function, load_function, sample_event

CPF = "52998224725"
SECRET = "lk_segredo"


@pytest.fixture
def clock(table: Table, monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    still = MovableClock(datetime(2026, 11, 3, 12, 0, tzinfo=UTC))
    monkeypatch.setattr(calendar, "CLOCK", still)
    monkeypatch.setattr(request_log, "CLOCK", still)
    return still


def ask(
    shop: Shop,
    number: int,
    context: str = "access",
    operation: str = "list_banks",
    key: str | None = None,
    **known: str,
) -> int:
    """A call under a request id of its own."""
    event = sample_event(context, operation)
    event["requestContext"] |= {"requestId": identify(number), "authorizer": {**authorizer(shop), **known}}
    event["headers"] |= {"Store-Id": str(shop.store_ids[0]), "Authorization": f"Bearer {SECRET}"}
    if key:
        event["headers"]["Idempotency-Key"] = key
    answer = load_function(context, operation).handler(event, SimpleNamespace(function_name=operation))
    return int(answer["statusCode"])


def authorizer(shop: Shop) -> dict[str, str]:
    return {**shop.authorizer, "principal": shop.key_id}


def identify(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def record(messages: Sequence[str]) -> None:
    """What CloudWatch Logs does with the lines that the template's filter finds."""
    events = [{"id": "1", "timestamp": 1, "message": line} for line in messages if "partner_request" in line]
    data = json.dumps({"messageType": "DATA_MESSAGE", "logEvents": events}).encode()
    load_function("access", "record_requests").handler(
        {"awslogs": {"data": base64.b64encode(gzip.compress(data)).decode()}},
        SimpleNamespace(function_name="record_requests"),
    )


def keep(logged: StringIO) -> None:
    lines = logged.getvalue().splitlines()
    logged.truncate(0)
    logged.seek(0)
    record(lines)


class Holder(Shop):
    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "principal": self.key_id}


def page(shop: Shop, **query: str) -> Answer:
    holder = Holder(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)
    return call_function("access", "list_requests", shop=holder, query=query)


def shown(answer: Answer) -> list[int]:
    assert answer.status == 200
    return [int(each["request_id"][-12:]) for each in answer.json["requests"]]


def test_a_request_is_shown_without_what_it_held(shop: Shop, clock: MovableClock, logged: StringIO) -> None:
    assert ask(shop, 1, "simulations", "get_lead", key="8e03978e-40d5-43e8-bc93-6894a57f9324") == 404
    keep(logged)
    [found] = page(shop).json["requests"]
    assert found["duration_ms"] >= 0
    assert found == {
        "request_id": identify(1),
        "at": "2026-11-03T12:00:00.000Z",
        "method": "GET",
        "resource": sample_event("simulations", "get_lead")["resource"],
        "operation": "get_lead",
        "status": 404,
        "code": "lead_not_found",
        "duration_ms": found["duration_ms"],
        "store_id": shop.store_ids[0],
        "credential_id": shop.key_id,
        "idempotency_key": "8e03***9324",
    }
    kept = json.dumps([item for item in scan() if item["entity"]["S"] == "api_request"])
    assert CPF not in kept
    assert SECRET not in kept
    assert "8e03978e-40d5" not in kept
    [row] = [item for item in scan() if item["entity"]["S"] == "api_request"]
    assert int(row["expires"]["N"]) == int(clock.now().timestamp()) + 90 * 86_400


def scan() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = open_client("dynamodb").scan(TableName="lastro-test")["Items"]
    return [item for item in found if "entity" in item]


def test_the_log_costs_the_answer_no_round_trip(shop: Shop, clock: MovableClock) -> None:
    with watch("dynamodb", "BatchWriteItem") as written, watch("dynamodb", "PutItem") as put:
        assert ask(shop, 1) == 200
    assert (written, put) == ([], [])


def test_pages_go_on_newest_first_over_days(shop: Shop, clock: MovableClock, logged: StringIO) -> None:
    for number in range(1, 9):
        ask(shop, number)
        clock.advance(hours=7)
    keep(logged)
    keep_again = page(shop, since="2026-11-03", until="2026-11-05", per_page="3")
    assert shown(keep_again) == [8, 7, 6]
    second = page(shop, since="2026-11-03", until="2026-11-05", per_page="3", cursor=keep_again.json["next_cursor"])
    assert shown(second) == [5, 4, 3]
    last = page(shop, since="2026-11-03", until="2026-11-05", per_page="3", cursor=second.json["next_cursor"])
    assert shown(last) == [2, 1]
    assert last.json["next_cursor"] is None
    # In São Paulo, three hours behind UTC, the third of November ends at three o'clock of the fourth.
    assert shown(page(shop, since="2026-11-03", until="2026-11-03")) == [3, 2, 1]


def test_lists_are_narrowed(shop: Shop, clock: MovableClock, logged: StringIO) -> None:
    for number, key in enumerate(["pedido-1", "pedido-2", "pedido-1"], 1):
        ask(shop, number, key=key)
    ask(shop, 4, "simulations", "get_lead")
    record(logged.getvalue().splitlines() * 2)
    assert shown(page(shop, key="pedido-1")) == [3, 1]
    assert shown(page(shop, status="404")) == [4]
    assert shown(page(shop, request_id=identify(2))) == [2]
    assert shown(page(shop, request_id=identify(2), status="404")) == []
    assert shown(page(shop, request_id=identify(2), since="2026-11-03", until="2026-11-03")) == [2]
    assert shown(page(shop, request_id=identify(2), until="2026-11-02")) == []
    assert len(shown(page(shop))) == 4


@pytest.mark.parametrize(
    "query",
    [
        {"status": "7"},
        {"since": "2026-11-04", "until": "2026-11-03"},
        {"since": "2026-10-01", "until": "2026-11-03"},
        {"request_id": "um"},
        {"cursor": "x"},
        {"cursor": "2026"},
        {"cursor": spell_cursor(f"2026-99-03T12:00:00.000Z#{'0' * 8}#200#{'a' * 12}#-", "requests")},
    ],
)
def test_what_cannot_be_asked_is_named(shop: Shop, clock: MovableClock, query: dict[str, str]) -> None:
    assert page(shop, **query).status == 422


def test_nobody_sees_what_is_another_s(shop: Shop, open_shop: OpenShop, clock: MovableClock, logged: StringIO) -> None:
    ask(shop, 1)
    other = open_shop()
    bound = create_key(open_registration(), shop.partner_id, stores=[shop.store_ids[0]])
    ask(shop, 2, principal=bound["key_id"], bound="stores")
    keep(logged)
    assert shown(page(other)) == []
    assert shown(page(other, request_id=identify(1))) == []
    assert shown(page(shop)) == [2, 1]

    class Bound(Shop):
        @property
        def authorizer(self) -> dict[str, str]:
            return {**super().authorizer, "principal": bound["key_id"], "bound": "stores"}

    holder = Bound(shop.partner_id, shop.api_key, bound["key_id"], shop.store_ids)
    assert shown(call_function("access", "list_requests", shop=holder, query={})) == [2]
    assert shown(call_function("access", "list_requests", shop=holder, query={"request_id": identify(1)})) == []


def test_lines_that_cannot_be_kept_stop_no_others(shop: Shop, clock: MovableClock, logged: StringIO) -> None:
    ask(shop, 1)
    lines = logged.getvalue().splitlines()
    record(["partner_request", '{"record":"partner_request"}', '["partner_request"]', *lines])
    assert shown(page(shop)) == [1]
    assert "line cannot be kept" in logged.getvalue()


def test_the_sample_is_kept(table: Table) -> None:
    event = sample_event("access", "record_requests")
    load_function("access", "record_requests").handler(event, SimpleNamespace(function_name="record_requests"))
    [row] = [item for item in scan() if item["entity"]["S"] == "api_request"]
    assert row["operation"]["S"] == "lastro-list_banks"


@pytest.mark.parametrize(
    ("key", "masked"), [("52998224725", "***"), ("12345678901234", "***"), ("8e03978e-40d5-43e8", "8e03***43e8")]
)
def test_a_key_that_could_be_a_document_is_masked_whole(key: str, masked: str) -> None:
    assert mask_key(key) == masked


def test_the_same_key_of_two_partners_has_two_names() -> None:
    assert digest_key("a", "chave") != digest_key("b", "chave")
    call = Call("id", "p", "2026-11-03T12:00:00.000Z", "GET", "/x", 200, "x", "k", 1)
    assert Wanted(principal=name_principal("k")).takes(call.place)
    assert not Wanted(key_digest="0").takes(call.place)
