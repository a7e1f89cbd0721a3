"""What bureaus push: before, after, twice, out of order, from strangers, and never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from lastro.negativations.events.receiving import find_listing
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.ports import Told
from tests.functions.negativations.events.pushing import Pusher, sent, work_all

LOST = {"when": {"operation": "include"}, "outcome": "timeout_after_effect", "word": "never"}


def test_a_word_makes_a_listing_notified_and_its_period_makes_it_active(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    pefin.registry.take()
    assert pefin.push(pefin.included(listing, uuid)).json == {"received": True}
    assert pefin.registry.read(listing["id"])["status"] == "aguardando_retorno"
    work_all(pefin.registry)
    told = pefin.registry.read(listing["id"])
    assert (listing["notice"], told["status"]) == (None, "notificada")
    notice = {"channel": "letter", "address": "Praça da Sé, 100, 01001000", "delivered_on": None, "proof": uuid}
    assert notice.items() <= told["notice"].items()
    assert (told["notice"]["sent_on"], told["notice"]["told_by"]) == ("2026-03-02", "bureau")
    assert told["notices"] == [told["notice"]]
    assert [each["event"] for each in told["history"]][-2:] == ["included", "notice_sent"]
    # Received on 2 March in São Paulo state: fifteen days, then seen from the next on.
    pefin.registry.clock.advance(days=15)
    pefin.registry.run_schedule("sync_negativations")
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["status"] == "notificada"
    pefin.registry.clock.advance(days=1)
    pefin.registry.run_schedule("sync_negativations")
    work_all(pefin.registry)
    active = pefin.registry.read(listing["id"])
    assert (active["status"], active["listed_at"][:10]) == ("ativa", "2026-03-18")


def test_a_day_to_come_ends_the_notices_that_have_run_by_then_and_nothing_else(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    unsent = pefin.registry.place(pefin.registry.add_debt()["id"])
    pefin.registry.take()
    pefin.push(pefin.included(listing, uuid))
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["active_from"] == "2026-03-18"
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 17))["listings"] == 0
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 18))["listings"] == 1
    work_all(pefin.registry)
    active = pefin.registry.read(listing["id"])
    assert (active["status"], active["listed_at"][:10]) == ("ativa", "2026-03-18")
    assert pefin.registry.read(unsent["id"])["status"] == "pendente_envio"
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 18))["listings"] == 0


def test_the_same_word_twice_changes_nothing(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    for _ in range(2):
        assert pefin.push(pefin.included(listing, uuid)).status == 200
    work_all(pefin.registry)
    history = pefin.registry.read(listing["id"])["history"]
    assert [each["event"] for each in history].count("included") == 1
    assert pefin.push(pefin.included(listing, uuid)).status == 200
    assert pefin.registry.take() == []


def test_a_removal_in_doubt_is_asked_for_again_and_ends(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    registry = pefin.registry
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.town.script("serasa", {"when": {"operation": "remove"}, "outcome": "unstable", "times": 1})
    registry.remove(listing["id"])
    work_all(registry)
    doubtful = registry.read(listing["id"])
    assert (doubtful["status"], doubtful["concerns"]) == ("baixa_enviada", ["removal_owed", "outcome_unknown"])
    registry.clock.advance(minutes=29)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    assert registry.read(listing["id"])["attempts"] == doubtful["attempts"]
    registry.clock.advance(minutes=2)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    registry.work(listing["id"])
    repeated = registry.read(listing["id"])
    assert len({each["transaction_id"] for each in repeated["attempts"]}) == 3
    pefin.push(pefin.excluded(listing, repeated["attempts"][2]["receipt"]))
    work_all(registry)
    ended = registry.read(listing["id"])
    assert (ended["status"], ended["concerns"]) == ("baixada", [])
    assert registry.done("remove", listing["contract_number"]) == 1


def test_a_removal_whose_word_never_comes_is_asked_for_again_by_a_person(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    registry = pefin.registry
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.town.script("serasa", {"when": {"operation": "remove"}, "word": "never"})
    registry.remove(listing["id"])
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "baixa_enviada"
    assert registry.resend(listing["id"]).json["data"]["status"] == "baixa_pendente"
    assert registry.resend(listing["id"]).json["code"] == "not_resendable"
    work_all(registry)
    again = registry.read(listing["id"])
    gone = {"message": "no such record", "statusCode": 404}
    pefin.push(pefin.excluded(listing, again["attempts"][2]["receipt"], gone))
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "baixada"


def test_a_word_whose_receiver_died_before_it_told_the_queue_is_joined_by_its_repeat(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    pefin.registry.take()
    pefin.push(pefin.included(listing, uuid))
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["status"] == "notificada"


@pytest.mark.parametrize("code", [400, "400"])
def test_a_word_of_no_may_be_sent_again(pefin: Pusher, code: object) -> None:
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid, {"message": "x", "statusCode": code}))
    work_all(pefin.registry)
    failed = pefin.registry.read(listing["id"])
    assert (failed["status"], failed["attempts"][0]["code"]) == ("erro", "400")
    assert pefin.registry.resend(listing["id"]).status == 202


def test_a_word_that_comes_before_the_answer_is_joined_to_it(pefin: Pusher) -> None:
    """The bureau tells the end of a request whose answer is still on its way: it is an orphan until then."""
    registry = pefin.registry
    registry.town.script("serasa", LOST)
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    lost = registry.read(listing["id"])
    assert (lost["status"], lost["concerns"]) == ("enviada", ["outcome_unknown"])
    uuid = "5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"
    registry.take()
    assert pefin.push(pefin.included(listing, uuid)).status == 200
    work_all(registry)
    joined = registry.read(listing["id"])
    assert (joined["status"], joined["concerns"], joined["attempts"][0]["receipt"]) == ("notificada", [], uuid)
    assert registry.done("include", listing["contract_number"]) == 1


def test_an_orphan_is_kept_and_joined_when_its_listing_is_there(pefin: Pusher) -> None:
    registry = pefin.registry
    boleto = registry.add_debt()
    uuid = "5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a11"
    assert pefin.push(pefin.included({"contract_number": boleto["contract_number"]}, uuid)).status == 200
    assert registry.take() == []
    registry.town.script("serasa", LOST)
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    registry.take()
    registry.clock.advance(minutes=2)
    assert registry.run_schedule("sync_negativations")["joined"] == 1
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "notificada"
    assert registry.run_schedule("sync_negativations")["joined"] == 0


def test_words_of_nobody_do_not_stand_in_the_way_of_others(pefin: Pusher, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = pefin.registry
    looked_for: list[str] = []

    def note(listings: ListingStore, desk: Desk, told: Told) -> str | None:
        looked_for.append(told.contract)
        return find_listing(listings, desk, told)

    monkeypatch.setattr("lastro.negativations.listings.working.sweep.find_listing", note)
    uuids = [f"5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1b{number:02d}" for number in range(3)]
    for uuid in uuids:
        assert pefin.push(pefin.included({"contract_number": "NOBODY"}, uuid)).status == 200
    registry.clock.advance(minutes=2)
    assert registry.run_schedule("sync_negativations")["joined"] == 0
    assert registry.run_schedule("sync_negativations")["joined"] == 0
    assert looked_for == ["NOBODY"] * 3
    # As long as they have waited, an hour at most.
    registry.clock.advance(hours=5)
    registry.run_schedule("sync_negativations")
    registry.clock.advance(minutes=62)
    registry.run_schedule("sync_negativations")
    assert looked_for == ["NOBODY"] * 9


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_words_on_both_acts_and_a_payment_end_alike_in_any_order(pefin: Pusher, order: tuple[int, ...]) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    registry.remove(listing["id"], "01")
    registry.town.script("serasa", {"when": {"operation": "remove"}, "word": "never"})
    registry.clock.advance(hours=25)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    removal = registry.read(listing["id"])
    assert removal["status"] == "baixa_enviada"
    acts: list[Callable[[], object]] = [
        lambda: pefin.push(pefin.included(listing, uuid)),
        lambda: pefin.push(pefin.excluded(listing, removal["attempts"][1]["receipt"])),
        lambda: registry.ledger.settle(listing["boleto_id"], 10_000),
    ]
    for number in order:
        acts[number]()
        work_all(registry)
    done = registry.read(listing["id"])
    assert (done["status"], done["critical"]) == ("baixada", False)
    acted = [registry.done(act, listing["contract_number"]) for act in ("include", "remove")]
    assert acted == [1, 1]


def test_a_payment_of_a_manual_listing_opens_a_task_with_the_legal_deadline(pefin: Pusher) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    # Available on Tuesday, 3 March: the fifth business day after is Tuesday, 10 March.
    assert registry.ledger.settle(listing["boleto_id"], 10_000).status == 200
    owed = registry.read(listing["id"])
    assert (owed["status"], owed["concerns"], owed["removal_due_on"]) == ("notificada", ["paid"], "2026-03-10")
    assert registry.calls("remove", listing["contract_number"]) == []


def test_a_payment_before_the_sending_cancels_it(pefin: Pusher) -> None:
    registry = pefin.registry
    listing = registry.place(registry.add_debt()["id"])
    registry.ledger.settle(listing["boleto_id"], 10_000)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.calls("include", listing["contract_number"]) == []


def test_a_contested_debt_is_taken_down_at_once(pefin: Pusher) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.ledger.change(listing["boleto_id"], status="disputed")
    contested = registry.read(listing["id"])
    assert (contested["status"], contested["removal"]["reason"]) == ("baixa_pendente", "45")
    work_all(registry)
    assert registry.done("remove", listing["contract_number"]) == 1
