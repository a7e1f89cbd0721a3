"""Who may push to a partner's addresses, and how they are given and ended."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from lastro.negativations.events.store import EventStore
from tests.functions.invocation import Answer, call_function
from tests.functions.negativations.events.pushing import Pusher, sent, work_all
from tests.functions.negativations.registry import Registry


class Oauth:
    """PEFIN's side of an address that wants tokens."""

    def __init__(self, registry: Registry, **source: Any) -> None:
        path = {"branch_id": str(registry.ledger.branch_id)}
        body = {"events": {"credential": "oauth", **source}}
        data = registry.ledger.call("put_negativation_events", path=path, body=body).json["data"]
        assert data["token_path"] == f"{data['path']}/token"
        self.secret, self.client = data["path"].rpartition("/")[2], (data["user"], data["password"])

    def ask(self, **changes: Any) -> Answer:
        path = {"provider": "serasa", "secret": changes.pop("secret", self.secret)}
        headers = {"Authorization": changes.pop("authorization", None)}
        client_id, client_secret = self.client
        sent = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        body = {name: value for name, value in {**sent, **changes}.items() if value is not None}
        return call_function("negativations", "issue_event_token", path=path, body=body, headers=headers)

    def push(self, body: dict[str, Any], authorization: str | None, secret: str | None = None) -> Answer:
        path = {"provider": "serasa", "secret": secret or self.secret}
        headers = {"Authorization": authorization}
        return call_function("negativations", "receive_bureau_event", path=path, body=body, headers=headers)


