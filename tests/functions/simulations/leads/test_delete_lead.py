"""Forgetting a lead."""

from __future__ import annotations

from tests.functions.conftest import Call
from tests.functions.invocation import Shop


def test_a_deleted_lead_is_gone_and_can_be_made_anew(call: Call, shop: Shop) -> None:
    call("simulations", "create_lead", shop=shop)
    answer = call("simulations", "delete_lead", shop=shop)
    assert (answer.status, answer.text) == (204, "")
    assert call("simulations", "get_lead", shop=shop).status == 404
    assert call("simulations", "delete_lead", shop=shop).status == 404
    assert call("simulations", "create_lead", shop=shop, headers={"Idempotency-Key": "another"}).status == 201
