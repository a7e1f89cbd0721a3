"""What bureaus push: before, after, twice, out of order, from strangers, and never."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from lastro.negativations.events.receiving import find_listing
from lastro.negativations.events.store import EventStore
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.ports import Told
from tests.functions.invocation import CNPJ, CPF, Answer, call_function
from tests.functions.negativations.registry import Registry

LOST = {"when": {"operation": "include"}, "outcome": "timeout_after_effect", "word": "never"}


class Pusher:
    """PEFIN's side of the webhooks of one partner."""

    def __init__(self, registry: Registry, **source: Any) -> None:
        self.registry = registry
        path = {"branch_id": str(registry.ledger.branch_id)}
        answer = registry.ledger.call("put_negativation_events", path=path, body={"events": source})
        assert answer.status == 200, answer.text
        data = answer.json["data"]
        self.id, self.secret = data["id"], data["path"].rpartition("/")[2]
        user, password = data["user"], data["password"]
        basic = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        self.authorization = basic if user else f"Bearer {password}"

    def push(self, body: dict[str, Any] | str, **changes: Any) -> Answer:
        headers = {"Authorization": changes.pop("authorization", self.authorization)}
        path = {"provider": "serasa", "secret": changes.pop("secret", self.secret)}
        return call_function("negativations", "receive_bureau_event", path=path, body=body, headers=headers, **changes)

    def included(self, listing: dict[str, Any], uuid: str, error: object = None) -> dict[str, Any]:
        return {
            "uuid": uuid,
            "debtorDocument": CPF,
            "creditorDocument": CNPJ,
            "contract": listing["contract_number"],
            "debtValue": 100.07,
            "cadusKey": None,
            "error": error,
        }

    def excluded(self, listing: dict[str, Any], uuid: str, error: object = None) -> dict[str, Any]:
        return {
            "uuid": uuid,
            "creditor": {"documentNumber": CNPJ, "documentType": "CNPJ"},
            "debtor": {"documentNumber": CPF, "documentType": "CPF"},
            "contractNumber": listing["contract_number"],
            "writeOff": {"reason": "01"},
            "error": error,
        }


@pytest.fixture
def pefin(open_registry_at: Callable[..., Registry]) -> Pusher:
    """A partner at PEFIN, whose sandbox pushes nothing by itself."""
    registry = open_registry_at("serasa")
    registry.town.script("serasa", {"when": {"operation": "include"}, "word": "never"})
    return Pusher(registry)


def sent(pefin: Pusher) -> tuple[dict[str, Any], str]:
    """A listing that the bureau received, and the bureau's id of it."""
    registry = pefin.registry
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    after = registry.read(listing["id"])
    assert (after["status"], after["listed_at"]) == ("aguardando_retorno", None)
    return after, after["attempts"][0]["receipt"]


def work_all(registry: Registry) -> None:
    for record in registry.take():
        registry.deliver([record])


def test_a_word_makes_a_listing_notified_and_its_period_makes_it_active(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    pefin.registry.take()
    assert pefin.push(pefin.included(listing, uuid)).json == {"received": True}
    assert pefin.registry.read(listing["id"])["status"] == "aguardando_retorno"
    work_all(pefin.registry)
    told = pefin.registry.read(listing["id"])
    assert (listing["notice"], told["status"]) == (None, "notificada")
    notice = {"channel": "letter", "address": "Praça da Sé, 100, 01001000", "delivered_on": None, "proof": uuid}
    assert notice.items() <= told["notice"].items()
    assert (told["notice"]["sent_on"], told["notice"]["told_by"]) == ("2026-03-02", "bureau")
    assert told["notices"] == [told["notice"]]
    assert [each["event"] for each in told["history"]][-2:] == ["included", "notice_sent"]
    # Received on 2 March in São Paulo state: fifteen days, then seen from the next on.
    pefin.registry.clock.advance(days=15)
    pefin.registry.run_schedule("sync_negativations")
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["status"] == "notificada"
    pefin.registry.clock.advance(days=1)
    pefin.registry.run_schedule("sync_negativations")
    work_all(pefin.registry)
    active = pefin.registry.read(listing["id"])
    assert (active["status"], active["listed_at"][:10]) == ("ativa", "2026-03-18")


# OAuth ----------------------------------------------------------------------------------------------------------------


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


def test_a_day_to_come_ends_the_notices_that_have_run_by_then_and_nothing_else(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    unsent = pefin.registry.place(pefin.registry.add_debt()["id"])
    pefin.registry.take()
    pefin.push(pefin.included(listing, uuid))
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["active_from"] == "2026-03-18"
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 17))["listings"] == 0
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 18))["listings"] == 1
    work_all(pefin.registry)
    active = pefin.registry.read(listing["id"])
    assert (active["status"], active["listed_at"][:10]) == ("ativa", "2026-03-18")
    assert pefin.registry.read(unsent["id"])["status"] == "pendente_envio"
    assert pefin.registry.run_schedule("sync_negativations", date(2026, 3, 18))["listings"] == 0


