"""Brokers and agencies: each panel has leads of its own in a store, and the partner sees all of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functions.conftest import Call
from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import Answer, Shop
from tests.functions.simulations.pipeline import sample_lead

CPF = "52998224725"
PATH = {"cpf_cnpj": CPF}


def ask(call: Call, operation: str, shop: Shop, **told: Any) -> Answer:
    headers = {"Idempotency-Key": told.pop("key", None)}
    return call("simulations", operation, shop=shop, headers=headers, **told)


def bring(call: Call, shop: Shop, name: str, key: str | None = None) -> Answer:
    lead = {**sample_lead(), "cpf_cnpj": CPF, "name": name}
    return ask(call, "create_lead", shop, body={"lead": lead}, key=key)


def named(call: Call, shop: Shop) -> str | None:
    answer = ask(call, "get_lead", shop, path=PATH)
    return str(answer.json["data"]["name"]) if answer.status == 200 else None


@pytest.mark.parametrize("panel", ["broker", "agency"])
def test_who_sells_has_leads_of_its_own_and_is_told_of_no_other(call: Call, shop: Shop, panel: str) -> None:
    seller, other = staff_of(shop, panel), staff_of(shop, {"broker": "agency", "agency": "broker"}[panel])
    assert bring(call, shop, "Da loja", key="1").status == 201
    # Not that there is one is told: neither by a refusal, nor by the answer to the same request.
    assert (
        bring(call, seller, "Da loja", key="1").json["data"]["id"]
        != ask(call, "get_lead", shop, path=PATH).json["data"]["id"]
    )
    assert ask(call, "update_lead", seller, path=PATH, body={"lead": {"name": "Do painel"}}).status == 200
    assert (named(call, shop), named(call, seller), named(call, other)) == ("Da loja", "Do painel", None)
    for operation in ("update_lead", "replace_lead", "delete_lead"):
        assert ask(call, operation, other, path=PATH).status == 404, operation
    required = ask(call, "get_lead_required_fields", other, path=PATH)
    assert required.json["data"]["lead"] is None
    listed = {
        who: len(ask(call, "list_leads", each).json["data"])
        for who, each in {"all": shop, "own": seller, "other": other, "manager": staff_of(shop, "manager")}.items()
    }
    assert listed == {"all": 2, "own": 1, "other": 0, "manager": 2}
    # What the panel alone has the partner reads, changes and ends, too.
    assert ask(call, "delete_lead", shop, path=PATH).status == 204
    assert named(call, shop) == "Do painel"
    assert ask(call, "get_lead_required_fields", shop, path=PATH).json["data"]["lead"]["name"] == "Do painel"
    assert ask(call, "delete_lead", shop, path=PATH).status == 204
    assert named(call, seller) is None
    assert ask(call, "delete_lead", shop, path=PATH).status == 404
