"""Inquiries in the background: the queue, the sweep, a bureau that is slow or away, outcomes nobody knows."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from io import StringIO
from unittest.mock import AsyncMock

import pytest
from botocore.exceptions import EndpointConnectionError

from lastro.aws.dynamodb.table import Table
from lastro.aws.entrypoints.loop import run_to_end
from lastro.bureaus.inquiries.store import InquiryStore
from lastro.bureaus.inquiries.working.worker import MAX_ASKS, RETRIES
from lastro.bureaus.model import ASKING_LEASE, Inquiry, InquiryStatus
from lastro.kernel.observing.tracing import tracing
from lastro.vendors.bureaus.credito_na_medida.client import CreditoNaMedidaBureau
from tests.functions.bureaus.office import CLEAN, TIMEOUT, Office, new_calls
from tests.functions.emulation.faults import failing
from tests.functions.invocation import sample_event

TIMES_OUT = {"when": {"operation": "inquiry"}, "outcome": "timeout_after_effect", "times": 1}


def test_respond_async_answers_202_and_the_consumer_ends_it(office: Office) -> None:
    shop, _ = office.open_integrated()
    before = office.town.count("serasa")
    answer = office.inquire(shop, prefer="wait=5, respond-async", key="k")
    assert answer.status == 202
    assert answer.headers["Preference-Applied"] == "respond-async"
    inquiry = answer.json["data"]
    assert (inquiry["status"], inquiry["result"]) == ("queued", None)
    assert new_calls(office, "serasa", before)[1] == 0
    records = office.take()
    assert office.deliver(records) == []
    ended = office.read(shop, inquiry["id"])
    assert (ended["status"], ended["result"]["identity"]["document"]) == ("done", CLEAN)
    assert office.deliver(records, attempt=2) == []
    assert new_calls(office, "serasa", before)[1] == 1
    replayed = office.inquire(shop, prefer="respond-async", key="k")
    assert (replayed.status, replayed.json["data"]["status"]) == (201, "done")


def test_a_bureau_that_wants_us_slower_is_asked_later(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.town.script("serasa", {"when": {"operation": "inquiry"}, "outcome": "spike_arrest", "times": 1})
    answer = office.inquire(shop)
    assert answer.status == 202
    inquiry = answer.json["data"]
    assert (inquiry["status"], inquiry["failure"]["code"]) == ("queued", "bureau_rate_limited")
    [record] = office.take()
    assert office.deliver([record]) == [record["messageId"]]
    office.clock.advance(minutes=2)
    assert office.deliver([record], attempt=2) == []
    assert office.read(shop, inquiry["id"])["status"] == "done"


def test_a_bureau_that_stays_away_ends_as_failed(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.town.script("serasa", {"outcome": "unstable"})
    inquiry = office.inquire(shop, prefer="respond-async").json["data"]
    [record] = office.take()
    for attempt in range(1, 10):
        again = office.deliver([record], attempt=attempt)
        office.clock.advance(minutes=10)
        if not again:
            break
    assert attempt == MAX_ASKS, "the last refusal ends it: nobody waits for a try that is not made"
    ended = office.read(shop, inquiry["id"])
    assert (ended["status"], ended["failure"]["code"]) == ("failed", "bureau_unavailable")
    assert ended["billed"] is False
    assert (ended["http_status"], list(ended["files"])) == (503, ["answer"])


def test_what_was_never_queued_is_swept(office: Office) -> None:
    shop, _ = office.open_integrated()
    with failing("sqs", "SendMessageBatch", EndpointConnectionError(endpoint_url="https://sqs.invalid")):
        inquiry = office.inquire(shop, prefer="respond-async").json["data"]
    assert office.take() == []
    office.clock.advance(minutes=6)
    assert office.sweep() == {"inquiries": 1, "requeued": 1, "lost": 0}
    assert office.sweep()["requeued"] == 0
    records = office.take()
    # It goes on for the request that asked.
    posted = sample_event("bureaus", "create_bureau_inquiry")["requestContext"]["requestId"]
    assert [json.loads(record["body"])["request_id"] for record in records] == [posted]
    assert office.deliver(records) == []
    assert office.read(shop, inquiry["id"])["status"] == "done"
    assert office.sweep()["inquiries"] == 0


def test_what_is_asked_in_the_one_loop_is_logged_under_its_own_request(office: Office, logged: StringIO) -> None:
    """The loop lives longer than the request that opened it."""
    shop, _ = office.open_integrated()
    posted = sample_event("bureaus", "create_bureau_inquiry")["requestContext"]["requestId"]
    with tracing("another"):
        run_to_end(asyncio.sleep(0))
    assert office.inquire(shop).status == 201
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert {line.get("request_id") for line in lines if line["message"] == "vendor called"} == {posted}


def test_an_unreadable_message_and_one_of_no_inquiry(office: Office) -> None:
    lost = office.message("00000000-0000-4000-8000-000000000000")
    broken = {**lost, "messageId": "broken", "body": "{"}
    assert office.deliver([lost, broken]) == ["broken"]


# unknown outcomes ---------------------------------------------------------------------------------------------------


def test_a_paid_inquiry_is_never_repeated_silently(office: Office) -> None:
    shop, _ = office.open_integrated()
    before = office.town.count("serasa")
    inquiry = office.inquire(shop, TIMEOUT).json["data"]
    assert (inquiry["status"], inquiry["failure"]["code"]) == ("unknown", "bureau_timeout")
    assert "pode ter sido feita" in inquiry["failure"]["message"]
    assert new_calls(office, "serasa", before)[1] == 1
    again = office.inquire(shop, TIMEOUT)
    assert (again.status, again.json["code"]) == (409, "inquiry_outcome_unknown")
    assert inquiry["id"] in again.json["detail"]
    assert office.deliver([office.message(inquiry["id"])]) == []
    assert new_calls(office, "serasa", before)[1] == 1
    forced = office.inquire(shop, TIMEOUT, force=True).json["data"]
    assert forced["status"] == "done"


def test_a_bureau_that_can_be_asked_tells_what_became_of_it(office: Office) -> None:
    shop, _ = office.open_integrated("credito_na_medida")
    inquiry = office.inquire(shop, TIMEOUT).json["data"]
    assert inquiry["status"] == "unknown"
    effects = office.town.count("credito_na_medida")
    assert office.deliver(office.take()) == []
    ended = office.read(shop, inquiry["id"])
    assert (ended["status"], ended["result"]["identity"]["document"]) == ("done", TIMEOUT)
    assert effects != office.town.count("credito_na_medida")


def test_what_is_not_listed_yet_was_not_never_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look-up finds nothing, for the bureau is still at it; then the answer is there."""
    shop, _ = office.open_integrated("credito_na_medida")
    office.town.script("credito_na_medida", TIMES_OUT)
    inquiry = office.inquire(shop).json["data"]
    message = office.message(inquiry["id"])
    with monkeypatch.context() as patch:
        patch.setattr(CreditoNaMedidaBureau, "find_inquiry", AsyncMock(return_value=None))
        assert office.deliver([message]) == [message["messageId"]]
        office.clock.advance(seconds=299)
        assert office.deliver([message]) == [message["messageId"]]
        assert office.read(shop, inquiry["id"])["status"] == "unknown"
    assert office.deliver([message]) == []
    assert office.read(shop, inquiry["id"])["status"] == "done"