def test_the_same_word_twice_changes_nothing(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    for _ in range(2):
        assert pefin.push(pefin.included(listing, uuid)).status == 200
    work_all(pefin.registry)
    history = pefin.registry.read(listing["id"])["history"]
    assert [each["event"] for each in history].count("included") == 1
    assert pefin.push(pefin.included(listing, uuid)).status == 200
    assert pefin.registry.take() == []


def test_a_removal_in_doubt_is_asked_for_again_and_ends(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    registry = pefin.registry
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.town.script("serasa", {"when": {"operation": "remove"}, "outcome": "unstable", "times": 1})
    registry.remove(listing["id"])
    work_all(registry)
    doubtful = registry.read(listing["id"])
    assert (doubtful["status"], doubtful["concerns"]) == ("baixa_enviada", ["removal_owed", "outcome_unknown"])
    registry.clock.advance(minutes=29)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    assert registry.read(listing["id"])["attempts"] == doubtful["attempts"]
    registry.clock.advance(minutes=2)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    registry.work(listing["id"])
    repeated = registry.read(listing["id"])
    assert len({each["transaction_id"] for each in repeated["attempts"]}) == 3
    pefin.push(pefin.excluded(listing, repeated["attempts"][2]["receipt"]))
    work_all(registry)
    ended = registry.read(listing["id"])
    assert (ended["status"], ended["concerns"]) == ("baixada", [])
    assert registry.done("remove", listing["contract_number"]) == 1


def test_a_removal_whose_word_never_comes_is_asked_for_again_by_a_person(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    registry = pefin.registry
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.town.script("serasa", {"when": {"operation": "remove"}, "word": "never"})
    registry.remove(listing["id"])
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "baixa_enviada"
    assert registry.resend(listing["id"]).json["data"]["status"] == "baixa_pendente"
    assert registry.resend(listing["id"]).json["code"] == "not_resendable"
    work_all(registry)
    again = registry.read(listing["id"])
    gone = {"message": "no such record", "statusCode": 404}
    pefin.push(pefin.excluded(listing, again["attempts"][2]["receipt"], gone))
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "baixada"


def test_a_word_whose_receiver_died_before_it_told_the_queue_is_joined_by_its_repeat(pefin: Pusher) -> None:
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    pefin.registry.take()
    pefin.push(pefin.included(listing, uuid))
    work_all(pefin.registry)
    assert pefin.registry.read(listing["id"])["status"] == "notificada"


@pytest.mark.parametrize("code", [400, "400"])
def test_a_word_of_no_may_be_sent_again(pefin: Pusher, code: object) -> None:
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid, {"message": "x", "statusCode": code}))
    work_all(pefin.registry)
    failed = pefin.registry.read(listing["id"])
    assert (failed["status"], failed["attempts"][0]["code"]) == ("erro", "400")
    assert pefin.registry.resend(listing["id"]).status == 202


def test_a_word_that_comes_before_the_answer_is_joined_to_it(pefin: Pusher) -> None:
    """The bureau tells the end of a request whose answer is still on its way: it is an orphan until then."""
    registry = pefin.registry
    registry.town.script("serasa", LOST)
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    lost = registry.read(listing["id"])
    assert (lost["status"], lost["concerns"]) == ("enviada", ["outcome_unknown"])
    uuid = "5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"
    registry.take()
    assert pefin.push(pefin.included(listing, uuid)).status == 200
    work_all(registry)
    joined = registry.read(listing["id"])
    assert (joined["status"], joined["concerns"], joined["attempts"][0]["receipt"]) == ("notificada", [], uuid)
    assert registry.done("include", listing["contract_number"]) == 1


def test_an_orphan_is_kept_and_joined_when_its_listing_is_there(pefin: Pusher) -> None:
    registry = pefin.registry
    boleto = registry.add_debt()
    uuid = "5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a11"
    assert pefin.push(pefin.included({"contract_number": boleto["contract_number"]}, uuid)).status == 200
    assert registry.take() == []
    registry.town.script("serasa", LOST)
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    registry.take()
    registry.clock.advance(minutes=2)
    assert registry.run_schedule("sync_negativations")["joined"] == 1
    work_all(registry)
    assert registry.read(listing["id"])["status"] == "notificada"
    assert registry.run_schedule("sync_negativations")["joined"] == 0


def test_words_of_nobody_do_not_stand_in_the_way_of_others(pefin: Pusher, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = pefin.registry
    looked_for: list[str] = []

    def note(listings: ListingStore, desk: Desk, told: Told) -> str | None:
        looked_for.append(told.contract)
        return find_listing(listings, desk, told)

    monkeypatch.setattr("lastro.negativations.listings.working.sweep.find_listing", note)
    uuids = [f"5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1b{number:02d}" for number in range(3)]
    for uuid in uuids:
        assert pefin.push(pefin.included({"contract_number": "NOBODY"}, uuid)).status == 200
    registry.clock.advance(minutes=2)
    assert registry.run_schedule("sync_negativations")["joined"] == 0
    assert registry.run_schedule("sync_negativations")["joined"] == 0
    assert looked_for == ["NOBODY"] * 3
    # As long as they have waited, an hour at most.
    registry.clock.advance(hours=5)
    registry.run_schedule("sync_negativations")
    registry.clock.advance(minutes=62)
    registry.run_schedule("sync_negativations")
    assert looked_for == ["NOBODY"] * 9


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_words_on_both_acts_and_a_payment_end_alike_in_any_order(pefin: Pusher, order: tuple[int, ...]) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    registry.remove(listing["id"], "01")
    registry.town.script("serasa", {"when": {"operation": "remove"}, "word": "never"})
    registry.clock.advance(hours=25)
    registry.run_schedule("sync_negativations")
    work_all(registry)
    removal = registry.read(listing["id"])
    assert removal["status"] == "baixa_enviada"
    acts: list[Callable[[], object]] = [
        lambda: pefin.push(pefin.included(listing, uuid)),
        lambda: pefin.push(pefin.excluded(listing, removal["attempts"][1]["receipt"])),
        lambda: registry.ledger.settle(listing["boleto_id"], 10_000),
    ]
    for number in order:
        acts[number]()
        work_all(registry)
    done = registry.read(listing["id"])
    assert (done["status"], done["critical"]) == ("baixada", False)
    acted = [registry.done(act, listing["contract_number"]) for act in ("include", "remove")]
    assert acted == [1, 1]


def test_a_payment_of_a_manual_listing_opens_a_task_with_the_legal_deadline(pefin: Pusher) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    # Available on Tuesday, 3 March: the fifth business day after is Tuesday, 10 March.
    assert registry.ledger.settle(listing["boleto_id"], 10_000).status == 200
    owed = registry.read(listing["id"])
    assert (owed["status"], owed["concerns"], owed["removal_due_on"]) == ("notificada", ["paid"], "2026-03-10")
    assert registry.calls("remove", listing["contract_number"]) == []


def test_a_payment_before_the_sending_cancels_it(pefin: Pusher) -> None:
    registry = pefin.registry
    listing = registry.place(registry.add_debt()["id"])
    registry.ledger.settle(listing["boleto_id"], 10_000)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.calls("include", listing["contract_number"]) == []


def test_a_contested_debt_is_taken_down_at_once(pefin: Pusher) -> None:
    registry = pefin.registry
    listing, uuid = sent(pefin)
    pefin.push(pefin.included(listing, uuid))
    work_all(registry)
    registry.ledger.change(listing["boleto_id"], status="disputed")
    contested = registry.read(listing["id"])
    assert (contested["status"], contested["removal"]["reason"]) == ("baixa_pendente", "45")
    work_all(registry)
    assert registry.done("remove", listing["contract_number"]) == 1


# who may push ---------------------------------------------------------------------------------------------------------


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
