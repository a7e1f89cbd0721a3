"""What bureaus push and what is pulled from them: before, after, twice, out of order, from strangers, and never."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.bureaus.ports import BureauUnavailable
from lastro.kernel.documents import Cpf
from lastro.kernel.retention import Record as Kept
from lastro.negativations.events.receiving import find_listing
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.ports import Page, Record, Standing, Told
from lastro.negativations.pulls.store import PullStore
from lastro.negativations.wiring import open_personal_data
from lastro.vendors.bureaus.spc_brasil.listings import SpcListings
from tests.functions.emulation import TABLE
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
        self.secret = data["path"].rpartition("/")[2]
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


# what is pulled -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["credito_na_medida", "spc_brasil"])
def test_records_tell_what_became_of_listings_and_removals(
    open_registry_at: Callable[..., Registry], provider: str
) -> None:
    registry = open_registry_at(provider)
    registry.town.script(provider, {"when": {"operation": "include"}, "word_delay_ms": 60_000})
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "aguardando_retorno"
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "notificada"
    registry.remove(listing["id"], "1")
    registry.work(listing["id"])
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.done("remove", listing["contract_number"]) == 1


def test_a_bureau_that_tells_of_its_notice_is_believed_once(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], Standing.NOTIFIED),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    for _ in range(2):
        registry.clock.advance(hours=2)
        registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["concerns"]) == ("notificada", [])
    assert [line["event"] for line in told["history"]].count("notice_sent") == 1


def test_differences_are_shown_both_ways(open_registry_at: Callable[..., Registry]) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["concerns"] == []
    # The bureau forgets everything: what stands here is not there.
    other = open_registry_at("spc_brasil")
    counts = other.run_schedule("sync_bureau_records")
    assert counts["failed"] == 0
    registry.town.script("spc_brasil", {"when": {"operation": "follow"}, "outcome": "summary_only"})
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    absent = registry.read(listing["id"])
    assert (absent["critical"], absent["concerns"]) == (True, ["difference"])


def test_what_stands_there_and_ended_here_is_a_difference_until_it_is_gone(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.remove(listing["id"], "1")
    registry.clock.advance(hours=25)
    registry.work(listing["id"])
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    contract, standing = listing["contract_number"], Standing.ACTIVE

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), contract, standing),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["critical"], told["concerns"]) == ("baixada", True, ["difference"])
    standing = Standing.REMOVED
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["critical"] is False


def removed_and_back(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A listing that was taken down, and whose record the bureau lists again."""
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    registry.work(listing["id"])
    registry.remove(listing["id"], "1")
    registry.clock.advance(hours=25)
    registry.work(listing["id"])
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], Standing.ACTIVE),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    return listing