def test_what_is_not_listed_after_the_settling_time_was_never_made(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, _ = office.open_integrated("credito_na_medida")
    office.town.script("credito_na_medida", TIMES_OUT)
    inquiry = office.inquire(shop).json["data"]
    monkeypatch.setattr(CreditoNaMedidaBureau, "find_inquiry", AsyncMock(return_value=None))
    office.clock.advance(seconds=301)
    assert office.deliver([office.message(inquiry["id"])]) == []
    ended = office.read(shop, inquiry["id"])
    assert (ended["status"], ended["failure"]["code"]) == ("failed", "never_made")


def test_a_look_up_that_was_never_queued_is_swept(office: Office) -> None:
    shop, _ = office.open_integrated("credito_na_medida")
    office.town.script("credito_na_medida", TIMES_OUT)
    with failing("sqs", "SendMessageBatch", EndpointConnectionError(endpoint_url="https://sqs.invalid")):
        inquiry = office.inquire(shop).json["data"]
    assert (inquiry["status"], office.take()) == ("unknown", [])
    office.clock.advance(minutes=6)
    assert office.sweep() == {"inquiries": 1, "requeued": 1, "lost": 0}
    assert office.deliver(office.take()) == []
    assert office.read(shop, inquiry["id"])["status"] == "done"
    office.clock.advance(minutes=6)
    assert office.sweep()["inquiries"] == 0


def test_a_bureau_that_never_tells_is_not_asked_for_ever(office: Office) -> None:
    shop, _ = office.open_integrated("credito_na_medida")
    office.town.script("credito_na_medida", TIMES_OUT)
    inquiry = office.inquire(shop).json["data"]
    [record] = office.take()
    office.town.expire_tokens("credito_na_medida")
    office.town.script("credito_na_medida", {"when": {"operation": "login"}, "outcome": "unstable"})
    for attempt in range(1, RETRIES.attempts):
        assert office.deliver([record], attempt=attempt) == [record["messageId"]]
    assert office.deliver([record], attempt=RETRIES.attempts) == []
    office.clock.advance(minutes=6)
    assert office.sweep()["inquiries"] == 0
    assert office.read(shop, inquiry["id"])["status"] == "unknown"


def test_an_inquiry_whose_process_died_is_unknown(office: Office) -> None:
    shop, _ = office.open_integrated()
    inquiry = office.inquire(shop, prefer="respond-async").json["data"]
    store, before = InquiryStore(Table()), office.town.count("serasa")
    found = store.find(inquiry["id"])
    assert found is not None
    assert store.change(found, _asked(found, office))
    assert office.deliver([office.message(inquiry["id"])]) == []
    assert office.read(shop, inquiry["id"])["status"] == "asking"
    office.clock.advance(minutes=2)
    assert office.sweep() == {"inquiries": 1, "requeued": 0, "lost": 1}
    ended = office.read(shop, inquiry["id"])
    assert (ended["status"], ended["failure"]["code"]) == ("unknown", "lost")
    office.deliver(office.take())
    assert new_calls(office, "serasa", before)[1] == 0


def _asked(inquiry: Inquiry, office: Office) -> Inquiry:
    until = office.clock.now() + ASKING_LEASE
    return replace(inquiry, status=InquiryStatus.ASKING, lease_until=until, attempts=1)
