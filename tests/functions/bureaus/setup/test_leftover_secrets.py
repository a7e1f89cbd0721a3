"""Secrets of integrations when a process dies between vault and table: none stays behind, none goes astray."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from lastro.aws.clients import open_client
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.setup.store import SetupStore
from lastro.bureaus.tokens.vaults import IntegrationSecrets
from tests.functions.bureaus.office import FIELDS, SECRET, Office
from tests.functions.emulation.faults import failing
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import LETTERED_CNPJ, Shop


class Death(BaseException):
    """The process ends here."""


def die(*_: Any, **__: Any) -> Any:
    raise Death


@contextmanager
def dying(where: type, method: str, instead: Callable[..., Any] = die) -> Iterator[None]:
    """What is done meanwhile ends in a death in ``method``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, method, instead)
        with pytest.raises(Death):
            yield


def living_secrets() -> set[str]:
    """Names of every secret of an integration that is not being removed."""
    found: set[str] = set()
    for page in open_whole_client("secretsmanager").get_paginator("list_secrets").paginate():
        found |= {each["Name"] for each in page["SecretList"] if "DeletedDate" not in each}
    return {name for name in found if name.startswith(f"{SECRETS_PREFIX}/bureaus/integrations/")}


def wanted(branch_id: int) -> dict[str, Any]:
    asked = {"provider": "serasa", "branch_id": branch_id, "environment": "homologation", "fields": FIELDS["serasa"]}
    return {"bureau_integration": asked}


def create(office: Office, shop: Shop, branch_id: int, key: str | None = None) -> Any:
    headers = {"Idempotency-Key": key}
    return office.call("create_bureau_integration", shop, body=wanted(branch_id), headers=headers)


def test_a_creation_that_died_leaves_no_secret_for_long(office: Office) -> None:
    shop = office.open_shop()
    branch_id, before = office.add_branch(shop), living_secrets()
    with dying(SetupStore, "add_integration"):
        create(office, shop, branch_id)
    orphans = living_secrets() - before
    assert orphans
    # Another creation a moment later does not take it for dead: its secrets may be about to be owned.
    office.add_integration(shop, office.add_branch(shop, LETTERED_CNPJ), "spc_brasil")
    assert orphans < living_secrets()
    office.clock.advance(minutes=6)
    assert create(office, shop, branch_id).status == 201
    assert not orphans & living_secrets()


def test_a_creation_that_died_in_the_vault_is_tidied_too(office: Office) -> None:
    shop = office.open_shop()
    branch_id, before = office.add_branch(shop), living_secrets()
    store = IntegrationSecrets.store
    stored: list[Any] = []

    def store_one(self: IntegrationSecrets, *arguments: Any) -> None:
        if stored:
            raise Death
        stored.append(arguments)
        store(self, *arguments)

    with dying(IntegrationSecrets, "store", store_one):
        create(office, shop, branch_id)
    [orphan] = living_secrets() - before
    office.clock.advance(minutes=6)
    assert create(office, shop, branch_id).status == 201
    assert orphan not in living_secrets()


def test_a_removal_that_died_is_finished_by_its_repeat(office: Office) -> None:
    shop, integration = office.open_integrated("connect_sa")
    path = {"integration_id": str(integration["id"])}
    prefix = f"{SECRETS_PREFIX}/bureaus/integrations/{integration['id']}/"
    with dying(IntegrationSecrets, "remove"):
        office.call("delete_bureau_integration", shop, path=path)
    assert any(name.startswith(prefix) for name in living_secrets())
    assert office.call("delete_bureau_integration", shop, path=path).status == 404
    assert not any(name.startswith(prefix) for name in living_secrets())


def test_the_loser_of_two_creations_with_one_key_leaves_no_secret(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = office.open_shop()
    branch_id = office.add_branch(shop)
    before, add = living_secrets(), SetupStore.add_integration
    winners: list[Any] = []

    def late(self: SetupStore, *arguments: Any) -> bool:
        if not winners:
            winners.append(None)
            winners.append(create(office, shop, branch_id, key="k").json)
        return add(self, *arguments)

    monkeypatch.setattr(SetupStore, "add_integration", late)
    loser = create(office, shop, branch_id, key="k")
    assert (loser.status, loser.json) == (201, winners[1])
    integration_id = loser.json["data"]["id"]
    assert {name.split("/")[-3] for name in living_secrets() - before} == {str(integration_id)}


def test_a_creation_that_never_gets_its_turn_leaves_no_secret(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = office.open_shop()
    branch_id, before = office.add_branch(shop), living_secrets()
    monkeypatch.setattr(SetupStore, "add_integration", lambda *_: False)
    answer = create(office, shop, branch_id)
    assert (answer.status, answer.json["code"]) == (409, "integration_busy")
    assert living_secrets() == before


def test_a_change_of_environment_that_died_leaves_the_old_secrets_in_use(office: Office) -> None:
    shop, integration = office.open_integrated()
    path = {"integration_id": str(integration["id"])}
    fields = dict.fromkeys(BUREAUS["serasa"].secret_fields, "segredo-de-producao")
    body = {"bureau_integration": {"environment": "production", "fields": fields}}
    with dying(SetupStore, "replace_integration"):
        office.call("update_bureau_integration", shop, path=path, body=body)
    name = f"{SECRETS_PREFIX}/bureaus/integrations/{integration['id']}/homologation/client_secret"
    stored = open_client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    assert json.loads(stored)["value"] == SECRET
    assert office.inquire(shop).json["data"]["status"] == "done"


def test_a_vault_that_is_away_leaves_an_inquiry_waiting_and_in_no_doubt(office: Office) -> None:
    shop, _ = office.open_integrated()
    fault = EndpointConnectionError(endpoint_url="https://secretsmanager.invalid")
    before = office.town.count("serasa")
    with failing("secretsmanager", "GetSecretValue", fault):
        assert office.inquire(shop, prefer=None).status == 503
    [inquiry] = office.call("list_bureau_inquiries", shop, query=None).json["data"]
    assert inquiry["status"] == "queued"
    assert office.town.count("serasa") == before
    office.clock.advance(minutes=6)
    assert office.sweep()["requeued"] == 1
    assert office.deliver(office.take()) == []
    assert office.read(shop, inquiry["id"])["status"] == "done"
