"""What bureaus told and belongs to no listing: shown to its partner, joined or dismissed by a person, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.kernel.documents import Cpf
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.ports import Record, Standing
from lastro.negativations.pulls.store import Pull, PullStore
from tests.functions.invocation import CNPJ, CPF, OTHER_CPF, Answer
from tests.functions.negativations.events.pushing import Pusher, sent
from tests.functions.negativations.registry import Registry

UNKNOWN = "5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a99"


def arrivals(registry: Registry, **query: str) -> list[dict[str, Any]]:
    answer = registry.ledger.call("list_bureau_arrivals", query=query)
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json["data"]
    return found


def resolve(registry: Registry, arrival: str, action: str = "dismiss", **data: Any) -> Answer:
    sent = {"action": action, "reason": "De outro sistema", "resolved_by": "ana.souza", **data}
    return registry.ledger.call("resolve_bureau_arrival", path={"arrival_id": arrival}, body={"resolution": sent})


def test_an_orphan_is_joined_by_a_person_and_its_listing_takes_its_word(pefin: Pusher) -> None:
    listing, _ = sent(pefin)
    message = {**pefin.included(listing, UNKNOWN), "contract": "OUTRO-1"}
    assert pefin.push(message).json == {"received": True}
    [arrival] = arrivals(pefin.registry)
    assert (arrival["kind"], arrival["bureau"], arrival["contract"]) == ("message", "serasa.homologation", "OUTRO-1")
    assert (arrival["document"], arrival["standing"]) == ("529.982.247-25", "included")
    joined = resolve(pefin.registry, arrival["id"], "join", negativation_id=listing["id"])
    assert joined.status == 200, joined.text
    for record in pefin.registry.take():
        pefin.registry.deliver([record])
    told = pefin.registry.read(listing["id"])
    assert (told["status"], bool(told["active_from"])) == ("notificada", True)
    assert arrivals(pefin.registry) == []
    assert resolve(pefin.registry, arrival["id"]).json["code"] == "bureau_arrival_not_found"
    [seen] = arrivals(pefin.registry, seen="true")
    assert (seen["id"], seen["contract"]) == (arrival["id"], "OUTRO-1")
    assert seen["resolution"] == joined.json["data"]["resolution"]
    assert (seen["resolution"]["action"], seen["resolution"]["negativation_id"]) == ("join", listing["id"])


def test_what_is_of_another_person_or_nobody_can_read_is_joined_to_nothing(pefin: Pusher) -> None:
    listing, _ = sent(pefin)
    pefin.push({**pefin.included(listing, UNKNOWN), "contract": "OUTRO-1", "debtorDocument": OTHER_CPF})
    pefin.push({"uuid": UNKNOWN, "surprise": "é"})
    unreadable, orphan = sorted(arrivals(pefin.registry), key=lambda each: str(each["kind"]), reverse=True)
    assert (unreadable["kind"], orphan["kind"]) == ("unreadable", "message")
    assert "surprise" in unreadable["body"]
    for arrival, code in ((orphan, "bureau_arrival_of_another"), (unreadable, "bureau_arrival_unreadable")):
        refused = resolve(pefin.registry, arrival["id"], "join", negativation_id=listing["id"])
        assert (refused.status, refused.json["code"]) == (409, code)
    missing = resolve(pefin.registry, orphan["id"], "join")
    assert missing.rules() == {"resolution.negativation_id": "required"}
    absent = resolve(pefin.registry, orphan["id"], "join", negativation_id=UNKNOWN)
    assert absent.json["code"] == "negativation_not_found"
    assert set(resolve(pefin.registry, orphan["id"], reason=" ").rules()) == {"resolution.reason"}
    assert pefin.registry.read(listing["id"])["status"] == "aguardando_retorno"
    assert resolve(pefin.registry, unreadable["id"]).status == 200
    assert [each["id"] for each in arrivals(pefin.registry)] == [orphan["id"]]
    assert [each["id"] for each in arrivals(pefin.registry, seen="false")] == [orphan["id"]]
    [seen] = arrivals(pefin.registry, seen="true")
    assert (seen["id"], seen["kind"], seen["body"]) == (unreadable["id"], "unreadable", unreadable["body"])
    said = {name: seen["resolution"][name] for name in ("action", "negativation_id", "reason", "resolved_by")}
    expected = {"negativation_id": None, "reason": "De outro sistema", "resolved_by": "ana.souza"}
    assert said == {"action": "dismiss", **expected}


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("uuid=1&contract=2", "uuid=1&contract=2"),
        ("<aviso/>", "<aviso/>"),
        ('{"uuid": "1", ', '{"uuid": "1", '),
        ('{"uuid": "1", "uuid": "2"}', '{"uuid": "1", "uuid": "2"}'),
        ("[1]", "[1]"),
        ('{"uuid": "1", "provider": "outro"}', '{"uuid": "1", "provider": "outro"}'),
        ("", ""),
        ("a\ufffdo", "a\ufffdo"),
        ("\ud800", "?"),
        ("é" * 9_000, "é" * 8_000),
    ],
)
def test_what_is_no_json_object_is_kept_for_a_person_and_answered_at_once(pefin: Pusher, body: str, shown: str) -> None:
    for _ in range(2):
        answer = pefin.push(body)
        assert (answer.status, answer.json) == (200, {"received": True})
    [kept] = arrivals(pefin.registry)
    assert (kept["kind"], kept["body"], kept["bureau"]) == ("unreadable", shown, "serasa.homologation")
    # A stranger's is not kept, nor what no row would hold.
    assert pefin.push(body, secret="x").status == 404
    assert pefin.push(body, authorization="Basic eDp5").status == 401
    assert pefin.push("x" * (64 * 1024 + 1)).status == 413
    assert len(arrivals(pefin.registry)) == 1
    assert resolve(pefin.registry, kept["id"]).status == 200


def test_two_dismiss_at_once_and_one_is_told_so(pefin: Pusher) -> None:
    listing, _ = sent(pefin)
    message = {**pefin.included(listing, UNKNOWN), "contract": "OUTRO-1"}
    pefin.push(message)
    [arrival] = arrivals(pefin.registry)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: resolve(pefin.registry, arrival["id"], resolved_by=who), ("ana", "bia")))
    assert sorted(each.status for each in answers)[0] == 200
    assert sorted(each.status for each in answers)[1] in (404, 409)
    # The same message again does not bring it back.
    pefin.push(message)
    assert arrivals(pefin.registry) == []
    [seen] = arrivals(pefin.registry, seen="true")
    assert [each.json["data"]["resolution"] for each in answers if each.status == 200] == [seen["resolution"]]


def test_what_another_dismissed_meanwhile_is_joined_to_nothing(pefin: Pusher, monkeypatch: pytest.MonkeyPatch) -> None:
    listing, _ = sent(pefin)
    pefin.push({**pefin.included(listing, UNKNOWN), "contract": "OUTRO-1"})
    [arrival] = arrivals(pefin.registry)
    change = ListingStore.change

    def dismissed_before(store: ListingStore, *arguments: Any, **options: Any) -> bool:
        monkeypatch.setattr(ListingStore, "change", change)
        assert resolve(pefin.registry, arrival["id"], resolved_by="bia").status == 200
        return change(store, *arguments, **options)

    monkeypatch.setattr(ListingStore, "change", dismissed_before)
    late = resolve(pefin.registry, arrival["id"], "join", negativation_id=listing["id"])

    assert (late.status, late.json["code"]) == (409, "bureau_arrival_changed")
    assert pefin.registry.read(listing["id"])["status"] == "aguardando_retorno"


def test_arrivals_are_a_partners_own_and_go_by_cursor(pefin: Pusher, open_registry_at: Any) -> None:
    listing, _ = sent(pefin)
    for number in range(3):
        pefin.push({**pefin.included(listing, f"{UNKNOWN[:-1]}{number}"), "contract": f"OUTRO-{number}"})
        pefin.registry.clock.advance(minutes=1)
    first = pefin.registry.ledger.call("list_bureau_arrivals", query={"per_page": "2"}).json
    rest = pefin.registry.ledger.call("list_bureau_arrivals", query={"cursor": first["next_cursor"]}).json
    contracts = [each["contract"] for each in (*first["data"], *rest["data"])]
    assert (contracts, rest["next_cursor"]) == (["OUTRO-2", "OUTRO-1", "OUTRO-0"], None)
    other = open_registry_at()
    assert resolve(pefin.registry, rest["data"][0]["id"]).status == 200
    assert (arrivals(other), arrivals(other, seen="true")) == ([], [])
    assert resolve(other, first["data"][0]["id"]).status == 404
    assert resolve(other, "x").status == 404
    assert other.ledger.call("list_bureau_arrivals", query={"cursor": "x"}).rules() == {"cursor": "cursor"}


def test_a_record_that_was_dismissed_stays_so_however_often_it_is_read(registry: Registry) -> None:
    pulls = PullStore(Table())
    pull = Pull(registry.shop.partner_id, 7, CNPJ)
    record = Record(Cpf(CPF), "DE-FORA-1", Standing.ACTIVE)
    for _ in range(2):
        pulls.keep_stranger(pull, record, registry.clock.now())
        registry.clock.advance(hours=1)
    [arrival] = arrivals(registry)
    assert (arrival["kind"], arrival["integration_id"], arrival["contract"]) == ("record", 7, "DE-FORA-1")
    assert resolve(registry, arrival["id"]).status == 200
    pulls.keep_stranger(pull, record, registry.clock.now())
    assert (arrivals(registry), len(arrivals(registry, seen="true"))) == ([], 1)
    assert len(list(pulls.list_strangers(registry.shop.partner_id))) == 1


def test_a_record_is_joined_to_the_listing_of_its_person_and_integration(registry: Registry) -> None:
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    stored = ListingStore(Table()).find(listing["id"])
    assert stored is not None
    pulls, record = PullStore(Table()), Record(Cpf(CPF), "DE-FORA-2", Standing.ACTIVE)
    for integration_id in (stored.integration_id + 1, stored.integration_id):
        pulls.keep_stranger(Pull(stored.partner_id, integration_id, CNPJ), record, registry.clock.now())
    own, other = sorted(arrivals(registry), key=lambda each: int(each["integration_id"]))
    refused = resolve(registry, other["id"], "join", negativation_id=listing["id"])
    assert (refused.status, refused.json["code"]) == (409, "bureau_arrival_of_another")
    assert resolve(registry, own["id"], "join", negativation_id=listing["id"]).status == 200
    assert pulls.find_joined(Pull(stored.partner_id, stored.integration_id, CNPJ), record) == listing["id"]
    assert [each["id"] for each in arrivals(registry)] == [other["id"]]
