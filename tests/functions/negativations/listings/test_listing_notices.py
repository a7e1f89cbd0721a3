"""Notices to debtors through the API: what people record, what proves it, and what a record without proof asks for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.functions.invocation import Answer
from tests.functions.negativations.events.pushing import work_all
from tests.functions.negativations.registry import Registry

DELIVERED = {"delivered_on": "2026-03-04", "proof": "recibo 8841"}


def listed(registry: Registry) -> dict[str, Any]:
    """A record at a bureau that answers at once, with the letter that its registry posts: seen from 18 March on."""
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    found = registry.read(listing["id"])
    assert (found["status"], found["active_from"]) == ("notificada", "2026-03-18")
    return found


def record(registry: Registry, listing: dict[str, Any], **changes: Any) -> Answer:
    shop = changes.pop("shop", registry.shop)
    sent = {"channel": "email", "address": "Ana@Example.COM", "sent_on": "2026-03-02", "recorded_by": "ana.souza"}
    body = {"notice": {name: value for name, value in {**sent, **changes}.items() if value is not None}}
    path = {"negativation_id": listing["id"]}
    return registry.ledger.call("record_negativation_notice", path=path, body=body, shop=shop)


def prove(registry: Registry, listing: dict[str, Any], notice_id: str, **changes: Any) -> Answer:
    path = {"negativation_id": listing["id"], "notice_id": notice_id}
    body = {"notice_proof": {**DELIVERED, "recorded_by": "bia.lima", **changes}}
    return registry.ledger.call("prove_negativation_notice", path=path, body=body)


def sweep(registry: Registry, days: int = 0) -> None:
    registry.clock.advance(days=days)
    registry.run_schedule("sync_negativations")
    work_all(registry)


def test_an_electronic_notice_counts_from_the_day_of_its_delivery(registry: Registry) -> None:
    listing = listed(registry)
    told = record(registry, listing).json["data"]
    [notice] = told["notices"]
    assert (notice["address"], notice["told_by"], notice["proof"]) == ("Ana@example.com", "partner", None)
    assert (told["active_from"], told["notice"], told["critical"]) == (None, notice, False)
    sweep(registry, days=2)
    proven = prove(registry, listing, notice["id"])
    assert proven.status == 200, proven.text
    found = proven.json["data"]
    assert (found["notice"]["delivered_on"], found["notice"]["proven_by"]) == ("2026-03-04", "bia.lima")
    # Delivered on 4 March: fifteen days of São Paulo, seen from the next on.
    assert (found["status"], found["active_from"]) == ("notificada", "2026-03-20")
    assert [each["event"] for each in found["history"]][-2:] == ["notice_recorded", "notice_proven"]
    sweep(registry, days=15)
    assert registry.read(listing["id"])["status"] == "notificada"
    sweep(registry, days=1)
    assert registry.read(listing["id"])["status"] == "ativa"


def test_without_proof_a_letter_is_asked_for_and_the_record_is_never_active(registry: Registry) -> None:
    listing = listed(registry)
    record(registry, listing)
    sweep(registry, days=3)
    assert not registry.read(listing["id"])["critical"]
    sweep(registry, days=1)
    asked = registry.read(listing["id"])
    assert (asked["status"], asked["concerns"], asked["letter_due_on"]) == (
        "notificada",
        ["letter_wanted"],
        "2026-03-13",
    )
    critical = registry.ledger.call("list_negativations", query={"critical": "true"}).json["data"]
    assert [row["id"] for row in critical] == [listing["id"]]
    sweep(registry, days=60)
    assert registry.read(listing["id"])["status"] == "notificada"
    letter = record(
        registry, listing, channel="letter", address="Praça da Sé, 100", sent_on="2026-03-20", proof="AR 1"
    ).json["data"]
    # Posted on 20 March: its time was over long ago.
    assert (letter["concerns"], letter["letter_due_on"], letter["status"]) == ([], None, "ativa")
    assert letter["active_from"] == "2026-04-07"


def test_a_day_to_come_asks_for_the_letter_too(registry: Registry) -> None:
    listing = listed(registry)
    record(registry, listing)
    work_all(registry)
    registry.run_schedule("sync_negativations", date(2026, 3, 6))
    work_all(registry)
    assert registry.read(listing["id"])["concerns"] == ["letter_wanted"]


def test_what_is_active_and_turns_out_unproven_has_a_deadline_of_its_own(registry: Registry) -> None:
    listing = listed(registry)
    sweep(registry, days=16)
    assert registry.read(listing["id"])["status"] == "ativa"
    found = record(registry, listing, channel="whatsapp", address="(84) 90000-0000").json["data"]
    assert (found["status"], found["concerns"]) == ("ativa", ["letter_wanted"])
    assert found["notices"][0]["address"] == "+5584900000000"
    # From 18 March, a Wednesday.
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert (due["negativation_id"], due["due_on"], due["to_be_asked_for"]) == (listing["id"], "2026-03-25", True)
    proven = prove(registry, listing, found["notices"][0]["id"]).json["data"]
    # Delivered on 4 March, it ran its time on the 19th, and others saw the record on the 18th.
    assert (proven["concerns"], proven["letter_due_on"]) == (["notice_late"], None)
    assert (proven["active_from"], proven["removal_due_on"]) == ("2026-03-20", "2026-03-25")
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert (due["due_on"], due["to_be_asked_for"]) == ("2026-03-25", True)
    # It comes down, and the debt is listed anew behind a notice that was given before.
    assert registry.remove(listing["id"], "22").status == 202
    registry.work(listing["id"])
    assert registry.read(listing["id"])["concerns"] == []
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_what_was_told_in_time_and_proven_late_owes_nothing(registry: Registry) -> None:
    listing = listed(registry)
    sweep(registry, days=16)
    found = record(registry, listing).json["data"]
    assert (found["status"], found["removal_due_on"]) == ("ativa", "2026-03-25")
    proven = prove(registry, listing, found["notices"][0]["id"], delivered_on="2026-03-02").json["data"]
    assert (proven["active_from"], proven["concerns"], proven["removal_due_on"]) == ("2026-03-18", [], None)
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_a_bureau_that_says_nothing_of_a_notice_has_none(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("credito_na_medida")
    listing = registry.place(registry.add_debt()["id"])
    assert record(registry, listing, sent_on="2026-03-01", **{**DELIVERED, "delivered_on": "2026-03-01"}).status == 200
    registry.work(listing["id"])
    found = registry.read(listing["id"])
    # What was told before the record counts from then on, but nobody sees what is not there.
    assert (found["notices"][0]["sent_on"], found["active_from"]) == ("2026-03-01", "2026-03-17")


def test_the_same_notice_again_is_one_and_its_proof_is_one(registry: Registry) -> None:
    listing = listed(registry)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: record(registry, listing), range(4)))
    assert {answer.status for answer in told} <= {200, 409}
    [notice] = registry.read(listing["id"])["notices"]
    # Before the @ letters are as they are: another address.
    assert record(registry, listing, address=" ana@example.com ").json["data"]["notices"][1]["id"] != notice["id"]
    first = record(registry, listing, **DELIVERED)
    assert [first.status, prove(registry, listing, notice["id"]).status] == [200, 200]
    assert record(registry, listing).status == 200
    for other in (
        prove(registry, listing, notice["id"], proof="recibo 9"),
        record(registry, listing, delivered_on="2026-03-03", proof="recibo 8841"),
    ):
        assert (other.status, other.json["code"]) == (409, "notice_already_proven")
    assert len(registry.read(listing["id"])["notices"]) == 2


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"address": "Praça da Sé, 100"}, {"notice.address": "email"}),
        ({"channel": "sms"}, {"notice.address": "mobile_phone"}),
        ({"channel": "whatsapp", "address": "(11) 3234-5678"}, {"notice.address": "mobile_phone"}),
        ({"channel": "letter", "proof": "AR 1"}, {"notice.address": "postal_address"}),
        ({"channel": "letter", "address": "+5511987654321"}, {"notice.address": "postal_address"}),
        ({"channel": "fax"}, {"notice.channel": "literal_error"}),
        ({"proof": "envio 1"}, {"notice.delivered_on": "required"}),
        ({"delivered_on": "2026-03-04"}, {"notice.proof": "required"}),
        ({**DELIVERED, "delivered_on": "2026-03-01"}, {"notice.delivered_on": "delivered_before_sent"}),
        ({"sent_on": "2026-02-01"}, {"notice.sent_on": "sent_before_due"}),
        ({"sent_on": "2099-01-01"}, {"notice.sent_on": "date_in_future"}),
        ({"recorded_by": " "}, {"notice.recorded_by": "string_too_short"}),
    ],
)
def test_what_cannot_be_of_a_notice_is_refused(
    registry: Registry, changes: dict[str, Any], rules: dict[str, str]
) -> None:
    listing = registry.place(registry.add_debt()["id"])
    answer = record(registry, listing, **changes)
    assert (answer.status, answer.rules()) == (422, rules), answer.text
    assert registry.read(listing["id"])["notices"] == []


def test_a_letter_needs_no_delivery_and_an_electronic_proof_does(registry: Registry) -> None:
    listing = listed(registry)
    letter = record(registry, listing, channel="letter", address="Praça da Sé, 100").json["data"]["notices"][0]
    electronic = record(registry, listing, channel="sms", address="84900000000").json["data"]["notices"][1]
    missing = prove(registry, listing, electronic["id"], delivered_on=None)
    assert missing.rules() == {"notice_proof.delivered_on": "required"}
    proven = prove(registry, listing, letter["id"], delivered_on=None, proof="AR 1")
    assert (proven.json["data"]["notice"]["proof"], proven.json["data"]["active_from"]) == ("AR 1", "2026-03-18")
    unknown = prove(registry, listing, "1b0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10")
    assert (unknown.status, unknown.json["code"]) == (404, "notice_not_found")


def test_nobody_records_for_another_and_nothing_of_what_never_left(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at()
    registry.want_approval()
    listing = registry.place(registry.add_debt()["id"])
    registry.decide(listing["id"], "reject", "bia.lima", "Débito em negociação")
    impossible = record(registry, listing)
    assert (impossible.status, impossible.json["code"]) == (409, "notice_impossible")
    foreign = record(registry, listing, shop=open_registry_at().shop)
    assert (foreign.status, foreign.json["code"]) == (404, "negativation_not_found")


def test_a_listing_has_so_many_notices_and_no_more(registry: Registry) -> None:
    listing = listed(registry)
    for number in range(20):
        assert record(registry, listing, address=f"ana{number}@example.com").status == 200
    more = record(registry, listing, address="bia@example.com")
    assert (more.status, more.json["code"]) == (422, "too_many_notices")
