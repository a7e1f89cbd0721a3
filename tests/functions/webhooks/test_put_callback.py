"""A partner says where its notices go; nothing secret comes back."""

from __future__ import annotations

from io import StringIO
from ipaddress import ip_address

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.webhooks import wiring
from lastro.webhooks.callbacks.addresses import AddressRule, IpAddress
from lastro.webhooks.deliveries import resolver
from tests.functions.conftest import OpenShop
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import call_function, load_function
from tests.functions.webhooks.conftest import Desk

MODELS = [
    ({"type": "BEARER", "token": "segredo-1"}, {"token": "segredo-1"}),
    ({"type": "BASIC", "user": "lastro", "password": "segredo:2 ç"}, {"user": "lastro", "password": "segredo:2 ç"}),
    ({"type": "X_AUTH_TOKEN", "token": "segredo-3"}, {"token": "segredo-3"}),
    ({"type": "URL"}, {}),
]


@pytest.mark.parametrize(("authentication", "kept"), MODELS, ids=[model["type"] for model, _ in MODELS])
def test_a_callback_is_kept_and_its_secret_only_in_the_vault(
    desk: Desk, table: Table, logged: StringIO, authentication: dict[str, str], kept: dict[str, str]
) -> None:
    answer = desk.configure(f"{desk.town.callback('a')}?chave=segredo-4", authentication)
    assert answer.status == 200
    view = {"url": f"{desk.town.callback('a')}?***", "authentication": authentication["type"]}
    assert {name: answer.json[name] for name in view} == view
    shown = call_function("webhooks", "get_callback", shop=desk.shop)
    assert (shown.status, shown.json) == (200, answer.json)
    secret = Secrets(SECRETS_PREFIX).read(f"partners/{desk.shop.partner_id}/callback")
    assert secret is not None
    assert {name: secret[name] for name in kept} == kept
    assert secret["query"] == "chave=segredo-4"
    stored = list(table.query(f"PARTNER#{desk.shop.partner_id}"))
    for text in (answer.text, shown.text, repr(stored), logged.getvalue()):
        assert "segredo" not in text


def test_a_repeat_replaces_it(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"), {"type": "BEARER", "token": "um"})
    desk.clock.advance(seconds=1)
    assert desk.configure(desk.town.callback("b")).json["authentication"] == "URL"
    assert call_function("webhooks", "get_callback", shop=desk.shop).json["url"] == desk.town.callback("b")
    desk.tell()
    desk.work_off()
    assert not desk.town.arrived("a")
    [arrived] = desk.town.arrived("b")
    assert "authorization" not in arrived["headers"]


def test_a_partner_sees_its_own_callback_only(desk: Desk, open_shop: OpenShop) -> None:
    desk.configure(desk.town.callback("a"))
    answer = call_function("webhooks", "get_callback", shop=open_shop())
    assert (answer.status, answer.json["code"]) == (404, "callback_not_found")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://meusite.com.br/x", "address_not_https"),
        ("https://10.0.0.1/x", "address_not_public"),
        ("https://169.254.169.254/latest/meta-data", "address_not_public"),
        ("https://[::ffff:10.0.0.1]/x", "address_not_public"),
        ("https://2130706433/x", "address_malformed"),
        ("https://a:b@meusite.com.br/x", "address_with_user_info"),
        ("https://interno.meusite.com.br/x", "address_not_public"),
        ("https://misto.meusite.com.br/x", "address_not_public"),
        ("https://nada.meusite.com.br/x", "address_unresolved"),
    ],
)
def test_an_address_that_must_not_be_called_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, url: str, code: str
) -> None:
    names = {"interno.meusite.com.br": ["10.1.2.3"], "misto.meusite.com.br": ["8.8.8.8", "::1"]}
    _resolve(monkeypatch, names)
    monkeypatch.setattr(wiring, "address_rule", AddressRule)
    _reload()
    answer = desk.configure(url)
    assert (answer.status, answer.json["code"]) == (422, code)
    assert call_function("webhooks", "get_callback", shop=desk.shop).status == 404


def test_a_public_name_is_accepted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _resolve(monkeypatch, {"meusite.com.br": ["8.8.8.8", "2606:4700::1111"]})
    _reload()
    assert desk.configure("https://MeuSite.com.br/gancho").json["url"] == "https://meusite.com.br/gancho"


def test_loopback_is_refused_unless_the_template_allows_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LASTRO_LOOPBACK_CALLBACKS")
    _reload()
    answer = desk.configure(desk.town.callback("a"))
    assert (answer.status, answer.json["code"]) == (422, "address_not_https")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "https://meusite.com.br"}, "authentication"),
        ({"url": "https://meusite.com.br", "authentication": {"type": "OUTRO"}}, "authentication"),
        ({"url": "https://meusite.com.br", "authentication": {"type": "BEARER"}}, "authentication.token"),
        (
            {"url": "https://meusite.com.br", "authentication": {"type": "BEARER", "token": "a\r\nx: y"}},
            "authentication.token",
        ),
        (
            {"url": "https://meusite.com.br", "authentication": {"type": "BASIC", "user": "a:b", "password": "c"}},
            "authentication.user",
        ),
    ],
)
def test_what_is_missing_or_cannot_travel_is_named(desk: Desk, body: dict[str, object], field: str) -> None:
    answer = call_function("webhooks", "put_callback", shop=desk.shop, body=body)
    assert answer.status == 400
    assert field in answer.rules()


def _resolve(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    def resolve(host: str) -> list[IpAddress]:
        return [ip_address(number) for number in names.get(host, [])]

    monkeypatch.setattr(resolver, "resolve_host", resolve)
    _reload()


def _reload() -> None:
    """Wire the function again."""
    wiring.open_settings.cache_clear()
    load_function.cache_clear()


def test_an_address_as_it_is_shown_does_not_replace_the_whole_one(desk: Desk) -> None:
    desk.configure(f"{desk.town.callback('a')}?chave=segredo-4")
    shown = call_function("webhooks", "get_callback", shop=desk.shop).json["url"]
    refused = desk.configure(shown)
    assert (refused.status, refused.rules()) == (400, {"url": "masked"})
    assert call_function("webhooks", "get_callback", shop=desk.shop).json["url"] == shown


def test_of_several_puts_at_once_the_one_that_is_shown_is_called(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first to reach the vault is the last to reach the table; all within one millisecond."""
    store = Secrets.store
    rivals = ["dois", "tres"]

    def store_and_be_overtaken(vault: Secrets, name: str, fields: dict[str, str]) -> str:
        version = store(vault, name, fields)
        if rivals:
            desk.configure(desk.town.callback("b"), {"type": "BEARER", "token": rivals.pop()})
        return version

    desk.configure(desk.town.callback("b"), {"type": "BEARER", "token": "zero"})
    monkeypatch.setattr(Secrets, "store", store_and_be_overtaken)
    shown = desk.configure(desk.town.callback("a"), {"type": "BEARER", "token": "um"})
    assert call_function("webhooks", "get_callback", shop=desk.shop).json == shown.json
    desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("a")
    assert arrived["headers"]["authorization"] == "Bearer um"
    assert not desk.town.arrived("b")
