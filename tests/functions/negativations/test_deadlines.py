"""Deadlines through their functions: shown by branch until the listing is down, told when they are late."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import local_date
from lastro.kernel.errors import Retryable
from lastro.negativations.deadlines import reading
from lastro.negativations.deadlines.store import DeadlineStore
from lastro.negativations.listings.following.boletos import ListingFollower
from lastro.negativations.listings.statuses import IllegalTransition
from lastro.negativations.listings.working import sweep
from lastro.negativations.payments import BoletoChange
from tests.functions.invocation import CPF, OTHER_CPF, load_function, sample_event
from tests.functions.negativations.registry import Registry


def deadlines(registry: Registry, **query: str) -> Any:
    answer = registry.ledger.call("list_negativation_deadlines", query=query)
    assert answer.status == 200, answer.text
    return answer.json


def watch(registry: Registry, days: int = 0) -> dict[str, int]:
    event = sample_event("negativations", "watch_negativations")
    day = local_date(registry.clock.now()) + timedelta(days=days)
    event["detail"] = {"business_date": day.isoformat()}
    counts: dict[str, int] = load_function("negativations", "watch_negativations").handler(event, None)
    return counts


def listed(registry: Registry, document: str | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    boleto = registry.add_debt(document) if document else registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    return boleto, listing


def test_a_payment_begins_a_deadline_and_the_removal_ends_it(registry: Registry) -> None:
    boleto, listing = listed(registry)
    assert deadlines(registry)["data"] == []
    # Monday 2 March; the money is there on Tuesday, so the fifth business day after it is Tuesday the 10th.
    assert registry.ledger.settle(boleto["id"], 10_000).status == 200
    told = deadlines(registry)
    [row] = told["data"]
    assert (row["negativation_id"], row["boleto_id"]) == (listing["id"], boleto["id"])
    assert (row["due_on"], row["available_on"]) == ("2026-03-10", "2026-03-03")
    assert (row["late"], row["to_be_asked_for"], row["origin"]) == (False, True, "manual")
    assert told["by_branch"] == [{"branch_id": registry.ledger.branch_id, "due": 1, "late": 0}]
    assert registry.read(listing["id"])["removal_due_on"] == "2026-03-10"
    nothing = {"data": [], "due": 0, "late": 0, "counted_all": True, "by_branch": []}
    stranger = replace(registry.ledger.shop, partner_id="0b6f2d0e-0000-4a7e-9d5f-6f1c1b1f7a10")
    assert registry.ledger.call("list_negativation_deadlines", shop=stranger, query={}).json == nothing
    before = watch(registry, 8)["late"]
    assert watch(registry, 9)["late"] == before + 1
    registry.clock.advance(hours=24 * 9)
    late = deadlines(registry, late="true")
    assert (late["due"], late["late"], late["data"][0]["late"]) == (1, 1, True)
    assert deadlines(registry, late="false")["data"] == []
    assert registry.remove(listing["id"]).status == 202
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert deadlines(registry) == nothing


@pytest.mark.parametrize("fault", [Retryable("not now", code="away"), IllegalTransition("a fault of ours")])
def test_a_payment_that_cannot_be_followed_goes_behind_those_that_can(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    stuck, (boleto, listing) = listed(registry), listed(registry, OTHER_CPF)
    tried: list[str] = []
    known = ListingFollower.__call__

    def follow(follower: ListingFollower, change: BoletoChange) -> None:
        tried.append(change.boleto.id)
        if not reached:
            raise Retryable("not now", code="away")
        if change.boleto.id == stuck[0]["id"]:
            raise fault
        known(follower, change)

    reached = False
    monkeypatch.setattr(ListingFollower, "__call__", follow)
    for each in (stuck[0], boleto):
        assert registry.ledger.settle(each["id"], 10_000).status == 200
        registry.clock.advance(hours=1)
    reached = True
    # A run that has time for one: who comes first fails, and is not first again.
    monkeypatch.setattr(sweep, "within_time", lambda due, *_: islice(due, 1))
    tried.clear()
    for _ in range(3):
        with suppress(ExceptionGroup):
            registry.run_schedule("sync_negativations")
        registry.clock.advance(hours=1)
    assert tried == [stuck[0]["id"], boleto["id"], stuck[0]["id"]]
    assert [row["negativation_id"] for row in deadlines(registry)["data"]] == [listing["id"]]


def test_a_fault_in_one_of_its_sweeps_stops_none_of_the_others(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    boleto, _ = listed(registry)
    lost = registry.place(registry.add_debt(OTHER_CPF)["id"])
    registry.take()

    def fail(*_: Any) -> None:
        raise fault

    fault: Exception = Retryable("not now", code="away")
    monkeypatch.setattr(ListingFollower, "__call__", fail)
    assert registry.ledger.settle(boleto["id"], 10_000).status == 200
    fault = IllegalTransition("a fault of ours")
    registry.clock.advance(hours=1)
    with pytest.raises(ExceptionGroup):
        registry.run_schedule("sync_negativations")
    assert lost["id"] in [json.loads(record["body"])["listing_id"] for record in registry.take()]


def test_the_holidays_of_the_branch_count(registry: Registry) -> None:
    boleto, listing = listed(registry)
    steps = [{"step": 5, "days_overdue": 60, "action": "notary"}]
    body = {
        "collection_parameters": {"enabled": False, "steps": steps, "state": "PE", "single_holidays": ["2026-03-09"]}
    }
    path = {"branch_id": str(registry.ledger.branch_id)}
    assert registry.ledger.call("put_collection_parameters", path=path, body=body).status == 200
    assert registry.ledger.settle(boleto["id"], 10_000).status == 200
    # Pernambuco rests on Friday the 6th, the branch's city on Monday the 9th.
    assert registry.read(listing["id"])["removal_due_on"] == "2026-03-12"


def work_in_recife(registry: Registry) -> None:
    """Pernambuco rests on Friday 6 March, and the city, let it be, on the 9th."""
    steps = [{"step": 5, "days_overdue": 60, "action": "notary"}]
    place = {"state": "PE", "yearly_holidays": ["03-09"]}
    body = {"collection_parameters": {"enabled": False, "steps": steps, **place}}
    path = {"branch_id": str(registry.ledger.branch_id)}
    assert registry.ledger.call("put_collection_parameters", path=path, body=body).status == 200


def test_a_removal_that_is_asked_for_has_the_days_of_the_branch(registry: Registry) -> None:
    _, listing = listed(registry)
    work_in_recife(registry)
    assert registry.remove(listing["id"], "03").status == 202
    # Asked for on Monday 2 March: neither the 6th nor the 9th is one of these five.
    assert [row["due_on"] for row in deadlines(registry)["data"]] == ["2026-03-11"]


def test_deadlines_are_a_partners_own(open_registry_at: Callable[..., Registry]) -> None:
    registry, other = open_registry_at(), open_registry_at()
    boleto, _ = listed(registry, OTHER_CPF)
    registry.ledger.settle(boleto["id"], 10_000)
    assert deadlines(other)["data"] == []
    assert deadlines(registry, branch_id="999999")["data"] == []
    assert len(deadlines(registry, branch_id=str(registry.ledger.branch_id))["data"]) == 1


def test_so_many_are_looked_through_and_it_is_told(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at()
    for document in (CPF, OTHER_CPF):
        boleto, _ = listed(registry, document)
        registry.ledger.settle(boleto["id"], 10_000)
    monkeypatch.setattr(reading, "MOST_COUNTED", 2)
    assert (deadlines(registry)["due"], deadlines(registry)["counted_all"]) == (2, True)
    monkeypatch.setattr(reading, "MOST_COUNTED", 1)
    told = deadlines(registry)
    assert (len(told["data"]), told["due"], told["counted_all"]) == (1, 1, False)


def test_what_is_older_than_five_years_stands_no_longer(registry: Registry) -> None:
    _, listing = listed(registry)
    due_on = registry.read(listing["id"])
    assert due_on["status"] != "expirada"
    # The debt was due on 1 February 2026: its last day is 1 February 2031.
    event = sample_event("negativations", "watch_negativations")
    handler = load_function("negativations", "watch_negativations").handler
    event["detail"] = {"business_date": "2031-02-01"}
    handler(event, None)
    assert registry.read(listing["id"])["status"] != "expirada"
    event["detail"] = {"business_date": "2031-02-02"}
    assert handler(event, None)["expired"] >= 1
    assert registry.read(listing["id"])["status"] == "expirada"
    assert handler(event, None)["expired"] == 0


def test_what_is_prescribed_is_taken_down_by_the_routine(registry: Registry) -> None:
    boleto = registry.add_debt(prescription_years=1)
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    work_in_recife(registry)
    event = sample_event("negativations", "watch_negativations")
    handler = load_function("negativations", "watch_negativations").handler
    event["detail"] = {"business_date": "2027-02-02"}
    assert handler(event, None)["prescribed"] == 1
    # It has the days of the branch, as any other that is asked for on 2 March.
    assert [row["due_on"] for row in deadlines(registry)["data"]] == ["2026-03-11"]
    assert handler(event, None)["prescribed"] == 0
    assert registry.read(listing["id"])["status"] == "baixa_pendente"
    # While a bureau does not take it down it does not stand before what comes after it.
    assert listing["id"] not in DeadlineStore(Table()).list_past(date(2027, 2, 2))
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert handler(event, None)["prescribed"] == 0