def test_what_stands_again_has_a_last_day_and_is_taken_down_again(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert (due["negativation_id"], due["status"], due["to_be_asked_for"]) == (listing["id"], "baixada", True)
    # Seen on Tuesday 3 March.
    told = registry.read(listing["id"])
    assert (due["due_on"], told["removal_due_on"]) == ("2026-03-10", "2026-03-10")
    registry.run_schedule("sync_bureau_records")
    assert [each["event"] for each in told["history"]].count("stands_again") == 1
    for _ in range(2):
        asked = registry.remove(listing["id"], "1")
        assert (asked.status, asked.json["data"]["status"]) == (202, "baixa_pendente")
    assert registry.read(listing["id"])["concerns"] == ["removal_owed"]
    registry.work(listing["id"])
    registry.work(listing["id"])
    gone = registry.read(listing["id"])
    assert (gone["status"], gone["critical"], gone["removal_due_on"]) == ("baixada", False, "2026-03-10")
    # The bureau was asked twice, each time under an id of its own, and by the second it had no such record.
    assert len(registry.calls("remove", listing["contract_number"])) == 2
    assert len({each["transaction_id"] for each in gone["attempts"] if each["act"] == "removal"}) == 2
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_an_order_takes_down_what_stands_again(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    assert registry.order_removal(listing["id"]).json["data"]["status"] == "baixa_pendente"
    registry.work(listing["id"])
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    # Stands it once more, it has no days, and the same order takes it down: no other has to be thought of.
    registry.clock.advance(hours=1)
    registry.run_schedule("sync_bureau_records")
    [due] = registry.ledger.call("list_negativation_deadlines", query={}).json["data"]
    assert due["due_on"] == "2026-03-03"
    again = registry.order_removal(listing["id"]).json["data"]
    assert (again["status"], len(again["removal_orders"])) == ("baixa_pendente", 1)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert len(registry.calls("remove", listing["contract_number"])) == 3


def test_what_stands_again_is_not_left_to_its_five_years_and_keeps_its_integration(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    [its] = call_function("bureaus", "list_bureau_integrations", shop=registry.shop).json["data"]
    path = {"integration_id": str(its["id"])}
    held = call_function("bureaus", "delete_bureau_integration", shop=registry.shop, path=path)
    assert held.json["code"] == "integration_has_negativations"
    # Nor is its debtor forgotten: who would take it down?
    debtor = Kept(registry.shop.partner_id, CPF, "debtor", registry.read(listing["id"])["debtor_id"])
    standing = open_personal_data().look(debtor)
    assert standing
    assert standing.began is None
    assert registry.remove(listing["id"], "1").status == 202
    registry.clock.advance(days=6 * 366)
    registry.run_schedule("watch_negativations")
    assert registry.read(listing["id"])["status"] == "baixa_pendente"
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert len(registry.calls("remove", listing["contract_number"])) == 2


def test_what_stands_after_its_five_years_has_a_last_day_and_is_taken_down(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.run_schedule("watch_negativations", date(2032, 6, 1))
    assert registry.read(listing["id"])["status"] == "expirada"

    standing = Standing.ACTIVE

    async def follow(*_: Any) -> Page:
        return Page((Record(Cpf(CPF), listing["contract_number"], standing),))

    monkeypatch.setattr(SpcListings, "follow", follow)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    told = registry.read(listing["id"])
    assert (told["status"], told["concerns"], told["removal_due_on"]) == ("expirada", ["difference"], "2026-03-09")
    assert registry.remove(listing["id"], "1").json["data"]["status"] == "baixa_pendente"
    registry.run_schedule("watch_negativations", date(2032, 6, 2))
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixa_enviada"
    standing = Standing.REMOVED
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.ledger.call("list_negativation_deadlines", query={}).json["data"] == []


def test_what_stands_again_is_another_listings_where_there_is_one(
    open_registry_at: Callable[..., Registry], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_registry_at("spc_brasil")
    listing = removed_and_back(registry, monkeypatch)
    second = registry.place(listing["boleto_id"])
    refused = registry.remove(listing["id"], "1")
    assert (refused.status, refused.json["code"]) == (409, "negativation_exists")
    assert registry.order_removal(listing["id"]).status == 409
    assert registry.remove(second["id"], "1").status == 202
    # Nothing stands in its way any more, and the lock of the debt is its own again.
    assert registry.remove(listing["id"], "1").status == 202
    assert registry.ask(listing["boleto_id"]).json["code"] == "negativation_exists"
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "baixada"
    assert registry.ask(listing["boleto_id"]).status == 201


class SlowBureau:
    """Pages of records by their marks, each of which takes a bureau so many seconds."""

    def __init__(
        self, registry: Registry, patch: pytest.MonkeyPatch, pages: dict[str | None, Page], seconds: int = 21
    ) -> None:
        self.asked: list[str | None] = []

        async def follow(_: Any, after: str | None, __: Any) -> Page:
            self.asked.append(after)
            registry.clock.advance(seconds=seconds)
            return pages[after]

        patch.setattr(SpcListings, "follow", follow)
        self._registry = registry

    def read(self) -> tuple[int, int, int]:
        """What a run ended, left to the next and failed at."""
        counts = self._registry.run_schedule("sync_bureau_records")
        return counts["integrations"], counts["unfinished"], counts["failed"]


@pytest.fixture
def spc(open_registry_at: Callable[..., Registry]) -> tuple[Registry, list[dict[str, Any]], list[Record]]:
    """Three listings that stand, settled, and their records; nothing else is followed."""
    pulls = PullStore(Table(TABLE))
    for pull, due_at, _ in list(pulls.list_due(datetime.max.replace(tzinfo=UTC))):
        assert pulls.drop(pull, due_at)
    registry = open_registry_at("spc_brasil")
    listings = []
    for _ in range(3):
        listing = registry.place(registry.add_debt()["id"])
        registry.work(listing["id"])
        registry.clock.advance(minutes=1)
        listings.append(listing)
    registry.clock.advance(hours=2)
    registry.run_schedule("sync_bureau_records")
    registry.clock.advance(hours=2)
    return registry, listings, [Record(Cpf(CPF), each["contract_number"], Standing.ACTIVE) for each in listings]


def concerns(registry: Registry, listings: list[dict[str, Any]]) -> list[list[str]]:
    return [registry.read(each["id"])["concerns"] for each in listings]


Settled = tuple[Registry, list[dict[str, Any]], list[Record]]


def test_pages_that_a_run_does_not_come_to_the_next_one_reads(spc: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, listings, records = spc
    pages = {None: Page((records[0],), "1"), "1": Page((records[1],), "2"), "2": Page(())}
    bureau = SlowBureau(registry, monkeypatch, pages)
    assert [bureau.read() for _ in range(2)] == [(0, 1, 0), (0, 1, 0)]
    # Nothing is missed before all was read.
    assert concerns(registry, listings) == [[], [], []]
    assert bureau.read() == (1, 0, 0)
    assert bureau.asked == [None, "1", "2"]
    # What earlier runs saw is known to the last.
    assert concerns(registry, listings) == [[], [], ["difference"]]
    assert bureau.read() == (0, 0, 0)
    registry.clock.advance(hours=2)
    bureau.read()
    assert bureau.asked[3:] == [None]


def test_records_and_listings_that_a_run_does_not_come_to_the_next_one_works(
    spc: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, listings, records = spc
    worked: list[str] = []
    change = ListingStore.find

    def find(store: ListingStore, listing_id: str) -> Listing | None:
        worked.append(listing_id)
        registry.clock.advance(seconds=25)
        return change(store, listing_id)

    monkeypatch.setattr(ListingStore, "find", find)
    bureau = SlowBureau(registry, monkeypatch, {None: Page(tuple(records[:2]))}, seconds=0)
    assert [bureau.read() for _ in range(2)] == [(0, 1, 0), (1, 0, 0)]
    assert worked == [each["id"] for each in listings]
    monkeypatch.setattr(ListingStore, "find", change)
    assert concerns(registry, listings) == [[], [], ["difference"]]


def test_records_without_end_are_a_failure_and_read_anew(spc: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, listings, records = spc
    bureau = SlowBureau(registry, monkeypatch, {None: Page((records[0],), "1"), "1": Page((), "1")}, seconds=1)
    assert bureau.read() == (0, 0, 1)
    assert concerns(registry, listings) == [[], [], []]
    registry.clock.advance(hours=2)
    assert bureau.read() == (0, 0, 1)
    assert bureau.asked == [None, "1"] * 2


def test_a_reading_whose_bureau_fails_is_gone_on_with_and_not_for_ever(
    spc: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, _, records = spc
    bureau = SlowBureau(registry, monkeypatch, {None: Page((records[0],), "1")})
    assert bureau.read() == (0, 1, 0)

    async def fail(*_: Any) -> Page:
        raise BureauUnavailable("the bureau is away")

    monkeypatch.setattr(SpcListings, "follow", fail)
    assert bureau.read() == (0, 0, 1)
    registry.clock.advance(hours=2)
    bureau = SlowBureau(registry, monkeypatch, {"1": Page((), "2"), None: Page(tuple(records))})
    assert bureau.read() == (0, 1, 0)
    registry.clock.advance(hours=7)
    assert bureau.read() == (0, 0, 1)
    registry.clock.advance(hours=2)
    assert bureau.read() == (1, 0, 0)
    assert bureau.asked == ["1", None]