def test_a_bureau_pushes_with_a_token_it_got_for_its_client(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    oauth = Oauth(pefin.registry)
    told = oauth.ask()
    assert (told.status, told.json["token_type"], told.json["expires_in"]) == (200, "Bearer", 3600)
    basic = "Basic " + b64encode(":".join(oauth.client).encode()).decode()
    assert oauth.ask(client_id=None, client_secret=None, authorization=basic).status == 200
    token = told.json["access_token"]
    message = pefin.included(listing, uuid)
    ends, _, seal = token.partition(".")
    wrong = (
        None,
        basic,
        f"Bearer {token[:-1]}x",
        f"Bearer {int(ends) + 9}.{seal}",
        "Bearer ",
        "Bearer é.é",
        f"Token {token}",
    )
    for header in wrong:
        refused = oauth.push(message, header)
        assert (refused.status, refused.json["code"]) == (401, "event_source_unauthorized"), header
    assert oauth.push(message, f"bearer {token}").json == {"received": True}
    pefin.registry.clock.advance(hours=1)
    assert oauth.push(message, f"Bearer {token}").status == 401
    again = oauth.ask().json["access_token"]
    assert oauth.push(message, f"Bearer {again}").status == 200
    # A token opens its own address alone.
    other = Oauth(pefin.registry)
    assert other.push(message, f"Bearer {again}").status == 401
    assert pefin.push(message, authorization=f"Bearer {again}").status == 401


def test_a_token_is_given_to_its_client_alone(pefin: Pusher) -> None:
    oauth = Oauth(pefin.registry)
    for changes in ({"client_secret": "x"}, {"client_id": "x"}, {"client_secret": None}, {"client_id": None}):
        refused = oauth.ask(**changes)
        assert (refused.status, refused.json["code"]) == (401, "event_source_unauthorized")
    assert oauth.ask(client_id=None, client_secret=None).status == 401
    good = "Basic " + b64encode(":".join(oauth.client).encode()).decode()
    twice = {"Basic eDp5": 401, good: 200, f"basic {good.partition(' ')[2]}": 200}
    assert {header: oauth.ask(authorization=header).status for header in twice} == twice
    assert oauth.ask(grant_type="password").rules() == {"grant_type": "literal_error"}
    # An address that wants no token gives none, nor does one there is not.
    for secret in (pefin.secret, "x"):
        assert oauth.ask(secret=secret).json["code"] == "event_source_not_found"
    elsewhere = Oauth(pefin.registry, networks=["198.51.100.0/24"])
    assert elsewhere.ask().json["code"] == "event_source_not_known"


def test_nobody_else_may_push(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    body = pefin.included(listing, uuid)
    assert pefin.push(body, secret="nobody").json["code"] == "event_source_not_found"
    refused = pefin.push(body, authorization="Basic bm86bm8=")
    assert (refused.status, refused.json["code"]) == (401, "event_source_unauthorized")
    assert pefin.push(body, authorization=None).status == 401
    stranger = Pusher(pefin.registry, networks=["198.51.100.0/24"])
    assert stranger.push(body).json["code"] == "event_source_not_known"
    known = Pusher(pefin.registry, credential="bearer", networks=["203.0.113.0/24"])
    assert known.push(body).status == 200
    wrong = pefin.registry.ledger.call(
        "put_negativation_events",
        path={"branch_id": str(pefin.registry.ledger.branch_id)},
        body={"events": {"networks": ["bureau"]}},
    )
    assert wrong.rules() == {"events.networks.0": "network"}


def revoke(registry: Registry, keep: str | None, branch_id: int | None = None) -> Answer:
    path = {"branch_id": str(branch_id or registry.ledger.branch_id)}
    return registry.ledger.call("revoke_negativation_events", path=path, query={"keep": keep} if keep else {})


def test_addresses_are_ended_but_for_the_one_that_stays(
    pefin: Pusher, open_registry_at: Callable[..., Registry]
) -> None:
    registry, other = pefin.registry, Pusher(open_registry_at("serasa"))
    listing, uuid = sent(pefin)
    body = pefin.included(listing, uuid)
    second, third = Pusher(registry), Pusher(registry, credential="bearer")
    # What is said wrongly, of another partner, or not at all ends nothing.
    for keep, rules in (
        (None, {"keep": "missing"}),
        ("0000000000000000", {"keep": "unknown_address"}),
        (other.id, {"keep": "unknown_address"}),
        ("", {"keep": "missing"}),
    ):
        assert revoke(registry, keep).rules() == rules
    assert revoke(registry, third.id, branch_id=999).json["code"] == "branch_not_found"
    assert revoke(other.registry, other.id).json == {"data": {"revoked": 0}}
    assert second.push(body).status == 200
    assert [revoke(registry, third.id).json["data"]["revoked"] for _ in range(2)] == [2, 0]
    for ended in (pefin, second):
        refused = ended.push(body)
        assert (refused.status, refused.json["code"]) == (404, "event_source_not_found")
    assert (third.push(body).status, other.push(body).status) == (200, 200)
    assert revoke(registry, "none").json == {"data": {"revoked": 1}}
    assert third.push(body).status == 404
    assert other.push(body).status == 200


def test_a_token_ends_with_its_address(pefin: Pusher) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    client = Pusher(registry, credential="oauth")
    path = {"provider": "serasa", "secret": client.secret}
    headers = {"Authorization": client.authorization}

    def ask() -> Answer:
        return call_function("negativations", "issue_event_token", path=path, body=None, headers=headers)

    bearer = f"Bearer {ask().json['access_token']}"
    assert client.push(pefin.included(listing, uuid), authorization=bearer).status == 200
    assert revoke(registry, pefin.id).json["data"]["revoked"] == 1
    assert client.push(pefin.included(listing, uuid), authorization=bearer).status == 404
    assert ask().json["code"] == "event_source_not_found"


def test_what_dies_while_addresses_are_ended_is_ended_by_the_next_call(
    pefin: Pusher, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, later = pefin.registry, Pusher(pefin.registry)
    listing, uuid = sent(pefin)
    remove = EventStore.remove_source
    seen: list[Any] = []

    def die_behind_the_first(store: EventStore, *arguments: Any) -> bool:
        if seen:
            raise RuntimeError("died")
        seen.append(arguments)
        return remove(store, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(EventStore, "remove_source", die_behind_the_first)
        assert revoke(registry, "none").status == 500
    assert revoke(registry, "none").json["data"]["revoked"] == 1
    assert {each.push(pefin.included(listing, uuid)).status for each in (pefin, later)} == {404}


def test_of_two_calls_that_end_each_others_address_one_stays(pefin: Pusher, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, later = pefin.registry, Pusher(pefin.registry)
    listing, uuid = sent(pefin)
    look = EventStore.list_sources

    def outrun(store: EventStore, partner_id: str, branch_id: int) -> Any:
        found = look(store, partner_id, branch_id)
        with monkeypatch.context() as inner:
            inner.setattr(EventStore, "list_sources", look)
            assert revoke(registry, pefin.id).json["data"]["revoked"] == 1
        return found

    with monkeypatch.context() as patched:
        patched.setattr(EventStore, "list_sources", outrun)
        late = revoke(registry, later.id)
    assert (late.status, late.rules()) == (422, {"keep": "unknown_address"})
    assert [each.push(pefin.included(listing, uuid)).status for each in (pefin, later)] == [200, 404]


def test_a_partners_address_reaches_no_other_partners_listings(
    pefin: Pusher, open_registry_at: Callable[..., Registry]
) -> None:
    listing, uuid = sent(pefin)
    other = Pusher(open_registry_at("serasa"))
    pefin.registry.take()
    assert other.push(pefin.included(listing, uuid)).status == 200
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["status"] == "aguardando_retorno"


def test_what_says_nothing_is_kept_for_a_person(pefin: Pusher) -> None:
    assert pefin.push({"hello": "bureau"}).status == 200
    assert pefin.registry.take() == []


def test_a_bureau_that_does_not_push_has_no_address(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("spc_brasil")
    path = {"branch_id": str(registry.ledger.branch_id)}
    answer = registry.ledger.call("put_negativation_events", path=path, body={"events": {"credential": "none"}})
    assert (answer.status, answer.json["code"]) == (422, "no_bureau_events")
