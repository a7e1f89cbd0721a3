"""Requests of listings to bureaus: sent once, sent anew when refused, never in doubt, and in each bureau's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table, Write
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.boletos.store import claim_for_listing
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.providers import LISTING_FACTS
from lastro.vendors.bureaus.credito_na_medida.listings import CreditoNaMedidaListings
from sandbox.bureaus.ledger import fingerprint
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import CPF, OTHER_CPF
from tests.functions.negativations.registry import Registry


@pytest.mark.parametrize("provider", LISTING_FACTS)
def test_every_bureau_is_asked_in_its_own_words(open_registry_at: Callable[..., Registry], provider: str) -> None:
    registry = open_registry_at(provider)
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    assert registry.work(listing["id"]) == []
    after = registry.read(listing["id"])
    assert after["status"] in ("aguardando_retorno", "notificada")
    assert after["attempts"][0]["receipt"]
    assert registry.done("include", boleto["contract_number"]) == 1


def test_connect_sa_is_told_of_the_message_as_the_integration_says(open_registry_at: Callable[..., Registry]) -> None:
    for wanted in (True, False):
        registry = open_registry_at("connect_sa", fields={"sms_on_inclusion": wanted})
        boleto = registry.add_debt()
        registry.work(registry.place(boleto["id"])["id"])
        assert [each["simulated"] for each in registry.calls("include", boleto["contract_number"])] == [wanted]


@pytest.mark.parametrize(("named", "told"), [("529.982.247-25", CPF), (None, None)])
def test_connect_sa_gets_the_password_of_pefin_and_who_answers_for_listings(
    open_registry_at: Callable[..., Registry], named: str | None, told: str | None
) -> None:
    fields = {"inquiry_password": "so-de-consulta", "pefin_password": "so-de-pefin", "responsible_cpf": named}
    registry = open_registry_at("connect_sa", fields=fields)
    boleto = registry.add_debt(OTHER_CPF)
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    assert registry.remove(listing["id"]).status == 202
    registry.work(listing["id"])
    for operation in ("include", "remove"):
        [call] = registry.calls(operation, boleto["contract_number"])
        assert call["outcome"] == "answered"
        assert (call["credential"], call["responsible"]) == (fingerprint("so-de-pefin"), told)


def test_what_the_bureau_refuses_is_sent_again_under_another_id(registry: Registry) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "bad_request"})
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    for _ in range(3):
        failed = registry.read(listing["id"])
        assert (failed["status"], failed["attempts"][-1]["code"]) == ("erro", "bureau_validation_error")
        assert registry.resend(listing["id"]).json["data"]["status"] == "pendente_envio"
        registry.work(listing["id"])
    registry.town.forget_scripts()
    assert registry.resend(listing["id"]).json["data"]["status"] == "aguardando_aprovacao"
    assert registry.decide(listing["id"], "approve", "ana.souza").json["code"] == "requester_cannot_approve"
    assert registry.decide(listing["id"], "approve", "bia.lima").status == 201
    registry.work(listing["id"])
    done = registry.read(listing["id"])
    assert (done["status"], len({each["transaction_id"] for each in done["attempts"]})) == ("notificada", 5)
    assert registry.resend(listing["id"]).json["code"] == "not_resendable"


def test_an_inclusion_without_an_answer_is_never_repeated(registry: Registry) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "timeout_after_effect"})
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.town.forget_scripts()
    registry.clock.advance(minutes=10)
    registry.work(listing["id"], attempt=2)
    doubtful = registry.read(listing["id"])
    assert (doubtful["status"], doubtful["concerns"]) == ("enviada", ["outcome_unknown"])
    assert registry.resend(listing["id"]).json["code"] == "not_resendable"
    assert registry.done("include", listing["contract_number"]) == 1


def test_an_inclusion_without_an_answer_is_looked_up_where_the_bureau_tells(
    open_registry_at: Callable[..., Registry],
) -> None:
    registry = open_registry_at("credito_na_medida")
    registry.town.script(
        "credito_na_medida", {"when": {"operation": "include"}, "outcome": "timeout_after_effect", "times": 1}
    )
    listing = registry.place(registry.add_debt()["id"])
    assert len(registry.work(listing["id"])) == 1
    assert registry.read(listing["id"])["status"] == "enviada"
    registry.clock.advance(seconds=10)
    assert registry.work(listing["id"], attempt=2) == []
    assert registry.read(listing["id"])["status"] == "notificada"
    assert registry.done("include", listing["contract_number"]) == 1


def test_a_bureau_that_is_away_is_asked_when_it_is_back(registry: Registry) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "unstable"})
    listing = registry.place(registry.add_debt()["id"])
    assert len(registry.work(listing["id"])) == 1
    assert registry.read(listing["id"])["status"] == "pendente_envio"
    registry.town.forget_scripts()
    registry.clock.advance(minutes=1)
    registry.work(listing["id"], attempt=2)
    done = registry.read(listing["id"])
    assert (done["status"], len(done["attempts"])) == ("notificada", 1)


def test_a_process_that_dies_while_it_asks_leaves_nothing_to_chance(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("credito_na_medida")
    listing = registry.place(registry.add_debt()["id"])
    include = CreditoNaMedidaListings.include

    async def die(self: CreditoNaMedidaListings, *asked: Any) -> Any:
        await include(self, *asked)
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(CreditoNaMedidaListings, "include", die)
        assert len(registry.work(listing["id"])) == 1
    assert registry.read(listing["id"])["status"] == "enviada"
    assert len(registry.work(listing["id"], attempt=2)) == 1
    registry.clock.advance(seconds=90)
    registry.run_schedule("sync_negativations")
    for record in registry.take():
        registry.deliver([record])
    assert registry.read(listing["id"])["status"] == "notificada"
    assert registry.done("include", listing["contract_number"]) == 1


def test_what_lost_its_message_is_sent_by_the_sweep(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    [lost] = registry.take()
    registry.clock.advance(seconds=90)
    registry.run_schedule("sync_negativations")
    again = registry.take()
    # It goes on for the request that asked for it.
    assert [json.loads(record["body"]) for record in again] == [json.loads(lost["body"])]
    assert json.loads(lost["body"])["request_id"]
    for record in again:
        registry.deliver([record])
    assert registry.read(listing["id"])["status"] == "notificada"


def test_what_is_outrun_while_it_is_claimed_comes_again_at_once(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run of a collection that asked for it notes its step on the boleto at this very moment."""
    listing = registry.place(registry.add_debt()["id"])
    change = ListingStore.change

    def change_late(
        store: ListingStore,
        before: Listing,
        after: Listing,
        *,
        boleto: Boleto | None = None,
        also: Sequence[Write] = (),
    ) -> bool:
        if boleto:
            Table(TABLE).write(claim_for_listing(boleto))
        return change(store, before, after, boleto=boleto, also=also)

    with monkeypatch.context() as patch:
        patch.setattr(ListingStore, "change", change_late)
        assert len(registry.work(listing["id"])) == 1
        assert registry.work(listing["id"], attempt=8) == []
    assert registry.calls("include", listing["contract_number"]) == []
    assert registry.work(listing["id"], attempt=2) == []
    assert registry.read(listing["id"])["status"] == "notificada"
    assert registry.done("include", listing["contract_number"]) == 1
