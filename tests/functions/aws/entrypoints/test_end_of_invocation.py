"""The last line of an invocation: how much of its time-out it used, which an alarm of the template reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws import log
from lastro.aws.entrypoints.authorizer import authorizer
from lastro.aws.entrypoints.challenge import challenge
from lastro.aws.entrypoints.consumer import consumer
from lastro.aws.entrypoints.http import endpoint
from lastro.aws.entrypoints.schedule import scheduled
from lastro.aws.entrypoints.subscription import subscription
from lastro.kernel.callers.caller import Admission, Caller, StatusSpelling
from lastro.kernel.errors import Permanent, Retryable
from lastro.kernel.queues.delivery import Delivery, Done, Retries
from lastro.wire.messages import QueueMessage
from tests.functions.conftest import logged
from tests.functions.invocation import sample_event
from tests.template.source import ALARMS, load_template

__all__ = ["logged"]

LIMIT = 15.0
"""Seconds that the functions of this page have."""


class Clock:
    """Stands for the process's clock, moved by what a function does; Lambda counts down on the same."""

    now = 100.0

    def perf_counter(self) -> float:
        return self.now

    def context(self) -> SimpleNamespace:
        end = self.now + LIMIT
        return SimpleNamespace(
            function_name="lastro-some_operation", get_remaining_time_in_millis=lambda: int((end - self.now) * 1000)
        )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    modules = [
        f"entrypoints.{name}" for name in ("authorizer", "challenge", "consumer", "http", "schedule", "subscription")
    ]
    for module in (*modules, "log"):
        monkeypatch.setattr(f"lastro.aws.{module}.time", made)
    return made


class Work(QueueMessage):
    number: int


def http(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    @endpoint()
    def handler(caller: Caller) -> str:
        work()
        return "{}"

    return handler


def queue(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    @consumer(Work, Retries((3, 7), attempts=2))
    async def handler(delivery: Delivery[Work]) -> Done:
        work()
        return Done()

    return handler


def schedule(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    def run(business_date: date) -> dict[str, int]:
        work()
        return {"swept": 1}

    return scheduled(run)


def admission(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    def identify(credential: str) -> Admission:
        work()
        caller = Caller(partner_id="p", store_ids=(1,), principal="k", status_spelling=StatusSpelling.PAGES)
        return Admission(caller=caller)

    return authorizer(identify)


def question(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    def redeem(username: str, answer: str) -> bool:
        work()
        return True

    return challenge(redeem)


def lines(work: Callable[[], None]) -> Callable[[Any, Any], Any]:
    def keep(found: list[dict[str, Any]]) -> int:
        work()
        return len(found)

    return subscription(keep)


EVENTS: dict[Callable[..., Any], dict[str, Any]] = {
    http: {
        "resource": "/orders",
        "path": "/orders",
        "httpMethod": "GET",
        "headers": {},
        "requestContext": {
            "requestId": "r",
            "authorizer": {"partner_id": "p", "store_ids": "1", "principal": "k", "scopes": "*"},
        },
    },
    queue: {
        "Records": [
            {
                "messageId": "m",
                "receiptHandle": "h",
                "body": '{"number": 1, "partner_id": "p"}',
                "attributes": {"ApproximateReceiveCount": "1"},
                "eventSourceARN": "arn:aws:sqs:sa-east-1:1:work",
            }
        ]
    },
    schedule: {"business_date": "2026-11-28"},
    question: sample_event("customers", "work_login_challenge"),
    lines: sample_event("access", "record_requests"),
    admission: {
        "headers": {"Authorization": "Bearer x"},
        "methodArn": "arn:aws:execute-api:sa-east-1:1:api/live/GET/health",
    },
}


@pytest.mark.parametrize("entrypoint", EVENTS)
@pytest.mark.parametrize("seconds", [0.0, 3.0, 12.75, 15.0])
def test_every_entrypoint_says_how_much_of_its_time_is_gone(
    entrypoint: Callable[..., Any], seconds: float, clock: Clock, logged: StringIO
) -> None:
    def work() -> None:
        clock.now += seconds

    handler = entrypoint(work)
    handler(EVENTS[entrypoint], clock.context())
    last = json.loads(logged.getvalue().splitlines()[-1])
    assert last["timeout_used"] == round(100 * seconds / LIMIT, 1)
    assert last["operation"] == "lastro-some_operation"


@pytest.mark.parametrize(
    ("entrypoint", "fault"),
    [(http, ZeroDivisionError()), (queue, Permanent("never", code="gone")), (schedule, ZeroDivisionError())],
)
def test_what_a_function_could_not_mend_is_told_as_an_error(
    entrypoint: Callable[..., Any], fault: Exception, logged: StringIO
) -> None:
    def work() -> None:
        raise fault

    handler = entrypoint(work)
    # A run that fails is raised as well, so that Lambda counts it; the others end their work and say what became of it.
    with pytest.raises(ExceptionGroup) if entrypoint is schedule else nullcontext():
        handler(EVENTS[entrypoint], SimpleNamespace(function_name="f"))
    levels = [json.loads(line)["level"] for line in logged.getvalue().splitlines()]
    assert levels == ["ERROR", "INFO"]
    pattern = load_template(ALARMS)["Resources"]["ErrorsLogged"]["Properties"]["FilterPattern"]
    assert pattern == '{ (($.level = "ERROR") || ($.level = "CRITICAL")) && ($.message != "request failed") }'
    assert json.loads(logged.getvalue().splitlines()[0])["message"] != "request failed"


def test_a_request_that_failed_as_foreseen_is_told_by_its_status_alone(logged: StringIO) -> None:
    def work() -> None:
        raise Retryable("later", code="service_busy")

    answer = http(work)(EVENTS[http], SimpleNamespace(function_name="f"))
    failed, request = (json.loads(line) for line in logged.getvalue().splitlines())
    assert (failed["level"], failed["message"]) == ("ERROR", "request failed")
    assert request["status"] == answer["statusCode"] == 503


def test_without_a_time_out_nothing_is_said_of_it() -> None:
    assert log.timeout_used(SimpleNamespace(function_name="x"), 0.0) is None


def test_the_alarm_reads_the_figure_by_its_name() -> None:
    resource = load_template(ALARMS)["Resources"]["TimeoutUsed"]["Properties"]
    assert resource["FilterPattern"] == "{ $.timeout_used >= 0 }"
    assert [made["MetricValue"] for made in resource["MetricTransformations"]] == ["$.timeout_used"]
