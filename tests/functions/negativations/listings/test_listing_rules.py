"""What may not be listed is refused when a second person agrees, when it is sent again, and when it would leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lastro.negativations.listings.following.boletos import ListingFollower
from tests.functions.invocation import OTHER_CPF, call_function
from tests.functions.negativations.registry import WHOLE, Registry

Change = Callable[[Registry, dict[str, Any]], None]


def become_public(registry: Registry, boleto: dict[str, Any]) -> None:
    path, body = {"debtor_id": boleto["debtor_id"]}, {"debtor": {"public_body": True}}
    assert call_function("negativations", "update_debtor", shop=registry.shop, path=path, body=body).status == 200


def dispute(registry: Registry, boleto: dict[str, Any]) -> None:
    assert registry.ledger.change(boleto["id"], status="disputed").status == 200


def renegotiate(registry: Registry, boleto: dict[str, Any]) -> None:
    assert registry.ledger.change(boleto["id"], status="renegotiated").status == 200


def pay(registry: Registry, boleto: dict[str, Any]) -> None:
    assert registry.ledger.settle(boleto["id"], 10_000).status == 200


def pay_most(registry: Registry, boleto: dict[str, Any]) -> None:
    assert registry.ledger.settle(boleto["id"], 9_500).status == 200


def grow_old(registry: Registry, boleto: dict[str, Any]) -> None:
    assert registry.ledger.change(boleto["id"], due_on="2021-03-01").status == 200


CHANGES: dict[Change, str] = {
    become_public: "public_body",
    dispute: "boleto_not_overdue",
    renegotiate: "boleto_not_overdue",
    pay: "boleto_not_overdue",
    pay_most: "below_minimum",
    grow_old: "too_old",
}


@pytest.fixture(autouse=True)
def _nobody_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes of boletos are not told to listings: their process died, and the sweep did not run yet."""
    monkeypatch.setattr(ListingFollower, "__call__", lambda *_: None)


def said(answer: Any) -> str:
    assert answer.status == 422, answer.text
    return str(answer.json["code"] if answer.json["code"] != "invalid_input" else next(iter(answer.rules().values())))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nobody_agrees_to_what_may_not_be_listed(registry: Registry, change: Change) -> None:
    registry.want_approval()
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    change(registry, boleto)
    assert said(registry.decide(listing["id"], "approve", "bia.lima")) == CHANGES[change]
    assert registry.read(listing["id"])["status"] == "aguardando_aprovacao"
    assert registry.decide(listing["id"], "reject", "bia.lima", "já não se deve").status == 201


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_may_not_be_listed_is_not_sent_again(registry: Registry, change: Change) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "bad_request", "times": 1})
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    change(registry, boleto)
    assert said(registry.resend(listing["id"])) == CHANGES[change]
    assert registry.read(listing["id"])["status"] == "erro"
    assert len(registry.calls("include", listing["contract_number"])) == 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_may_not_be_listed_does_not_leave(registry: Registry, change: Change) -> None:
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    change(registry, boleto)
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []
    assert registry.read(listing["id"])["status"] in ("baixada", "expirada")


def test_another_amount_than_was_agreed_to_does_not_leave(registry: Registry) -> None:
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.ledger.settle(boleto["id"], 4_000)
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []
    told = registry.read(listing["id"])
    assert (told["status"], told["removal"]["requested_by"]) == ("baixada", "boleto_amended")


@pytest.mark.parametrize("moment", ["approval", "resend"])
def test_a_guarantor_waits_for_the_debtors_record_at_each_moment(registry: Registry, moment: str) -> None:
    guarantor = registry.ledger.add_debtor(OTHER_CPF, **WHOLE)
    boleto = registry.add_debt(guarantor_ids=[guarantor])
    principal = registry.place(boleto["id"])
    registry.work(principal["id"])
    if moment == "approval":
        registry.want_approval()
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "bad_request"})
    second = registry.place(boleto["id"], guarantor_id=guarantor)
    registry.work(second["id"])
    registry.town.forget_scripts()
    registry.remove(principal["id"], "02")
    registry.work(principal["id"])
    # The guarantor's went with it, and is neither agreed to nor sent again.
    answer = (
        registry.decide(second["id"], "approve", "bia.lima") if moment == "approval" else registry.resend(second["id"])
    )
    assert answer.status == 409
    assert registry.read(second["id"])["status"] == "baixada"
