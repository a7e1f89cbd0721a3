"""Who is told of a proposal's steps: an address of its own, and the partner's callback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.webhooks.callbacks.model import AuthenticationModel, Callback
from lastro.webhooks.store import WebhookStore
from tests.clock import START
from tests.functions.financing.conftest import Dealer
from tests.functions.financing.test_bank_words import place_of, tell
from tests.functions.invocation import call_function


def test_an_address_is_told_of_every_step(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["in_analysis", "approved", "formalised", "paid"]})
    made = dealer.propose(webhook_url="http://127.0.0.1:9/avisos")
    dealer.work()
    dealer.follow(made["id"], "paid")

    told = call_function("webhooks", "list_deliveries", shop=dealer.shop)
    events = [each["event"] for each in told.json["deliveries"]]
    assert {"proposal.created", "proposal.sent", "proposal.paid"} <= set(events)
    assert len(events) == len(set(events)) + events.count("proposal.updated") - ("proposal.updated" in events)


def test_what_a_bank_says_more_of_where_it_stands_is_told(dealer: Dealer) -> None:
    made = dealer.propose(webhook_url="http://127.0.0.1:9/avisos")
    dealer.take()
    place, key = place_of(dealer, made)
    said: list[dict[str, Any]] = [
        {"situacao": "PENDENTE", "pendencias": ["CNH"]},
        {"situacao": "PENDENTE", "pendencias": ["CNH", "RENDA"]},
        {"situacao": "FORMALIZADA", "numero_contrato": "C1"},
        {"situacao": "FORMALIZADA", "numero_contrato": "C1", "registro_gravame": "L1"},
        {"situacao": "FORMALIZADA", "numero_contrato": "C1", "registro_gravame": "L1"},
    ]
    known = len(told_of(dealer))
    told = []
    for version, more in enumerate(said, start=2):
        assert tell(dealer, place, key, 2, versao=version, **more).status == 200
        told.append(len(told_of(dealer)) - known)
        known += told[-1]
    # The first is told as sent, too; the last says nothing new.
    assert told == [2, 1, 1, 1, 0]
    assert told_of(dealer).count("proposal.formalised") == 1


def configure(dealer: Dealer, base: str, **more: Any) -> None:
    callback = Callback(dealer.shop.partner_id, base, AuthenticationModel.BEARER, has_query=False, updated_at=START)
    WebhookStore(Table()).put_callback(replace(callback, **more))


def told_of(dealer: Dealer) -> list[str]:
    told = call_function("webhooks", "list_deliveries", shop=dealer.shop).json["deliveries"]
    return sorted(each["event"] for each in told)


@pytest.mark.parametrize(
    ("own", "callback", "more", "times"),
    [
        (None, "https://rede.example.com/avisos", {}, 1),
        ("http://127.0.0.1:9/avisos", "https://rede.example.com/avisos", {}, 2),
        ("http://127.0.0.1:9/avisos", "http://127.0.0.1:9/avisos", {}, 1),
        ("http://127.0.0.1:9/avisos", "http://127.0.0.1:9/avisos", {"has_query": True}, 2),
        (None, "https://rede.example.com/avisos", {"disabled_at": START}, 0),
    ],
)
def test_the_partners_callback_is_told_as_well(
    dealer: Dealer, own: str | None, callback: str, more: dict[str, Any], times: int
) -> None:
    configure(dealer, callback, **more)
    dealer.propose(**({"webhook_url": own} if own else {}))
    assert told_of(dealer) == ["proposal.created"] * times


def test_only_https_addresses_are_told(dealer: Dealer) -> None:
    refused = dealer.ask("create_financing_proposal", body=dealer.wanted(webhook_url="http://example.com/h"))
    assert refused.status == 422
    assert list(refused.rules()) == ["proposal.webhook_url"]
