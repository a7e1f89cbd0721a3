"""What listings stand on is not taken away: their integration, its environment, their branch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lastro.bureaus.setup.store import SetupStore
from lastro.vendors.bureaus.connect_sa.listings import ConnectListings
from tests.functions.bureaus.office import FIELDS
from tests.functions.invocation import Answer, call_function
from tests.functions.negativations.registry import Registry


def call(registry: Registry, operation: str, **changes: Any) -> Answer:
    headers = {"Idempotency-Key": None}
    return call_function("bureaus", operation, shop=registry.shop, store_id=None, headers=headers, **changes)


def integration_of(registry: Registry) -> str:
    [found] = call(registry, "list_bureau_integrations").json["data"]
    return str(found["id"])


def delete(registry: Registry) -> Answer:
    return call(registry, "delete_bureau_integration", path={"integration_id": integration_of(registry)})


def switch(registry: Registry) -> Answer:
    secrets = {name: f"{value}-novo" for name, value in FIELDS["connect_sa"].items() if "password" in name}
    body = {"bureau_integration": {"environment": "production", "fields": secrets}}
    return call(registry, "update_bureau_integration", path={"integration_id": integration_of(registry)}, body=body)


def listed(registry: Registry) -> dict[str, Any]:
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    return listing


@pytest.mark.parametrize("act", [delete, switch])
def test_an_integration_stays_as_it_is_while_its_listings_stand(
    registry: Registry, act: Callable[[Registry], Answer]
) -> None:
    listing = listed(registry)
    refused = act(registry)
    assert (refused.status, refused.json["code"]) == (409, "integration_has_negativations")
    # Refused, it goes on as before: the removal is sent through it, and then it may go.
    assert registry.remove(listing["id"]).status == 202
    assert act(registry).status == 409
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert act(registry).status in (200, 204)


def test_what_was_never_sent_keeps_nothing(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    assert delete(registry).status == 204
    registry.clock.advance(minutes=5)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "erro"


def test_an_inclusion_in_doubt_keeps_its_integration(registry: Registry) -> None:
    registry.town.script("connect_sa", {"when": {"operation": "include"}, "outcome": "timeout_after_effect"})
    listed(registry)
    registry.town.forget_scripts()
    assert delete(registry).status == 409


def test_nothing_leaves_through_an_integration_that_is_going(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The inclusion is claimed in the very moment between the look for listings and the removal."""
    listing = registry.place(registry.add_debt()["id"])
    remove = SetupStore.remove_integration
    again: list[list[str]] = []

    def remove_late(*args: Any, **named: Any) -> bool:
        again.append(registry.work(listing["id"]))
        return remove(*args, **named)

    monkeypatch.setattr(SetupStore, "remove_integration", remove_late)
    assert delete(registry).status == 204
    assert len(again[0]) == 1
    assert registry.calls("include", listing["contract_number"]) == []
    assert registry.read(listing["id"])["status"] == "pendente_envio"


def test_a_listing_claimed_first_is_seen_by_who_would_remove_its_integration(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = registry.place(registry.add_debt()["id"])
    include = ConnectListings.include
    answers: list[Answer] = []

    async def include_late(*args: Any, **named: Any) -> Any:
        answers.append(delete(registry))
        return await include(*args, **named)

    monkeypatch.setattr(ConnectListings, "include", include_late)
    registry.work(listing["id"])
    assert (answers[0].status, registry.read(listing["id"])["status"]) == (409, "notificada")


def test_a_branch_stays_while_its_listings_stand(registry: Registry) -> None:
    first = integration_of(registry)
    body = {"branch": {"name": "Outra", "cnpj": "1345C3A5000106"}}
    second = str(call(registry, "create_branch", body=body).json["data"]["id"])
    link = {"bureau_integration": {"id": int(first)}}
    assert call(registry, "link_bureau_integration", path={"branch_id": second}, body=link).status == 200
    boleto = registry.add_debt()
    other = registry.add_boleto(boleto["debtor_id"], branch_id=int(second))
    listing = registry.place(other["id"])
    registry.work(listing["id"])
    assert call(registry, "unlink_bureau_integration", path={"branch_id": second}).status == 204
    refused = call(registry, "delete_branch", path={"branch_id": second})
    assert (refused.status, refused.json["code"]) == (409, "branch_has_negativations")
    # Its integration takes the record down still, though it serves the branch no longer.
    registry.remove(listing["id"])
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert call(registry, "delete_branch", path={"branch_id": second}).status == 204
