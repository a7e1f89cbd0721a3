"""POST /v2.1/process/simple_signup."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lastro.origination.processes.model import StepName
from lastro.origination.processes.statuses import ProcessEvent
from tests.functions.invocation import CPF, OTHER_CPF
from tests.functions.origination.journey import PRINCIPAL, Journey, sample_body

KEY = "signup-0001"


def test_a_person_is_registered_and_analysed(journey: Journey) -> None:
    answer = journey.sign_up()
    assert answer.status == 201
    assert answer.json == {
        "id": answer.json["id"],
        "status": "SIGNUP_ANALISIS",
        "cpf": CPF,
        "name": "Fulana d'Tal",
        "dateCreated": "2026-11-03T12:00:00.000Z",
        "lastUpdated": "2026-11-03T12:00:00.000Z",
        "reasons": [],
    }
    stored = journey.store.find_process(answer.json["id"])
    assert stored is not None
    [step] = stored.steps
    [message] = journey.take("Analysis")
    assert message.pop("request_id") == answer.headers["x-request-id"]
    assert message == {
        "partner_id": step.partner_id,
        "owner": "process",
        "id": stored.process.id,
        "step": "analyze",
        "step_id": step.id,
    }
    assert (step.due_at, step.name) == (datetime(2026, 11, 3, 12, 0, 30, tzinfo=UTC), StepName.ANALYZE)
    [entry] = stored.history
    assert (entry.who, entry.event, entry.from_status, entry.to_status) == (
        PRINCIPAL,
        "created",
        None,
        "SIGNUP_ANALISIS",
    )
    assert stored.process.signup == {
        "birthday": "1992-07-25",
        "email": "fulana@example.com",
        "phone": "+5562987654321",
        "zip_code": "74180040",
        "has_credit_card": False,
        "has_restriction": False,
        "has_own_house": False,
        "has_vehicle": False,
        "has_android": True,
        "log_data": {
            "latitude": "-16.6982",
            "longitude": "-49.2581",
            "occurrence_date": "2026-11-03T11:59:58.459Z",
            "user_agent": "Mozilla/5.0 (Linux; Android 16)",
            "ip": "203.0.113.77",
            "mac": "00:00:00:00:00:00",
        },
    }


def test_the_least_the_documentation_shows_is_enough(journey: Journey) -> None:
    needed = ("cpf", "name", "birthday", "email", "phone", "zipCode")
    body = {name: value for name, value in sample_body("create_simple_signup").items() if name in needed}
    assert journey.call("create_simple_signup", body=body).status == 201


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("cpf", " 529.982.247-25 ", CPF),
        ("cpf", 191, "00000000191"),
        ("name", "  Fulano   d'Tal ", "Fulano d'Tal"),
        ("phone", 62987654321, "+5562987654321"),
        ("phone", "(62) 98765-4321", "+5562987654321"),
        ("zipCode", "74180-040", "74180040"),
        ("zipCode", 1310100, "01310100"),
        ("birthday", " 1992-07-25 ", "1992-07-25"),
        ("hasAndroid", "true", True),
        ("hasAndroid", "", None),
        ("hasCreditCart", True, True),
        ("logData", None, None),
    ],
)
def test_types_may_drift(journey: Journey, field: str, sent: Any, kept: Any) -> None:
    body = sample_body("create_simple_signup")
    if field == "hasCreditCart":
        del body["hasCreditCard"]
    answer = journey.call("create_simple_signup", body={**body, field: sent})
    assert answer.status == 201, answer.text
    process = journey.process(answer.json["id"])
    names = {
        "zipCode": "zip_code",
        "hasAndroid": "has_android",
        "hasCreditCart": "has_credit_card",
        "logData": "log_data",
    }
    found = getattr(process, field, None) or process.signup.get(names.get(field, field))
    assert found == kept


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("cpf", "52998224724"),
        ("cpf", "11111111111"),
        ("cpf", None),
        ("cpf", 10**30),
        ("name", "123"),
        ("name", "Ana\u0000"),
        ("name", "a" * 151),
        ("birthday", "25/07/1992"),
        ("birthday", "20260101"),
        ("birthday", "2026-11-04"),
        ("birthday", "1899-12-31"),
        ("birthday", 711936000),
        ("email", "fulana@"),
        ("email", "a@b.c d"),
        ("phone", "6232345678"),
        ("phone", True),
        ("zipCode", "7418004"),
        ("hasVehicle", "talvez"),
        ("logData", "sim"),
        ("logData.latitude", 90.5),
        ("logData.latitude", "NaN"),
        ("logData.longitude", -181),
        ("logData.occurrenceDate", "2019-08-21"),
        ("logData.occurrenceDate", "2019-08-21T14:31:17"),
        ("logData.ip", "300.1.1.1"),
        ("logData.mac", "0"),
        ("logData.userAgent", ""),
    ],
)
def test_a_wrong_field_is_named(journey: Journey, field: str, sent: Any) -> None:
    body = sample_body("create_simple_signup")
    outer, _, inner = field.partition(".")
    if inner:
        body[outer][inner] = sent
    else:
        body[outer] = sent
    answer = journey.call("create_simple_signup", body=body)
    assert answer.status == 400
    assert answer.json["code"] == "invalid_input"
    assert list(answer.rules()) == [field]
    assert journey.store.find_registration(journey.partner_id, CPF) is None


def test_a_name_that_no_contract_can_print_is_refused_at_once(journey: Journey) -> None:
    for name in ("Владимир Иванов", "Łukasz Nowak", "Ana 😀"):
        answer = journey.sign_up(name=name)
        assert (answer.status, answer.json["code"], answer.rules()) == (400, "invalid_input", {"name": "undrawable"})
    assert journey.sign_up(name="Ñusta Žofie d'Ávila Müller").status == 201


def test_every_wrong_field_is_named_at_once(journey: Journey) -> None:
    answer = journey.call("create_simple_signup", body={"logData": {}})
    wanted = {"cpf", "name", "birthday", "email", "phone", "zipCode"}
    wanted |= {f"logData.{name}" for name in ("latitude", "longitude", "occurrenceDate", "userAgent", "ip")}
    assert set(answer.rules()) == wanted


def test_a_person_is_registered_once(journey: Journey) -> None:
    first = journey.sign_up()
    again = journey.sign_up(name="Outra Pessoa")
    assert (again.status, again.json["code"]) == (409, "already_registered")
    assert first.json["id"] in again.json["message"]
    journey.move_process(first.json["id"], ProcessEvent.SIGNUP_COMPLETED)
    assert journey.sign_up().json["code"] == "already_registered"


def test_another_partner_may_register_the_same_person(journey: Journey) -> None:
    assert journey.sign_up().status == 201
    journey.partner_id += "-other"
    assert journey.sign_up().status == 201


def test_a_denied_person_may_register_again(journey: Journey) -> None:
    first = journey.sign_up().json["id"]
    journey.move_process(first, ProcessEvent.SIGNUP_DENIED)
    second = journey.sign_up()
    assert second.status == 201
    assert second.json["id"] != first
    assert journey.sign_up().json["code"] == "already_registered"


def test_the_same_attempt_is_answered_the_same(journey: Journey) -> None:
    first = journey.sign_up(key=KEY)
    journey.clock.advance(hours=1)
    again = journey.sign_up(key=KEY)
    assert (again.status, again.text) == (201, first.text)
    other = journey.sign_up(key=KEY, cpf=OTHER_CPF)
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(journey.take("Analysis")) == 1


def test_the_twenty_first_signup_of_a_day_is_refused(journey: Journey) -> None:
    assert journey.sign_up().status == 201
    for _ in range(19):
        assert journey.sign_up().status == 409
    blocked = journey.sign_up()
    assert (blocked.status, blocked.json["code"]) == (429, "client_blocked")
    # 9 o'clock in São Paulo: the day has fifteen hours left.
    assert blocked.headers["Retry-After"] == str(15 * 3600 + 1)
    assert journey.call("get_borrower", query={"cpf": CPF}).json["isBlocked"] is True
    # Another person is not affected, nor is another partner.
    assert journey.sign_up(cpf=OTHER_CPF).status == 201
    journey.clock.moment += timedelta(hours=15)
    assert journey.sign_up().json["code"] == "already_registered"
    assert journey.call("get_borrower", query={"cpf": CPF}).json["isBlocked"] is False


def test_a_borrower_is_known_until_denied(journey: Journey) -> None:
    unknown = journey.call("get_borrower", query={"cpf": CPF})
    assert (unknown.status, unknown.json) == (200, {"isRegistered": False, "isBlocked": False, "processId": None})
    process_id = journey.sign_up().json["id"]
    assert journey.call("get_borrower", query={"cpf": "529.982.247-25"}).json == {
        "isRegistered": True,
        "isBlocked": False,
        "processId": process_id,
    }
    journey.move_process(process_id, ProcessEvent.SIGNUP_DENIED)
    assert journey.call("get_borrower", query={"cpf": CPF}).json["isRegistered"] is False
    for wrong in ({}, {"cpf": "1"}):
        assert journey.call("get_borrower", query=wrong).status == 400


@pytest.mark.parametrize(
    ("field", "sent", "rule"),
    [
        ("name", "Fulana\u202e", "control_character"),
        ("name", "Jo\ufffdo", "not_utf_8"),
        ("phone", "6232345678", "mobile_phone"),
        ("phone", "20987654321", "mobile_phone"),
        ("email", "fulana@", "email"),
        ("birthday", "1992-07-25T10:00:00", "day_without_zone"),
        ("zipCode", "7418004", "zip_code"),
        ("cpf", "٥٢٩٩٨٢٢٤٧٢٥", "cpf"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_by_name(journey: Journey, field: str, sent: Any, rule: str) -> None:
    answer = journey.sign_up(**{field: sent})
    assert (answer.status, answer.rules()) == (400, {field: rule})


@pytest.mark.parametrize(("ahead", "status"), [(timedelta(minutes=5), 201), (timedelta(minutes=5, seconds=1), 400)])
def test_nobody_signs_up_tomorrow(journey: Journey, ahead: timedelta, status: int) -> None:
    moment = (journey.clock.now() + ahead).isoformat()
    log_data = {**sample_body("create_simple_signup")["logData"], "occurrenceDate": moment}
    answer = journey.sign_up(logData=log_data)
    assert answer.status == status
    assert status == 201 or answer.rules() == {"logData.occurrenceDate": "in_the_future"}
