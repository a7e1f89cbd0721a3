"""What takes a record down whatever its debt: orders of courts, contestations, debts that are owed no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Delete, Table
from lastro.kernel.errors import Conflict
from lastro.negativations.listings.asking.creating import ListingOrder
from lastro.negativations.listings.facts import OrderKind, Origin, RemovalOrder
from lastro.negativations.listings.following.boletos import ListingFollower
from lastro.negativations.listings.following.guarantors import GuarantorListings
from lastro.negativations.listings.rows.locks import order_key_of
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.listings.wiring import open_listing_creation
from lastro.negativations.payments import BoletoChange
from tests.functions.invocation import OTHER_CPF
from tests.functions.negativations.registry import WHOLE, Registry


def due(registry: Registry) -> dict[str, tuple[str, bool]]:
    """The last day of each listing that has to be down, and whether a person has to ask."""
    rows = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    return {row["negativation_id"]: (row["due_on"], row["to_be_asked_for"]) for row in rows}


def listed(registry: Registry, **data: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    boleto = registry.add_debt(**data)
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    return boleto, listing


def with_guarantor(registry: Registry) -> tuple[dict[str, Any], str, str]:
    """A boleto and the listings of its debtor and its guarantor."""
    guarantor = registry.ledger.add_debtor(OTHER_CPF, **WHOLE)
    boleto, principal = listed(registry, guarantor_ids=[guarantor])
    second = registry.place(boleto["id"], guarantor_id=guarantor)
    registry.work(second["id"])
    return boleto, principal["id"], second["id"]


# orders ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "reason"), [("court_order", "04"), ("contestation", "45")])
def test_an_order_takes_the_record_down_the_day_it_is_told_and_only_once(
    registry: Registry, kind: str, reason: str
) -> None:
    _, listing = listed(registry)
    told = registry.order_removal(listing["id"], kind)
    assert (told.status, told.json["data"]["status"]) == (202, "baixa_pendente")
    assert told.json["data"]["removal"]["reason"] == reason
    [order] = told.json["data"]["removal_orders"]
    assert (order["kind"], order["number"], order["issued_on"], order["recorded_by"]) == (
        kind,
        "0001234-56.2026.8.26.0100",
        "2026-02-27",
        "ana.souza",
    )
    assert due(registry) == {listing["id"]: ("2026-03-02", False)}
    registry.work(listing["id"])
    registry.clock.advance(hours=24)
    # The same order as another clerk types it is the same one, also when all is done.
    again = registry.order_removal(listing["id"], kind, number="00012345620268260100", recorded_by="bia.lima")
    assert (again.status, again.json["data"]["status"], len(again.json["data"]["removal_orders"])) == (
        202,
        "baixada",
        1,
    )
    registry.work(listing["id"])
    assert registry.done("remove", listing["contract_number"]) == 1
    other = registry.order_removal(listing["id"], kind, issued_on="2026-02-26")
    assert (other.status, other.json["code"]) == (409, "removal_order_known")


def test_an_order_outweighs_the_removal_that_was_asked_for(registry: Registry) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "remove"}, "outcome": "bad_request"})
    _, listing = listed(registry)
    registry.remove(listing["id"], "03")
    assert due(registry) == {listing["id"]: ("2026-03-09", False)}
    registry.work(listing["id"])
    registry.town.forget_scripts()
    assert registry.read(listing["id"])["status"] == "erro_baixa"
    told = registry.order_removal(listing["id"]).json["data"]
    assert (told["status"], told["removal"]["reason"]) == ("baixa_pendente", "03")
    assert due(registry) == {listing["id"]: ("2026-03-02", False)}
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"


def test_an_order_before_anything_was_sent_calls_nobody(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    assert registry.order_removal(listing["id"]).json["data"]["status"] == "baixada"
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []


def test_what_an_order_took_down_is_not_listed_again(registry: Registry) -> None:
    boleto, listing = listed(registry)
    registry.order_removal(listing["id"])
    registry.work(listing["id"])
    again = registry.ask(boleto["id"])
    assert (again.status, again.json["code"]) == (409, "removal_ordered")
    assert "0001234-56.2026.8.26.0100" in again.text
    # Nor by the collection, whose run tells the code of a conflict as its reason to leave a boleto alone.
    automatic = ListingOrder(registry.shop.partner_id, boleto["id"], "cobrança", Origin.AUTOMATIC)
    with pytest.raises(Conflict) as refused:
        open_listing_creation().place(automatic)
    assert refused.value.code == "removal_ordered"


def test_an_order_that_was_kept_before_orders_had_rows_of_their_own_counts(registry: Registry) -> None:
    boleto, listing = listed(registry)
    registry.order_removal(listing["id"])
    registry.work(listing["id"])
    stored = ListingStore(Table()).find(listing["id"])
    assert stored is not None
    Table().transact([Delete(order_key_of(stored))])
    again = registry.ask(boleto["id"])
    assert (again.status, again.json["code"]) == (409, "removal_ordered")


def test_an_order_kept_before_stops_what_waits_for_its_approval(registry: Registry) -> None:
    boleto, older = listed(registry)
    registry.remove(older["id"], "03")
    registry.work(older["id"])
    registry.want_approval()
    waiting = registry.place(boleto["id"])
    store = ListingStore(Table())
    before = store.find(older["id"])
    assert before is not None
    order = RemovalOrder(OrderKind.COURT, "77/2026", date(2026, 2, 27), before.created_at, "ana.souza")
    ordered = replace(before, orders=(order,), version=before.version + 1)
    assert store.change(before, ordered)
    Table().transact([Delete(order_key_of(before))])
    assert registry.decide(waiting["id"], "approve", "bia.lima").json["code"] == "removal_ordered"


def test_an_order_told_on_an_older_listing_takes_the_standing_one_down(registry: Registry) -> None:
    boleto, older = listed(registry)
    registry.remove(older["id"], "03")
    registry.work(older["id"])
    newer = registry.place(boleto["id"])
    registry.work(newer["id"])
    assert registry.order_removal(older["id"]).status == 202
    assert registry.read(newer["id"])["status"] == "baixa_pendente"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "decree"),
        ("number", "  "),
        ("number", "-/."),
        ("number", "a" * 61),
        ("issued_on", "2999-03-03"),
        ("issued_on", "31/02"),
        ("issued_on", "2026-02-27T23:30:00-04:00"),
        ("issued_on", "2026-02-28T03:30:00Z"),
        ("issued_on", "2026-02-27T10:00:00"),
        ("issued_on", "2026-02-27T00:00:00"),
        ("issued_on", "2026-02-27 00:00"),
    ],
)
def test_an_order_has_a_kind_a_number_and_a_day_that_came(registry: Registry, field: str, value: str) -> None:
    listing = registry.place(registry.add_debt()["id"])
    data = {"kind": "court_order", field: value}
    assert list(registry.order_removal(listing["id"], **data).rules()) == [f"removal_order.{field}"]


def test_orders_are_a_partners_own(open_registry_at: Callable[..., Registry]) -> None:
    registry, other = open_registry_at(), open_registry_at()
    _, listing = listed(registry)
    assert other.order_removal(listing["id"]).status == 404


def test_a_bureau_with_reasons_of_its_own_is_due_the_same_day(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("credito_na_medida")
    _, listing = listed(registry)
    assert registry.order_removal(listing["id"], "contestation").status == 202
    assert due(registry) == {listing["id"]: ("2026-03-02", False)}


# guarantors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["45", "02"])
def test_a_removal_of_the_debtors_record_is_one_of_the_guarantors(registry: Registry, reason: str) -> None:
    _, principal, guarantor = with_guarantor(registry)
    assert registry.remove(principal, reason).status == 202
    marked = registry.read(guarantor)
    assert (marked["status"], marked["removal"]["reason"], marked["critical"]) == ("baixa_pendente", reason, True)
    assert due(registry)[guarantor] == due(registry)[principal]
    for listing_id in (guarantor, principal):
        registry.work(listing_id)
    assert [registry.read(each)["status"] for each in (principal, guarantor)] == ["baixada", "baixada"]


def test_an_order_about_the_debtor_leaves_the_guarantor_no_days(registry: Registry) -> None:
    _, principal, guarantor = with_guarantor(registry)
    registry.order_removal(principal)
    assert due(registry) == dict.fromkeys((principal, guarantor), ("2026-03-02", False))


def test_who_dies_before_the_guarantors_are_marked_is_followed(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, principal, guarantor = with_guarantor(registry)
    with monkeypatch.context() as patch:
        patch.setattr(GuarantorListings, "follow", lambda *_: None)
        registry.remove(principal, "45")
    assert registry.read(guarantor)["removal"] is None
    # Whoever sends the debtor's removal asks for the guarantor's before, though the bureau is away.
    registry.town.script("connect_sa", {"when": {"operation": "remove"}, "outcome": "unstable"})
    registry.work(principal)
    registry.town.forget_scripts()
    assert registry.read(guarantor)["removal"]["reason"] == "45"


def test_a_guarantor_is_not_sent_when_the_debtors_record_is_to_go(registry: Registry) -> None:
    guarantor = registry.ledger.add_debtor(OTHER_CPF, **WHOLE)
    boleto, principal = listed(registry, guarantor_ids=[guarantor])
    second = registry.place(boleto["id"], guarantor_id=guarantor)
    registry.remove(principal["id"], "45")
    registry.work(second["id"])
    assert registry.read(second["id"])["status"] == "baixada"
    documents = [each["document"] for each in registry.calls("include", boleto["contract_number"])]
    assert OTHER_CPF not in documents


# debts that are owed no longer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["cancelled", "renegotiated"])
def test_a_debt_that_is_owed_no_longer_has_a_last_day(registry: Registry, status: str) -> None:
    boleto, listing = listed(registry)
    assert registry.ledger.change(boleto["id"], status=status).status == 200
    # Monday 2 March: the fifth business day after it is Monday the 9th.
    assert due(registry) == {listing["id"]: ("2026-03-09", True)}
    told = registry.read(listing["id"])
    assert (told["removal_due_on"], told["critical"]) == ("2026-03-09", True)
    assert told["concerns"] == ["removal_owed", "difference"]
    registry.clock.advance(hours=48)
    assert registry.remove(listing["id"], "02").status == 202
    # Asking does not set the law's clock back.
    assert due(registry) == {listing["id"]: ("2026-03-09", False)}
    registry.work(listing["id"])
    done = registry.read(listing["id"])
    assert (done["status"], done["critical"], due(registry)) == ("baixada", False, {})


def test_an_agreement_that_was_broken_is_owed_again(registry: Registry) -> None:
    boleto, listing = listed(registry)
    registry.ledger.change(boleto["id"], status="renegotiated")
    registry.ledger.change(boleto["id"], status="open")
    told = registry.read(listing["id"])
    assert (told["status"], told["removal_due_on"], told["critical"], due(registry)) == ("notificada", None, False, {})


def test_who_follows_a_change_late_undoes_nothing_of_a_later_one(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    boleto, listing = listed(registry)
    registry.ledger.change(boleto["id"], status="renegotiated")
    follow = ListingFollower.__call__

    def outrun(follower: ListingFollower, change: BoletoChange) -> None:
        with monkeypatch.context() as inner:
            inner.setattr(ListingFollower, "__call__", follow)
            assert registry.ledger.change(boleto["id"], status="renegotiated").status == 200
        follow(follower, change)

    with monkeypatch.context() as patched:
        patched.setattr(ListingFollower, "__call__", outrun)
        assert registry.ledger.change(boleto["id"], status="open").status == 200
    told = registry.read(listing["id"])
    assert (told["removal_due_on"], told["critical"]) == ("2026-03-09", True)
    assert due(registry) == {listing["id"]: ("2026-03-09", True)}


def test_the_earlier_of_an_agreement_and_its_payment_counts(registry: Registry) -> None:
    boleto, listing = listed(registry)
    registry.ledger.change(boleto["id"], status="renegotiated")
    registry.clock.advance(hours=24 * 10)
    registry.ledger.settle(boleto["id"], 10_000, paid_on="2026-03-12", available_on="2026-03-12")
    assert due(registry)[listing["id"]] == ("2026-03-09", True)
