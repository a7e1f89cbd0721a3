"""What is pulled from bureaus that do not push: both ways, over many runs, and what stands again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.bureaus.ports import BureauUnavailable
from lastro.kernel.documents import Cpf
from lastro.kernel.retention import Record as Kept
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.ports import Page, Record, Standing
from lastro.negativations.pulls.store import PullStore
from lastro.negativations.wiring import open_personal_data
from lastro.vendors.bureaus.spc_brasil.listings import SpcListings
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import CPF, call_function
from tests.functions.negativations.registry import Registry


@pytest.mark.parametrize("provider", ["credito_na_medida", "spc_brasil"])
def test_records_tell_what_became_of_listings_and_removals(
    open_registry_at: Callable[..., Registry], provider: str
) -> None:
    registry = open_registry_at(provider)
    registry.town.script(provider, {"when": {"operation": "include"}, "word_delay_ms": 60_000})
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "aguardando_retorno"
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "notificada"
    registry.remove(listing["id"], "1")
    registry.work(listing["id"])
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.done("remove", listing["contract_number"]) == 1


def test_a_bureau_that_tells_of_its_notice_is_believed_once(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], Standing.NOTIFIED),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    for _ in range(2):
        registry.clock.advance(hours=2)
        registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["concerns"]) == ("notificada", [])
    assert [line["event"] for line in told["history"]].count("notice_sent") == 1


def test_differences_are_shown_both_ways(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["concerns"] == []
    # The bureau forgets everything: what stands here is not there.
    other = open_registry_at("spc_brasil")
    counts = other.run_schedule("sync_bureau_records")
    assert counts["failed"] == 0
    registry.town.script("spc_brasil", {"when": {"operation": "follow"}, "outcome": "summary_only"})
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    absent = registry.read(listing["id"])
    assert (absent["critical"], absent["concerns"]) == (True, ["difference"])


def test_what_stands_there_and_ended_here_is_a_difference_until_it_is_gone(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.remove(listing["id"], "1")
    registry.clock.advance(hours=25)
    registry.work(listing["id"])
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    contract, standing = listing["contract_number"], Standing.ACTIVE

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), contract, standing),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["critical"], told["concerns"]) == ("baixada", True, ["difference"])
    standing = Standing.REMOVED
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["critical"] is False


def removed_and_back(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A listing that was taken down, and whose record the bureau lists again."""
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    registry.remove(listing["id"], "1")
    registry.clock.advance(hours=25)
    registry.work(listing["id"])
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], Standing.ACTIVE),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    return listing


