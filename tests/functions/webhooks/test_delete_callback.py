"""A partner may end its notices; what they authenticated with is gone with them."""

from __future__ import annotations

import pytest

from lastro.aws.secrets import Secrets
from lastro.webhooks.store import WebhookStore
from tests.functions.conftest import OpenShop
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import call_function
from tests.functions.webhooks.conftest import Desk


def test_nothing_more_is_sent(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"), {"type": "BEARER", "token": "segredo-1"})
    desk.tell()
    gone = call_function("webhooks", "delete_callback", shop=desk.shop)
    assert (gone.status, gone.text) == (204, "")
    assert call_function("webhooks", "get_callback", shop=desk.shop).json["code"] == "callback_not_found"
    desk.work_off()
    assert not desk.town.arrived("a")
    assert "segredo" not in str(Secrets(SECRETS_PREFIX).read(f"partners/{desk.shop.partner_id}/callback"))


def test_it_may_be_put_again(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"), {"type": "BEARER", "token": "um"})
    call_function("webhooks", "delete_callback", shop=desk.shop)
    desk.clock.advance(seconds=1)
    assert desk.configure(desk.town.callback("b"), {"type": "BEARER", "token": "dois"}).status == 200
    desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("b")
    assert arrived["headers"]["authorization"] == "Bearer dois"


def test_without_one_there_is_nothing_to_delete(desk: Desk, open_shop: OpenShop) -> None:
    desk.configure(desk.town.callback("a"))
    stranger = call_function("webhooks", "delete_callback", shop=open_shop())
    assert (stranger.status, stranger.json["code"]) == (404, "callback_not_found")
    assert call_function("webhooks", "get_callback", shop=desk.shop).status == 200


def test_one_put_at_the_same_moment_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.configure(desk.town.callback("a"))
    find = WebhookStore.find_callback

    def find_and_replace(store: WebhookStore, partner_id: str) -> object:
        found = find(store, partner_id)
        monkeypatch.setattr(WebhookStore, "find_callback", find)
        desk.clock.advance(seconds=1)
        desk.configure(desk.town.callback("b"), {"type": "BEARER", "token": "dois"})
        return found

    monkeypatch.setattr(WebhookStore, "find_callback", find_and_replace)
    answer = call_function("webhooks", "delete_callback", shop=desk.shop)
    assert (answer.status, answer.json["code"]) == (409, "callback_changed")
    desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("b")
    assert arrived["headers"]["authorization"] == "Bearer dois"
