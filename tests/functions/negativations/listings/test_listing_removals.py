"""Listings taken down: by hand with the right reason, by a payment, and each asked for once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lastro.kernel.errors import Retryable
from lastro.kernel.observing.tracing import current_request
from lastro.negativations.boletos.model import Boleto, Event
from lastro.negativations.listings.asking.creating import ListingOrder
from lastro.negativations.listings.facts import Origin
from lastro.negativations.listings.following.boletos import ListingFollower
from lastro.negativations.listings.wiring import open_listing_creation
from tests.functions.negativations.registry import Registry


def test_a_debt_that_is_paid_in_part_is_not_removed_as_paid(registry: Registry) -> None:
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    assert registry.ledger.settle(boleto["id"], 4_000).status == 200
    assert registry.remove(listing["id"], "01").rules() == {"removal.reason": "partial_payment"}
    assert registry.remove(listing["id"], "99").rules() == {"removal.reason": "unknown_code"}
    assert registry.remove(listing["id"], "07").status == 202


def test_the_law_counts_from_the_last_of_the_parts(registry: Registry) -> None:
    boleto = registry.add_debt(due_on="2026-01-05")
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    owed = boleto["amount_cents"]
    assert registry.ledger.settle(boleto["id"], 4_000, payment_id="a", available_on="2026-03-20").status == 200
    assert registry.ledger.settle(boleto["id"], owed - 4_000, payment_id="b", available_on="2026-03-03").status == 200
    assert registry.read(listing["id"])["removal_due_on"] == "2026-03-27"


def test_a_removal_is_asked_for_once(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    assert registry.remove(listing["id"], "02").status == 202
    assert registry.remove(listing["id"], "02").status == 202
    assert registry.remove(listing["id"], "03").json["code"] == "removal_already_asked"
    registry.work(listing["id"])
    assert registry.remove(listing["id"], "02").status == 202
    assert len(registry.calls("remove", listing["contract_number"])) == 1


def test_a_removal_before_anything_was_sent_calls_nobody(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    assert registry.remove(listing["id"], "03").json["data"]["status"] == "baixada"
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []


def test_what_a_payment_that_nobody_followed_leads_to_is_done_for_its_request(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.take()
    followed: list[str | None] = []
    follow = ListingFollower.follow

    def note(follower: ListingFollower, listing_id: str, boleto: Boleto, event: Event | None = None) -> None:
        if not followed:
            followed.append(current_request())
            raise Retryable("not now", code="not_now")
        followed.append(current_request())
        follow(follower, listing_id, boleto, event)

    monkeypatch.setattr(ListingFollower, "follow", note)
    assert registry.ledger.settle(listing["boleto_id"], 10_000).status == 200
    registry.clock.advance(minutes=2)
    assert current_request() is None
    registry.run_schedule("sync_negativations")
    assert followed[0]
    assert followed == [followed[0]] * 2


@pytest.mark.parametrize(("named", "said"), [("01", "01"), ("20", "20"), ("ZZ", "01")])
def test_a_payment_takes_an_automatic_listing_down(
    open_registry_at: Callable[..., Registry], named: str, said: str
) -> None:
    """By the integration's own code; a removal does not fail for one that the bureau's table has not."""
    codes = {"restriction_code": "TI", "removal_code": named}
    registry = open_registry_at("connect_sa", automatic=True, fields=codes)
    boleto = registry.add_debt()
    order = ListingOrder(registry.shop.partner_id, boleto["id"], "collection", Origin.AUTOMATIC)
    listing = open_listing_creation().place(order)
    registry.work(listing.id)
    assert registry.ledger.settle(boleto["id"], 10_000).status == 200
    owed = registry.read(listing.id)
    assert (owed["status"], owed["concerns"]) == ("baixa_pendente", ["paid", "removal_owed"])
    registry.work(listing.id)
    gone = registry.read(listing.id)
    assert (gone["status"], gone["origin"], gone["critical"]) == ("baixada", "automatic", False)
    assert [each["report"] for each in registry.calls("remove", boleto["contract_number"])] == [said]