def test_what_stands_again_has_a_last_day_and_is_taken_down_again(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert (due["negativation_id"], due["status"], due["to_be_asked_for"]) == (listing["id"], "baixada", True)
    # Seen on Tuesday 3 March.
    told = registry.read(listing["id"])
    assert (due["due_on"], told["removal_due_on"]) == ("2026-03-10", "2026-03-10")
    registry.run_schedule("sync_bureau_records")
    assert [each["event"] for each in told["history"]].count("stands_again") == 1
    for _ in range(2):
        asked = registry.remove(listing["id"], "1")
        assert (asked.status, asked.json["data"]["status"]) == (202, "baixa_pendente")
    assert registry.read(listing["id"])["concerns"] == ["removal_owed"]
    registry.work(listing["id"])
    registry.work(listing["id"])
    gone = registry.read(listing["id"])
    assert (gone["status"], gone["critical"], gone["removal_due_on"]) == ("baixada", False, "2026-03-10")
    # The bureau was asked twice, each time under an id of its own, and by the second it had no such record.
    assert len(registry.calls("remove", listing["contract_number"])) == 2
    assert len({each["transaction_id"] for each in gone["attempts"] if each["act"] == "removal"}) == 2
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_an_order_takes_down_what_stands_again(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    assert registry.order_removal(listing["id"]).json["data"]["status"] == "baixa_pendente"
    registry.work(listing["id"])
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    # Stands it once more, it has no days, and the same order takes it down: no other has to be thought of.
    registry.clock.advance(hours=1)
    registry.run_schedule("sync_bureau_records")
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert due["due_on"] == "2026-03-03"
    again = registry.order_removal(listing["id"]).json["data"]
    assert (again["status"], len(again["removal_orders"])) == ("baixa_pendente", 1)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert len(registry.calls("remove", listing["contract_number"])) == 3


def test_what_stands_again_is_not_left_to_its_five_years_and_keeps_its_integration(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    [its] = call_function("bureaus", "list_bureau_integrations", shop=registry.shop).json["data"]
    path = {"integration_id": str(its["id"])}
    held = call_function("bureaus", "delete_bureau_integration", shop=registry.shop, path=path)
    assert held.json["code"] == "integration_has_negativations"
    # Nor is its debtor forgotten: who would take it down?
    debtor = Kept(registry.shop.partner_id, CPF, "debtor", registry.read(listing["id"])["debtor_id"])
    standing = open_personal_data().look(debtor)
    assert standing
    assert standing.began is None
    assert registry.remove(listing["id"], "1").status == 202
    registry.clock.advance(days=6 * 366)
    registry.run_schedule("watch_negativations")
    assert registry.read(listing["id"])["status"] == "baixa_pendente"
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert len(registry.calls("remove", listing["contract_number"])) == 2


def test_what_stands_after_its_five_years_has_a_last_day_and_is_taken_down(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.run_schedule("watch_negativations", date(2032, 6, 1))
    assert registry.read(listing["id"])["status"] == "expirada"

    standing = Standing.ACTIVE

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], standing),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["concerns"], told["removal_due_on"]) == ("expirada", ["difference"], "2026-03-09")
    assert registry.remove(listing["id"], "1").json["data"]["status"] == "baixa_pendente"
    registry.run_schedule("watch_negativations", date(2032, 6, 2))
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixa_enviada"
    standing = Standing.REMOVED
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_what_stands_again_is_another_listings_where_there_is_one(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    second = registry.place(listing["boleto_id"])
    refused = registry.remove(listing["id"], "1")
    assert (refused.status, refused.json["code"]) == (409, "negativation_exists")
    assert registry.order_removal(listing["id"]).status == 409
    assert registry.remove(second["id"], "1").status == 202
    # Nothing stands in its way any more, and the lock of the debt is its own again.
    assert registry.remove(listing["id"], "1").status == 202
    assert registry.ask(listing["boleto_id"]).json["code"] == "negativation_exists"
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.ask(listing["boleto_id"]).status == 201


class SlowBureau:
    """Pages of records by their marks, each of which takes a bureau so many seconds."""

    def __init__(
        self, registry: Registry, patch: pytest.MonkeyPatch, pages: dict[str | None, Page], seconds: int = 21
    ) -> None:
        self.asked: list[str | None] = []

        async def follow(_: Any, after: str | None, __: Any) -> Page:
            self.asked.append(after)
            registry.clock.advance(seconds=seconds)
            return pages[after]

        patch.setattr(SpcListings, "follow", follow)
        self._registry = registry

    def read(self) -> tuple[int, int, int]:
        """What a run ended, left to the next and failed at."""
        counts = self._registry.run_schedule("sync_bureau_records")
        return counts["integrations"], counts["unfinished"], counts["failed"]


@pytest.fixture
def spc(open_registry_at: Callable[..., Registry]) -> tuple[Registry, list[dict[str, Any]], list[Record]]:
    """Three listings that stand, settled, and their records; nothing else is followed."""
    pulls = PullStore(Table(TABLE))
    for pull, due_at, _ in list(pulls.list_due(datetime.max.replace(tzinfo=UTC))):
        assert pulls.drop(pull, due_at)
    registry = open_registry_at("spc_brasil")
    listings = []
    for _ in range(3):
        listing = registry.place(registry.add_debt()["id"])
        registry.work(listing["id"])
        registry.clock.advance(minutes=1)
        listings.append(listing)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    registry.clock.advance(hours=2)
    return registry, listings, [Record(Cpf(CPF), each["contract_number"], Standing.ACTIVE) for each in listings]


def concerns(registry: Registry, listings: list[dict[str, Any]]) -> list[list[str]]:
    return [registry.read(each["id"])["concerns"] for each in listings]


Settled = tuple[Registry, list[dict[str, Any]], list[Record]]


def test_pages_that_a_run_does_not_come_to_the_next_one_reads(spc: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, listings, records = spc
    pages = {None: Page((records[0],), "1"), "1": Page((records[1],), "2"), "2": Page(())}
    bureau = SlowBureau(registry, monkeypatch, pages)
    assert [bureau.read() for _ in range(2)] == [(0, 1, 0), (0, 1, 0)]
    # Nothing is missed before all was read.
    assert concerns(registry, listings) == [[], [], []]
    assert bureau.read() == (1, 0, 0)
    assert bureau.asked == [None, "1", "2"]
    # What earlier runs saw is known to the last.
    assert concerns(registry, listings) == [[], [], ["difference"]]
    assert bureau.read() == (0, 0, 0)
    registry.clock.advance(hours=2)
    bureau.read()
    assert bureau.asked[3:] == [None]


def test_records_and_listings_that_a_run_does_not_come_to_the_next_one_works(
    spc: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, listings, records = spc
    worked: list[str] = []
    change = ListingStore.find

    def find(store: ListingStore, listing_id: str) -> Listing | None:
        worked.append(listing_id)
        registry.clock.advance(seconds=25)
        return change(store, listing_id)

    monkeypatch.setattr(ListingStore, "find", find)
    bureau = SlowBureau(registry, monkeypatch, {None: Page(tuple(records[:2]))}, seconds=0)
    assert [bureau.read() for _ in range(2)] == [(0, 1, 0), (1, 0, 0)]
    assert worked == [each["id"] for each in listings]
    monkeypatch.setattr(ListingStore, "find", change)
    assert concerns(registry, listings) == [[], [], ["difference"]]


def test_records_without_end_are_a_failure_and_read_anew(spc: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, listings, records = spc
    bureau = SlowBureau(registry, monkeypatch, {None: Page((records[0],), "1"), "1": Page((), "1")}, seconds=1)
    assert bureau.read() == (0, 0, 1)
    assert concerns(registry, listings) == [[], [], []]
    registry.clock.advance(hours=2)
    assert bureau.read() == (0, 0, 1)
    assert bureau.asked == [None, "1"] * 2


def test_a_reading_whose_bureau_fails_is_gone_on_with_and_not_for_ever(
    spc: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, _, records = spc
    bureau = SlowBureau(registry, monkeypatch, {None: Page((records[0],), "1")})
    assert bureau.read() == (0, 1, 0)

    async def fail(*_: Any) -> Page:
        raise BureauUnavailable("the bureau is away")

    monkeypatch.setattr(SpcListings, "follow", fail)
    assert bureau.read() == (0, 0, 1)
    registry.clock.advance(hours=2)
    bureau = SlowBureau(registry, monkeypatch, {"1": Page((), "2"), None: Page(tuple(records))})
    assert bureau.read() == (0, 1, 0)
    registry.clock.advance(hours=7)
    assert bureau.read() == (0, 0, 1)
    registry.clock.advance(hours=2)
    assert bureau.read() == (1, 0, 0)
    assert bureau.asked == ["1", None]
