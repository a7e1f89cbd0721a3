"""Boletos and their payments through their functions: money counts once, and what ended does not change."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.kernel.errors import Retryable
from lastro.negativations.boletos.model import MAX_PAYMENTS, Event
from lastro.negativations.boletos.store import BoletoStore, claim_for_listing
from lastro.negativations.payments import BoletoChange
from lastro.negativations.wiring import open_boletos
from tests.functions.invocation import OTHER_CPF, Shop
from tests.functions.negativations.ledger import Ledger

NOBODY = "0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"


def test_a_boleto_is_kept_and_read_back(ledger: Ledger) -> None:
    guarantor = ledger.add_debtor(OTHER_CPF)
    kept = ledger.add_boleto(ledger.add_debtor(), nature_code="TI", contract_number="1/24", guarantor_ids=[guarantor])
    assert (kept["status"], kept["remaining_cents"], kept["payments"]) == ("overdue", 10_000, [])
    assert (kept["nature_code"], kept["contract_number"], kept["guarantor_ids"]) == ("TI", "1/24", [guarantor])
    assert ledger.read(kept["id"]) == kept


def test_a_boleto_is_overdue_from_the_day_after_its_due_date(ledger: Ledger) -> None:
    boleto = ledger.add_boleto(ledger.add_debtor(), due_on="2026-03-02")
    assert boleto["status"] == "open"
    ledger.clock.advance(hours=24)
    assert ledger.read(boleto["id"])["status"] == "overdue"


def test_the_same_boleto_twice_is_one_and_another_of_the_id_is_refused(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    first = ledger.add_boleto(debtor_id)
    ledger.settle(first["id"], 4_000, payment_id="p-1")
    assert ledger.add_boleto(debtor_id)["remaining_cents"] == 6_000
    body = {"boleto": {"external_id": "b-1", "debtor_id": debtor_id, "branch_id": ledger.branch_id}}
    body["boleto"] |= {"due_on": "2026-02-01", "amount_cents": 10_001}
    answer = ledger.call("create_boleto", body=body)
    assert (answer.status, answer.json["code"]) == (409, "boleto_exists")


def test_what_a_boleto_refers_to_is_there(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    boleto = {"external_id": "b", "debtor_id": NOBODY, "branch_id": 999_999, "due_on": "2026-02-01", "amount_cents": 1}
    answer = ledger.call("create_boleto", body={"boleto": boleto})
    assert answer.rules() == {"boleto.debtor_id": "unknown_debtor", "boleto.branch_id": "unknown_branch"}
    related = {**boleto, "debtor_id": debtor_id, "branch_id": ledger.branch_id, "guarantor_ids": [debtor_id, NOBODY]}
    answer = ledger.call("create_boleto", body={"boleto": related})
    assert answer.rules() == {"boleto.guarantor_ids.0": "guarantor", "boleto.guarantor_ids.1": "unknown_debtor"}


# payments -------------------------------------------------------------------------------------------------------------


def test_parts_add_up_until_one_settles(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    part = ledger.settle(boleto_id, 4_000, payment_id="p-1").json["data"]
    assert (part["status"], part["remaining_cents"], part["settlement"]) == ("overdue", 6_000, None)
    whole = ledger.settle(boleto_id, 6_000, payment_id="p-2").json["data"]
    assert (whole["status"], whole["remaining_cents"]) == ("settled", 0)
    assert (whole["settlement"]["id"], whole["settlement"]["available_on"]) == ("p-2", "2026-03-03")


def test_the_same_payment_again_changes_nothing(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    first = ledger.settle(boleto_id, 4_000, payment_id="p-1")
    assert ledger.settle(boleto_id, 4_000, payment_id="p-1").json == first.json
    other = ledger.settle(boleto_id, 4_001, payment_id="p-1")
    assert (other.status, other.json["code"]) == (409, "payment_id_reused")
    ends = ledger.settle(boleto_id, 4_000, payment_id="p-1", settles=True)
    assert (ends.status, ends.json["code"]) == (409, "payment_id_reused")
    assert ledger.settle(boleto_id, 4_000, payment_id="p-1", settles=False).json == first.json


def test_a_part_that_may_be_the_same_is_asked_for_its_id(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    assert ledger.settle(boleto_id, 4_000, key="k-1").status == 200
    assert ledger.settle(boleto_id, 4_000, key="k-1").json["data"]["remaining_cents"] == 6_000
    unclear = ledger.settle(boleto_id, 4_000, key="k-2")
    assert (unclear.status, unclear.json["code"]) == (409, "payment_repeated")
    assert ledger.settle(boleto_id, 4_000, payment_id="p-2").json["data"]["remaining_cents"] == 2_000


def test_a_settlement_without_an_id_again_is_the_same(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    first = ledger.settle(boleto_id, 10_500)
    ledger.clock.advance(hours=1)
    assert ledger.settle(boleto_id, 10_500).json == first.json
    assert len(ledger.read(boleto_id)["payments"]) == 1
    more = ledger.settle(boleto_id, 10_501)
    assert (more.status, more.json["code"]) == (422, "boleto_ended")


def test_less_than_is_owed_settles_only_where_it_is_said(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    assert ledger.settle(boleto_id, 10_000, settles=False).rules() == {"settlement.settles": "covers_debt"}
    assert ledger.settle(boleto_id, 7_000, settles=True).json["data"]["status"] == "settled"


@pytest.mark.parametrize(
    ("days", "field", "rule"),
    [
        ({"available_on": "2026-03-01"}, "available_on", "available_before_paid"),
        ({"available_on": "2026-04-02"}, "available_on", "available_too_late"),
        ({"paid_on": "2100-01-01", "available_on": "2100-01-01"}, "paid_on", "date_in_future"),
        ({"paid_on": "2026-03-02T00:00:00Z"}, "paid_on", "day_of_two_zones"),
        ({"available_on": "2026-03-03T00:00:00.000Z"}, "available_on", "day_of_two_zones"),
    ],
)
def test_days_of_a_payment_follow_each_other(ledger: Ledger, days: dict[str, str], field: str, rule: str) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    assert ledger.settle(boleto_id, 10_000, **days).rules() == {f"settlement.{field}": rule}


def test_a_day_of_two_zones_is_no_due_date_and_a_moment_of_a_payment_is_its_day(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor(), due_on="2026-02-01T00:00:00-03:00")["id"]
    assert ledger.read(boleto_id)["due_on"] == "2026-02-01"
    refused = ledger.change(boleto_id, due_on="2026-02-01T00:00:00Z")
    assert refused.rules() == {"boleto.due_on": "day_of_two_zones"}
    days = {"paid_on": "2026-03-03T01:30:00Z", "available_on": "2026-03-03T00:00:00"}
    [payment] = ledger.settle(boleto_id, 4_000, **days).json["data"]["payments"]
    assert (payment["paid_on"], payment["available_on"]) == ("2026-03-02", "2026-03-03")


def test_a_boleto_has_so_many_payments(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    for number in range(MAX_PAYMENTS):
        assert ledger.settle(boleto_id, 1, payment_id=f"p-{number}").status == 200
    answer = ledger.settle(boleto_id, 1, payment_id="p-more")
    assert (answer.status, answer.json["code"]) == (422, "too_many_payments")


def test_the_same_payment_at_once_counts_once(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ledger.settle(boleto_id, 4_000, payment_id="p-1"), range(4)))
    assert {answer.status for answer in answers} <= {200, 409}
    assert ledger.read(boleto_id)["remaining_cents"] == 6_000


# changes --------------------------------------------------------------------------------------------------------------


def test_statuses_change_as_the_table_says(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    for wanted in ("disputed", "open", "renegotiated", "disputed", "cancelled"):
        told = "overdue" if wanted == "open" else wanted
        assert ledger.change(boleto_id, status=wanted).json["data"]["status"] == told
    answer = ledger.change(boleto_id, status="open")
    assert (answer.status, answer.json["code"]) == (422, "boleto_ended")
    assert ledger.change(boleto_id, amount_cents=5).json["code"] == "boleto_ended"
    assert ledger.change(boleto_id, status="cancelled").status == 200


def test_data_change_within_what_was_paid(ledger: Ledger) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    ledger.settle(boleto_id, 4_000, payment_id="p-1")
    changed = ledger.change(boleto_id, amount_cents=9_000, due_on="2026-02-10", nature_code="TI").json["data"]
    assert (changed["remaining_cents"], changed["due_on"], changed["nature_code"]) == (5_000, "2026-02-10", "TI")
    assert ledger.change(boleto_id, amount_cents=4_000).rules() == {"boleto.amount_cents": "below_paid"}
    fixed = ledger.change(boleto_id, external_id="other", branch_id=9, debtor_id=NOBODY)
    assert set(fixed.rules()) == {"boleto.external_id", "boleto.branch_id", "boleto.debtor_id"}


def test_a_boleto_is_prescribed_after_the_years_of_its_kind(ledger: Ledger) -> None:
    kept = ledger.add_boleto(ledger.add_debtor(), prescription_years=3)
    assert kept["prescription_years"] == 3
    assert ledger.change(kept["id"], prescription_years=1).json["data"]["prescription_years"] == 1
    assert ledger.change(kept["id"], prescription_years=6).rules() == {"boleto.prescription_years": "less_than_equal"}


def test_lists_filter_by_what_a_boleto_is_today(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    for number, due in enumerate(("2026-02-01", "2026-04-01", "2026-02-02")):
        ledger.add_boleto(debtor_id, f"b-{number}", due_on=due)
        ledger.clock.advance(hours=1)
    other = ledger.add_boleto(ledger.add_debtor(OTHER_CPF), "b-other")

    def listed(**query: Any) -> list[str]:
        found, cursor = [], None
        while True:
            answer = ledger.call("list_boletos", query={**query, **({"cursor": cursor} if cursor else {})})
            assert answer.status == 200
            found += [row["external_id"] for row in answer.json["data"]]
            cursor = answer.json["next_cursor"]
            if not cursor:
                return found

    for per_page, more in product(("1", "2", "25"), ({}, {"branch_id": str(ledger.branch_id)})):
        assert listed(per_page=per_page, **more) == ["b-other", "b-2", "b-1", "b-0"]
        assert listed(per_page=per_page, status="overdue", **more) == ["b-other", "b-2", "b-0"]
        assert listed(per_page=per_page, debtor_id=debtor_id, **more) == ["b-2", "b-1", "b-0"]
    ledger.settle(other["id"], 10_000)
    assert listed(status="settled") == ["b-other"]
    assert listed(branch_id="999") == []


def test_another_partner_sees_no_boleto(ledger: Ledger, open_shop: Callable[[], Shop]) -> None:
    boleto_id = ledger.add_boleto(ledger.add_debtor())["id"]
    other = open_shop()
    bodies: dict[str, Any] = {
        "get_boleto": None,
        "update_boleto": {"boleto": {"status": "disputed"}},
        "settle_boleto": {"settlement": {"paid_on": "2026-03-02", "available_on": "2026-03-02", "amount_cents": 1}},
    }
    for operation, body in bodies.items():
        sent = {"body": body} if body else {}
        answer = ledger.call(operation, shop=other, path={"boleto_id": boleto_id}, **sent)
        assert (answer.status, answer.json["code"]) == (404, "boleto_not_found")


# what listings hear ---------------------------------------------------------------------------------------------------


def listed_boleto(ledger: Ledger, table: Table) -> str:
    """A boleto of which a listing was made."""
    boleto_id: str = ledger.add_boleto(ledger.add_debtor())["id"]
    boleto = BoletoStore(table).find(ledger.shop.partner_id, boleto_id)
    assert boleto is not None
    table.write(claim_for_listing(boleto))
    return boleto_id


@pytest.mark.parametrize("reached", [True, False])
def test_a_payment_is_followed_or_kept_for_the_sweep(ledger: Ledger, table: Table, reached: bool) -> None:
    boleto_id = listed_boleto(ledger, table)
    heard: list[BoletoChange] = []

    def follow(change: BoletoChange) -> None:
        heard.append(change)
        if not reached:
            raise Retryable("not now", code="away")

    boletos = open_boletos()
    object.__setattr__(boletos, "follow", follow)
    assert ledger.settle(boleto_id, 10_000).json["data"]["status"] == "settled"
    assert [(each.event, each.payment is not None) for each in heard] == [(Event.PAID, True)]
    kept = list(BoletoStore(table).list_changes(datetime(2026, 12, 31, tzinfo=UTC)))
    assert [each.event for each in kept] == ([] if reached else [Event.PAID])
