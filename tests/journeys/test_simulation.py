"""Simulations on the local cloud, from the happy path to processes killed in the middle of their work."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from lastro.finance.cet import annual_cet
from lastro.kernel.calendar import add_months, monthly_due_dates
from sandbox.cloud.background import RunningCloud
from tests.journeys.partner import BANKS, Partner, Plumbing, check_ended
from tests.journeys.patience import ASK, LONGEST

pytestmark = pytest.mark.journey

NO_ADVICE: dict[str, Any] = {"when": {}, "minimum_down_payment": None, "suggested_down_payment": None}


@pytest.fixture
def partner(cloud: RunningCloud) -> Iterator[Partner]:
    found = Partner(cloud)
    found.forget_scripts()
    yield found
    found.forget_scripts()


@pytest.fixture
def plumbing(cloud: RunningCloud) -> Iterator[Plumbing]:
    found = Plumbing(cloud)
    yield found
    found.switch(on=True)


def test_a_purchase_comes_back_with_offers_and_every_banks_advice(partner: Partner, plumbing: Plumbing) -> None:
    for bank in BANKS[:4]:
        partner.script(bank, {"when": {}, "minimum_down_payment": 1_000_000, "suggested_down_payment": 2_000_000})
    partner.script("422", {"when": {}, "minimum_down_payment": 500_000, "suggested_down_payment": 2_000_000})
    posted = partner.post(partner.body())
    assert posted["pending"] == len(posted["conditions"]) == 10
    simulation = partner.wait(posted["uuid"])
    check_ended(partner, plumbing, simulation)
    kinds = Counter((c["bank"]["febraban_code"], c["suggestion_reason"]) for c in simulation["conditions"])
    advised = ("341", "033", "655", "623")
    expected: dict[tuple[str, str | None], int] = {(bank, None): 2 for bank in BANKS}
    expected |= {(bank, "bank_minimum_down_payment"): 2 for bank in advised}
    expected |= {(bank, "bank_suggested_down_payment"): 2 for bank in advised}
    assert kinds == expected
    originals = {c["id"]: c for c in simulation["conditions"] if c["suggestion_reason"] is None}
    for condition in simulation["conditions"]:
        assert condition["pre_approval_status"] == 3
        if condition["suggestion_reason"]:
            original = originals[condition["original_condition_id"]]
            assert condition["installments"] == original["installments"]
            assert condition["bank_minimum_down_payment"] == original["bank_minimum_down_payment"] == 1_000_000
            assert original["reason_identifier"] == "unsupported_down_payment_by_bank"
            assert condition["available"] is True


def test_the_figures_of_an_offer_agree_with_one_another(partner: Partner) -> None:
    for bank in BANKS:
        partner.script(bank, NO_ADVICE)
    body = partner.body((12, 48, 60), down_payment=3_000_000)
    body["simulation"]["documentation_value"] = 150_000
    simulation = partner.wait(partner.post(body)["uuid"])
    for condition in simulation["conditions"]:
        assert condition["available"], condition["reason"]
        flow = [condition["payment_flow"][str(n)] for n in range(1, condition["installments"] + 1)]
        assert condition["financed_amount"] == 7_000_000 + sum(e["value"] for e in condition["expenses"])
        assert condition["amount_paid_in_financing"] == sum(flow)
        assert condition["first_installment_value"] == flow[0]
        assert condition["last_installment_value"] == flow[-1]
        released = date.fromisoformat(condition["release_date"])
        due_dates = monthly_due_dates(add_months(released, 1), len(flow))
        assert condition["first_due_date"] == due_dates[0].isoformat()
        cet = annual_cet(7_000_000, released, list(zip(due_dates, flow, strict=True)))
        assert condition["cet_annually"] == float(cet.percent())
        assert condition["cet_annually"] > condition["interest_annually"] > 0
        kept = datetime.fromisoformat(condition["expires_at"]) - datetime.fromisoformat(condition["processed_at"])
        assert kept.days >= 2


def test_a_refusal_in_pre_analysis_ends_that_banks_conditions_only(partner: Partner, plumbing: Plumbing) -> None:
    partner.script("341", {"when": {}, "outcome": "pre_approval_refused"})
    before = len(partner.effects("341"))
    simulation = partner.wait(partner.post(partner.body(banks=("341", "422")))["uuid"])
    check_ended(partner, plumbing, simulation)
    refused = [c for c in simulation["conditions"] if c["bank"]["febraban_code"] == "341"]
    assert [(c["pre_approval_status"], c["reason_identifier"]) for c in refused] == [(2, "pre_approval_refused")] * 2
    assert len(partner.effects("341")) == before
    assert any(c["available"] for c in simulation["conditions"])


def test_processes_killed_in_mid_batch_lose_nothing(cloud: RunningCloud, partner: Partner, plumbing: Plumbing) -> None:
    partner.wait(partner.post(partner.body())["uuid"])
    before = {bank: len(partner.effects(bank)) for bank in BANKS}
    for bank in BANKS:
        partner.script(
            bank,
            {"when": {}, "minimum_down_payment": 1_000_000, "suggested_down_payment": None, "delay_ms": 700},
        )
    uuid = partner.post(partner.body((12, 24, 36, 48)))["uuid"]
    deadline = time.monotonic() + LONGEST
    while sum(len(partner.effects(bank)) - before[bank] for bank in BANKS) < 8:
        assert time.monotonic() < deadline, "the pipeline never reached the banks"
    victims = cloud.workers("process_condition")
    assert victims
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    assert partner.read(uuid)["pending"] > 0
    simulation = partner.wait(uuid, sweeping=True)
    check_ended(partner, plumbing, simulation)
    assert simulation["success"] is True
    assert len(simulation["conditions"]) == 40
    for bank in BANKS:
        assert len(partner.effects(bank)) - before[bank] == 8


def test_every_message_twice_and_in_reverse_order(partner: Partner, plumbing: Plumbing) -> None:
    for bank in BANKS:
        partner.script(bank, {"when": {}, "minimum_down_payment": 1_000_000, "suggested_down_payment": None})
    before = {bank: len(partner.effects(bank)) for bank in BANKS}
    plumbing.switch(on=False)
    posted = partner.post(partner.body((12, 24, 36)))
    messages = plumbing.take(len(posted["conditions"]))
    plumbing.put([*reversed(messages), *messages])
    plumbing.switch(on=True)
    simulation = partner.wait(posted["uuid"])
    check_ended(partner, plumbing, simulation)
    assert len(simulation["conditions"]) == 30
    for bank in BANKS:
        assert len(partner.effects(bank)) - before[bank] == 6


def test_a_bank_that_comes_back_within_seconds_costs_no_offer(partner: Partner, plumbing: Plumbing) -> None:
    partner.script("341", {"when": {}, "outcome": "unstable"})
    uuid = partner.post(partner.body((12, 24), banks=("341", "422"), suggestions=False))["uuid"]
    deadline = time.monotonic() + LONGEST
    while partner.read(uuid)["pending"] > 2:
        assert time.monotonic() < deadline, "the other bank's conditions never ended"
    partner.script("341", NO_ADVICE)
    simulation = partner.wait(uuid)
    check_ended(partner, plumbing, simulation)
    assert all(c["available"] for c in simulation["conditions"] if c["bank"]["febraban_code"] == "341")


def test_a_bank_that_stays_down_ends_as_failed_and_says_so(partner: Partner, plumbing: Plumbing) -> None:
    partner.script("655", {"when": {}, "outcome": "unstable"})
    simulation = partner.wait(partner.post(partner.body(tuple(range(12, 24)), banks=("655",)))["uuid"])
    check_ended(partner, plumbing, simulation)
    assert simulation["success"] is False
    assert {(c["error"], c["reason_identifier"]) for c in simulation["conditions"]} == {(True, "bank_unavailable")}


def test_an_answer_lost_after_its_effect_is_found_by_its_key(partner: Partner, plumbing: Plumbing) -> None:
    before = len(partner.effects("623"))
    partner.script("623", {**NO_ADVICE, "outcome": "timeout_after_effect"})
    simulation = partner.wait(partner.post(partner.body((24,), banks=("623",)))["uuid"])
    check_ended(partner, plumbing, simulation)
    assert [c["available"] for c in simulation["conditions"]] == [True]
    assert len(partner.effects("623")) == before + 1


def test_a_slow_bank_delays_no_other(partner: Partner) -> None:
    partner.wait(partner.post(partner.body((12, 24, 36, 48, 60), suggestions=False))["uuid"])
    partner.script("033", {**NO_ADVICE, "delay_ms": 60_000})
    conditions = partner.wait(partner.post(partner.body((12, 24, 36, 48, 60)))["uuid"])["conditions"]
    slow = [c["processed_at"] for c in conditions if c["bank"]["febraban_code"] == "033"]
    others = [c["processed_at"] for c in conditions if c["bank"]["febraban_code"] != "033"]
    assert max(others) < min(slow)


def test_the_same_idempotency_key_answers_the_same(partner: Partner) -> None:
    key = {"Idempotency-Key": "purchase-1"}
    body = partner.body(banks=("422",))
    first = partner.api.post("/api/v1/banks_api/simulations", json=body, headers=key)
    partner.wait(first.json()["data"]["uuid"])
    second = partner.api.post("/api/v1/banks_api/simulations", json=body, headers=key)
    assert (second.status_code, second.content) == (200, first.content)
    other = partner.api.post("/api/v1/banks_api/simulations", json=partner.body((60,)), headers=key)
    assert other.status_code == 409


def test_partners_see_nothing_of_one_another(cloud: RunningCloud, partner: Partner) -> None:
    path = f"/api/v1/banks_api/simulations/{partner.post(partner.body(banks=('422',)))['uuid']}"
    foreign = cloud.other_headers
    assert ASK.get(cloud.base_url + path, headers=foreign).status_code == 404
    crossed = {**foreign, "Store-Id": cloud.headers["Store-Id"]}
    assert ASK.get(cloud.base_url + path, headers=crossed).status_code == 403
    for headers in ({}, {"Authorization": "Bearer lk_no_such_key"}):
        answer = ASK.get(cloud.base_url + path, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"]["status"] == 401


def test_the_list_shows_the_newest_first(partner: Partner) -> None:
    posted = [partner.post(partner.body(banks=("422",)))["uuid"] for _ in range(3)]
    for uuid in posted:
        partner.wait(uuid)
    pages = [
        partner.api.get("/api/v1/proposal_simulations", params={"per_page": 2, "page": page}).json()["data"]
        for page in (1, 2)
    ]
    found = [simulation["uuid"] for page in pages for simulation in page]
    assert found[:3] == posted[::-1]
    assert partner.api.get("/api/v1/proposal_simulations", params={"after": "2999-01-01"}).json() == {"data": []}


def test_bad_input_names_every_wrong_field_at_once(partner: Partner) -> None:
    body = partner.body()
    body["simulation"]["conditions"][0]["down_payment"] = -1
    body["simulation"]["conditions"][1]["down_payment"] = 10_000_001
    body["simulation"]["bank_febraban_codes"] = ["999"]
    body["simulation"]["retrieve_lead"]["cpf_cnpj"] = "111.111.111-11"
    answer = partner.api.post("/api/v1/banks_api/simulations", json=body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {
        "simulation.conditions.0.down_payment",
        "simulation.conditions.1.down_payment",
        "simulation.bank_febraban_codes.0",
        "simulation.retrieve_lead.cpf_cnpj",
    }
    assert partner.api.post("/api/v1/banks_api/simulations", content=b"{").status_code == 400
    assert partner.api.post("/api/v1/banks_api/simulations", content=b'"' + b"x" * 270_000).status_code == 413


def test_no_log_holds_a_document_a_key_or_a_credential(
    cloud: RunningCloud, partner: Partner, plumbing: Plumbing
) -> None:
    cpf = cloud.credentials["lead_cpf"]
    partner.api.get(f"/api/v1/banks_api/leads/{cpf}")
    partner.wait(partner.post(partner.body())["uuid"])
    logged = plumbing.read_logs() + "".join(file.read_text(errors="replace") for file in cloud.logs.iterdir())
    assert "lastro-process_condition" in logged
    masked = f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"
    for secret in (cpf, masked, cloud.credentials["api_key"], "sandbox-client-secret", "sandbox-password"):
        assert secret not in logged
