"""Branches and the one integration each may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any

import pytest

from lastro.bureaus.records import MAX_LINKS
from lastro.bureaus.setup.store import SetupStore
from lastro.kernel.documents import Cnpj, InvalidDocument
from tests.functions.bureaus.office import Office
from tests.functions.invocation import CNPJ, LETTERED_CNPJ, Shop, call_function

OTHER_CNPJ = "1345C3A5000106"


def test_the_sample_branch_is_created_shown_and_listed(office: Office) -> None:
    shop = office.open_shop()
    body = {"branch": {"name": " Filial Centro ", "cnpj": "11.222.333/0001-81", "store_id": shop.store_ids[0]}}
    answer = office.call("create_branch", shop, body=body)
    assert answer.status == 201
    branch = answer.json["data"]
    assert (branch["name"], branch["cnpj"]) == ("Filial Centro", "11.222.333/0001-81")
    assert (branch["store_id"], branch["bureau_integration_id"]) == (shop.store_ids[0], None)
    shown = office.call("get_branch", shop, path={"branch_id": str(branch["id"])})
    assert (shown.status, shown.json["data"]) == (200, branch)
    assert office.call("list_branches", shop).json["data"] == [branch]


def test_a_lettered_cnpj_flows_through(office: Office) -> None:
    shop = office.open_shop()
    branch_id = office.add_branch(shop, LETTERED_CNPJ.lower())
    shown = office.call("get_branch", shop, path={"branch_id": str(branch_id)})
    assert shown.json["data"]["cnpj"] == "12.ABC.345/01DE-35"


def test_the_same_key_makes_one_branch(office: Office) -> None:
    shop = office.open_shop()
    body = {"branch": {"name": "Filial", "cnpj": CNPJ}}
    first, second = (office.call("create_branch", shop, body=body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    other = {"branch": {"name": "Outra", "cnpj": CNPJ}}
    assert office.call("create_branch", shop, body=other, headers={"Idempotency-Key": "k"}).status == 409
    assert len(office.call("list_branches", shop).json["data"]) == 1


@pytest.mark.parametrize(
    ("branch", "field"),
    [
        ({"name": "Filial"}, "branch.cnpj"),
        ({"name": "", "cnpj": CNPJ}, "branch.name"),
        ({"name": "Filial", "cnpj": "11222333000182"}, "branch.cnpj"),
        ({"name": "Filial", "cnpj": CNPJ, "store_id": "1"}, "branch.store_id"),
    ],
)
def test_wrong_fields_are_named(office: Office, branch: dict[str, Any], field: str) -> None:
    answer = office.call("create_branch", office.open_shop(), body={"branch": branch})
    assert answer.status == 422
    assert field in answer.rules()


def test_one_cnpj_is_one_branch(office: Office) -> None:
    shop = office.open_shop()
    office.add_branch(shop)
    answer = office.call("create_branch", shop, body={"branch": {"name": "De novo", "cnpj": CNPJ}})
    assert (answer.status, answer.json["code"]) == (409, "branch_exists")


def test_somebody_elses_store_is_refused(office: Office) -> None:
    shop, other = office.open_shop(), office.open_shop()
    body = {"branch": {"name": "Filial", "cnpj": CNPJ, "store_id": other.store_ids[0]}}
    assert office.call("create_branch", shop, body=body).status == 403


def test_a_change_keeps_what_was_not_sent(office: Office) -> None:
    shop = office.open_shop()
    branch_id = str(office.add_branch(shop, store_id=shop.store_ids[0]))
    body = {"branch": {"name": "Novo nome"}}
    changed = office.call("update_branch", shop, path={"branch_id": branch_id}, body=body).json["data"]
    assert (changed["name"], changed["store_id"]) == ("Novo nome", shop.store_ids[0])
    cleared = {"branch": {"store_id": None}}
    changed = office.call("update_branch", shop, path={"branch_id": branch_id}, body=cleared).json["data"]
    assert (changed["name"], changed["store_id"]) == ("Novo nome", None)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_null_and_empty_are_one_in_a_change(office: Office, empty: str | None) -> None:
    shop = office.open_shop()
    path = {"branch_id": str(office.add_branch(shop, store_id=shop.store_ids[0]))}
    for field in ("name", "cnpj"):
        answer = office.call("update_branch", shop, path=path, body={"branch": {field: empty}})
        assert (answer.status, answer.rules()) == (422, {f"branch.{field}": "required"})
    cleared = office.call("update_branch", shop, path=path, body={"branch": {"store_id": empty}})
    assert cleared.json["data"]["store_id"] is None


def test_a_change_of_nothing_leaves_a_branch_as_it_was(office: Office) -> None:
    shop = office.open_shop()
    path = {"branch_id": str(office.add_branch(shop))}
    before = office.call("get_branch", shop, path=path).json["data"]
    for branch in ({}, before, {"name": f" {before['name']} "}):
        assert office.call("update_branch", shop, path=path, body={"branch": branch}).json["data"] == before


def test_a_store_sees_its_own_branches_and_those_of_none(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    own, foreign, free = (
        office.add_branch(shop, cnpj, store)
        for cnpj, store in ((CNPJ, first), (LETTERED_CNPJ, second), (OTHER_CNPJ, None))
    )
    seen = office.call("list_branches", shop, store_id=first).json["data"]
    assert [branch["id"] for branch in seen] == [own, free]
    assert office.call("get_branch", shop, path={"branch_id": str(foreign)}, store_id=first).status == 404


# the one integration of a branch ------------------------------------------------------------------------------------


def link(office: Office, shop: Shop, branch_id: int, integration_id: int) -> Any:
    body = {"bureau_integration": {"id": integration_id}}
    return office.call("link_bureau_integration", shop, path={"branch_id": str(branch_id)}, body=body)


def test_a_new_integration_is_its_branchs(office: Office) -> None:
    shop, integration = office.open_integrated()
    [branch] = office.call("list_branches", shop).json["data"]
    assert branch["bureau_integration_id"] == integration["id"]
    assert integration["linked_branch_ids"] == [branch["id"]]
    again = link(office, shop, branch["id"], integration["id"])
    assert (again.status, again.json["data"]) == (200, branch)


def another_integration(branch_id: int) -> dict[str, Any]:
    asked = {"provider": "spc_brasil", "branch_id": branch_id, "environment": "homologation"}
    return {"bureau_integration": {**asked, "fields": {"login": "x", "password": "y"}}}


def test_a_second_integration_of_a_branch_is_refused_with_a_message(office: Office) -> None:
    shop, integration = office.open_integrated()
    branch_id = integration["branch_id"]
    second = office.call("create_bureau_integration", shop, body=another_integration(branch_id))
    assert (second.status, second.json["code"]) == (409, "branch_has_integration")
    assert "só uma" in second.json["detail"]
    other = office.add_integration(shop, office.add_branch(shop, LETTERED_CNPJ), "spc_brasil")
    refused = link(office, shop, branch_id, other["id"])
    assert (refused.status, refused.json["code"]) == (409, "branch_has_integration")


def test_a_branch_may_share_an_integration_and_change_it_after_unlinking(office: Office) -> None:
    shop, integration = office.open_integrated()
    branch_id = office.add_branch(shop, LETTERED_CNPJ)
    assert link(office, shop, branch_id, integration["id"]).status == 200
    assert office.call("delete_branch", shop, path={"branch_id": str(branch_id)}).status == 409
    for _ in range(2):
        unlinked = office.call("unlink_bureau_integration", shop, path={"branch_id": str(branch_id)})
        assert unlinked.status == 204
    assert office.call("delete_branch", shop, path={"branch_id": str(branch_id)}).status == 204
    assert office.call("get_branch", shop, path={"branch_id": str(branch_id)}).status == 404


def test_an_unknown_integration_cannot_be_linked(office: Office) -> None:
    shop = office.open_shop()
    other, foreign = office.open_integrated()
    assert other != shop
    answer = link(office, shop, office.add_branch(shop), foreign["id"])
    assert (answer.status, answer.json["code"]) == (404, "integration_not_found")


Interloper = Callable[[], object]


def interrupt(monkeypatch: pytest.MonkeyPatch, method: str, interloper: Interloper) -> None:
    """Let somebody else act right before the first call of a method of the store: after it was decided upon."""
    original = getattr(SetupStore, method)
    acted: list[bool] = []

    def late(self: SetupStore, *arguments: Any) -> Any:
        if not acted:
            acted.append(True)
            interloper()
        return original(self, *arguments)

    monkeypatch.setattr(SetupStore, method, late)


def test_of_two_links_at_once_one_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, first = office.open_integrated()
    second = office.add_integration(shop, office.add_branch(shop, LETTERED_CNPJ), "spc_brasil")
    branch_id = office.add_branch(shop, OTHER_CNPJ)
    winners: list[int] = []
    interrupt(monkeypatch, "link", lambda: winners.append(link(office, shop, branch_id, second["id"]).status))
    loser = link(office, shop, branch_id, first["id"])
    assert winners == [200]
    assert (loser.status, loser.json["code"]) == (409, "branch_has_integration")
    shown = office.call("get_branch", shop, path={"branch_id": str(branch_id)}).json["data"]
    assert shown["bureau_integration_id"] == second["id"]


def test_of_two_creations_at_once_one_is_refused_and_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = office.open_shop()
    branch_id = office.add_branch(shop)
    winners: list[int] = []
    interrupt(monkeypatch, "add_integration", lambda: winners.append(office.add_integration(shop, branch_id)["id"]))
    loser = office.call("create_bureau_integration", shop, body=another_integration(branch_id))
    assert (loser.status, loser.json["code"]) == (409, "branch_has_integration")
    listed = office.call("list_bureau_integrations", shop).json["data"]
    assert [each["id"] for each in listed] == winners


def test_a_link_to_an_integration_that_is_being_removed_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, integration = office.open_integrated()
    branch_id = office.add_branch(shop, LETTERED_CNPJ)
    path = {"integration_id": str(integration["id"])}
    interrupt(monkeypatch, "link", lambda: office.call("delete_bureau_integration", shop, path=path))
    answer = link(office, shop, branch_id, integration["id"])
    assert (answer.status, answer.json["code"]) == (404, "integration_not_found")


def test_of_two_branches_with_one_cnpj_at_once_one_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = office.open_shop()
    interrupt(monkeypatch, "add_branch", lambda: office.add_branch(shop))
    loser = office.call("create_branch", shop, body={"branch": {"name": "De novo", "cnpj": CNPJ}})
    assert (loser.status, loser.json["code"]) == (409, "branch_exists")
    [branch] = office.call("list_branches", shop).json["data"]
    assert office.call("delete_branch", shop, path={"branch_id": str(branch["id"])}).status == 204
    office.add_branch(shop)


def test_a_branch_that_is_being_removed_gets_no_integration(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = office.open_shop()
    branch_id = office.add_branch(shop)
    path = {"branch_id": str(branch_id)}
    interrupt(monkeypatch, "add_integration", lambda: office.call("delete_branch", shop, path=path))
    answer = office.call("create_bureau_integration", shop, body=another_integration(branch_id))
    assert (answer.status, answer.json["code"]) == (404, "branch_not_found")
    assert office.call("list_bureau_integrations", shop).json["data"] == []


def test_a_branch_that_is_being_linked_is_not_removed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, integration = office.open_integrated()
    branch_id = office.add_branch(shop, LETTERED_CNPJ)
    interrupt(monkeypatch, "remove_branch", lambda: link(office, shop, branch_id, integration["id"]))
    answer = office.call("delete_branch", shop, path={"branch_id": str(branch_id)})
    assert (answer.status, answer.json["code"]) == (409, "branch_has_integration")


def test_an_integration_of_more_branches_than_a_transaction_holds_is_removed(office: Office) -> None:
    shop, integration = office.open_integrated()
    cnpjs = (number for number in islice(valid_cnpjs(), MAX_LINKS + 15))
    for cnpj in cnpjs:
        assert link(office, shop, office.add_branch(shop, cnpj), integration["id"]).status == 200
    path = {"integration_id": str(integration["id"])}
    assert office.call("delete_bureau_integration", shop, path=path).status == 204
    branches = office.call("list_branches", shop).json["data"]
    assert len(branches) == MAX_LINKS + 16
    assert {branch["bureau_integration_id"] for branch in branches} == {None}


def valid_cnpjs() -> Iterator[str]:
    for number in count():
        base = f"99EXEMPL{number:04d}"
        yield next(text for text in (f"{base}{digits:02d}" for digits in range(100)) if is_cnpj(text))


def is_cnpj(text: str) -> bool:
    try:
        return Cnpj(text).value == text
    except InvalidDocument:
        return False


def test_the_sample_events_are_understood(office: Office) -> None:
    shop = office.open_shop()
    assert call_function("bureaus", "list_bureaus", shop=shop).status == 200
    for operation in ("get_branch", "update_branch", "delete_branch", "link_bureau_integration"):
        assert call_function("bureaus", operation, shop=shop).status == 404
