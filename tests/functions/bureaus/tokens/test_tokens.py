"""Access tokens as inquiries and the schedule see them: one login, early renewals, one login after a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import bureaus as keys
from lastro.aws.dynamodb.table import Table
from lastro.bureaus.setup.store import SetupStore
from lastro.bureaus.tokens import refreshing
from lastro.kernel.errors import Retryable
from tests.functions.bureaus.office import RESTRICTED, Office
from tests.functions.emulation.faults import failing, watch
from tests.functions.emulation.process import SECRETS_PREFIX, clear_process
from tests.functions.invocation import Shop, load_function

TOKENS = ("serasa", "credito_na_medida")


def token_moment(office: Office, shop: Shop, integration: dict[str, Any]) -> Any:
    path = {"integration_id": str(integration["id"])}
    return office.call("get_bureau_integration", shop, path=path).json["data"]["token_updated_at"]


def forget_process() -> None:
    """A fresh process: no client, no adapter, no token in memory."""
    clear_process()
    load_function.cache_clear()


@pytest.mark.parametrize("provider", TOKENS)
def test_the_first_inquiry_logs_in_and_the_next_ones_do_not(office: Office, provider: str) -> None:
    shop, integration = office.open_integrated(provider)
    assert token_moment(office, shop, integration) is None
    logins, _ = office.town.count(provider)
    office.inquire(shop)
    assert token_moment(office, shop, integration) is not None
    office.inquire(shop, RESTRICTED)
    assert office.town.count(provider)[0] == logins + 1


def test_a_cached_token_costs_a_fresh_process_one_read_and_a_warm_one_none(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    forget_process()
    logins, _ = office.town.count("serasa")
    with watch("secretsmanager", "GetSecretValue") as seen:
        office.inquire(shop, RESTRICTED)
    tokens = [request for request in seen if "/bureaus/tokens/" in request["SecretId"]]
    assert len(tokens) == 1
    with watch("secretsmanager", "GetSecretValue") as seen:
        office.inquire(shop, "99999910335")
    assert seen == []
    assert office.town.count("serasa")[0] == logins


@pytest.mark.parametrize("provider", TOKENS)
def test_a_refused_token_causes_exactly_one_login(office: Office, provider: str) -> None:
    shop, _ = office.open_integrated(provider)
    office.inquire(shop)
    logins, _ = office.town.count(provider)
    office.town.expire_tokens(provider)
    assert office.inquire(shop, RESTRICTED).json["data"]["status"] == "done"
    assert office.town.count(provider)[0] == logins + 1


def test_a_bureau_that_refuses_every_token_is_not_asked_in_a_loop(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    logins, _ = office.town.count("serasa")
    office.town.script("serasa", {"when": {"operation": "inquiry"}, "outcome": "revoked_token"})
    inquiry = office.inquire(shop, RESTRICTED).json["data"]
    assert (inquiry["status"], inquiry["failure"]["code"]) == ("failed", "invalid_bureau_credentials")
    assert office.town.count("serasa")[0] == logins + 1


def test_refused_credentials_are_not_tried_again_and_again(office: Office) -> None:
    shop, integration = office.open_integrated()
    office.town.script("serasa", {"when": {"operation": "login"}, "outcome": "invalid_credentials"})
    logins, _ = office.town.count("serasa")
    for document in ("99999910173", RESTRICTED):
        inquiry = office.inquire(shop, document).json["data"]
        assert (inquiry["status"], inquiry["failure"]["code"]) == ("failed", "invalid_bureau_credentials")
    assert office.town.count("serasa")[0] == logins + 1
    office.town.forget_scripts()
    path = {"integration_id": str(integration["id"]), "field": "client_secret"}
    body = {"secret": {"value": "segredo-novo"}}
    assert office.call("replace_bureau_secret", shop, path=path, body=body).status == 200
    assert office.inquire(shop).json["data"]["status"] == "done"


@pytest.mark.parametrize("way", ["replace_bureau_secret", "update_bureau_integration"])
def test_a_token_got_with_a_replaced_secret_is_used_no_more(office: Office, way: str) -> None:
    shop, integration = office.open_integrated()
    office.inquire(shop)
    path = {"integration_id": str(integration["id"])}
    for secret, status in (("invalid-secret", "failed"), ("outro-segredo", "done")):
        if way == "replace_bureau_secret":
            answer = office.call(way, shop, path={**path, "field": "client_secret"}, body={"secret": {"value": secret}})
        else:
            answer = office.call(
                way, shop, path=path, body={"bureau_integration": {"fields": {"client_secret": secret}}}
            )
        assert answer.status == 200, answer.text
        assert office.inquire(shop, force=True).json["data"]["status"] == status
    logins, _ = office.town.count("serasa")
    body = {"bureau_integration": {"prices": {"RELATORIO_BASICO_PF_PME": 1}}}
    assert office.call("update_bureau_integration", shop, path=path, body=body).status == 200
    assert office.inquire(shop, force=True).json["data"]["status"] == "done"
    assert office.town.count("serasa")[0] == logins


# the schedule -------------------------------------------------------------------------------------------------------


def test_a_token_is_renewed_before_it_expires_and_inquiries_never_wait(office: Office) -> None:
    shop, integration = office.open_integrated()
    office.inquire(shop)
    assert office.refresh() == {"due": 0, "renewed": 0, "failed": 0, "retired": 0}
    first = token_moment(office, shop, integration)
    office.clock.advance(minutes=49)
    assert office.refresh()["renewed"] == 1
    assert token_moment(office, shop, integration) > first
    logins, _ = office.town.count("serasa")
    office.clock.advance(minutes=20)
    assert office.inquire(shop, RESTRICTED).json["data"]["status"] == "done"
    assert office.town.count("serasa")[0] == logins
    assert office.refresh()["due"] == 0


def test_what_nobody_can_use_is_no_longer_renewed(office: Office) -> None:
    shop, integration = office.open_integrated()
    office.inquire(shop)
    path = {"branch_id": str(integration["branch_id"])}
    assert office.call("unlink_bureau_integration", shop, path=path).status == 204
    office.clock.advance(minutes=55)
    logins, _ = office.town.count("serasa")
    assert office.refresh() == {"due": 1, "renewed": 0, "failed": 0, "retired": 1}
    assert office.refresh()["due"] == 0
    assert office.town.count("serasa")[0] == logins


def test_a_bureau_that_stays_away_is_tried_again_and_a_refusal_is_not(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    office.clock.advance(minutes=50)
    office.town.script("serasa", {"when": {"operation": "login"}, "outcome": "unstable"})
    assert office.refresh()["failed"] == 1
    assert office.refresh()["due"] == 0
    office.clock.advance(minutes=2)
    office.town.script("serasa", {"when": {"operation": "login"}, "outcome": "invalid_credentials"})
    assert office.refresh()["failed"] == 1
    office.clock.advance(minutes=2)
    assert office.refresh()["due"] == 0


def test_one_partner_whose_key_is_broken_keeps_no_other_from_its_token(office: Office) -> None:
    broken, integration = office.open_integrated()
    healthy, _ = office.open_integrated("credito_na_medida")
    for shop in (broken, healthy):
        office.inquire(shop)
    vault = open_client("secretsmanager")
    name = f"{SECRETS_PREFIX}/bureaus/integrations/{integration['id']}/homologation/client_secret"
    vault.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    forget_process()
    office.clock.advance(minutes=50)
    assert office.refresh() == {"due": 2, "renewed": 1, "failed": 1, "retired": 0}
    assert office.refresh()["due"] == 0


def test_a_vault_that_is_away_fails_each_renewal_by_itself(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    forget_process()
    office.clock.advance(minutes=50)
    fault = EndpointConnectionError(endpoint_url="https://secretsmanager.invalid")
    with failing("secretsmanager", "GetSecretValue", fault):
        assert office.refresh()["failed"] == 1
    office.clock.advance(minutes=1)
    assert office.refresh()["renewed"] == 1


def test_renewals_that_fail_do_not_stand_before_the_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as a run takes, the most urgent of all, and each of them every time."""
    monkeypatch.setattr(refreshing, "MAX_TOKENS", 1)
    broken, _ = office.open_integrated()
    healthy, _ = office.open_integrated("credito_na_medida")
    office.inquire(broken)
    office.clock.advance(minutes=1)
    office.inquire(healthy)
    office.clock.advance(minutes=50)
    find_setup = SetupStore.find_setup

    def fail(store: SetupStore, partner_id: str) -> Any:
        if partner_id == broken.partner_id:
            raise Retryable("not now")
        return find_setup(store, partner_id)

    monkeypatch.setattr(SetupStore, "find_setup", fail)
    assert [office.refresh() for _ in range(2)] == [
        {"due": 1, "renewed": 0, "failed": 1, "retired": 0},
        {"due": 1, "renewed": 1, "failed": 0, "retired": 0},
    ]


def test_the_table_never_holds_a_token(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop)
    items = open_client("dynamodb").scan(TableName=Table().name)["Items"]
    secrets = open_client("secretsmanager").list_secrets()["SecretList"]
    names = [each["Name"] for each in secrets if each["Name"].startswith(f"{SECRETS_PREFIX}/bureaus/tokens/")]
    assert names
    values = [open_client("secretsmanager").get_secret_value(SecretId=name)["SecretString"] for name in names]
    tokens = [value.split('"value": "')[1].split('"')[0] for value in values]
    assert all(len(token) > 10 and token not in str(items) for token in tokens)
    assert keys.bureau_token("x").pk == "BUREAU_TOKEN#x"
