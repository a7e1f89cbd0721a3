"""What logins need: the key of the template in moto's KMS, and clients of a partner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.kernel import calendar
from lastro.operator.command import create_client, create_person, open_registration
from tests.clock import MovableClock
from tests.functions.access.staff.staff_account import EMAIL, PASSWORD, Person
from tests.functions.invocation import Answer, Shop, call_function, load_function
from tests.template.source import resources_of


@pytest.fixture
def clock(table: Table, monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    """The time logins and the authorizer go by."""
    still = MovableClock(datetime(2026, 11, 3, 12, 0, 7, 250_000, UTC))
    monkeypatch.setattr(calendar, "CLOCK", still)
    return still


@pytest.fixture
def token_key(table: Table, monkeypatch: pytest.MonkeyPatch) -> str:
    """The template's signing key."""
    declared = resources_of("AWS::KMS::Key")["TokenKey"]
    made = open_client("kms").create_key(KeySpec=declared["KeySpec"], KeyUsage=declared["KeyUsage"])
    key_id = str(made["KeyMetadata"]["KeyId"])
    monkeypatch.setenv("LASTRO_TOKEN_KEYS", key_id)
    return key_id


Client = dict[str, Any]
OpenClient = Callable[..., Client]


@pytest.fixture
def client(token_key: str, clock: MovableClock, shop: Shop) -> Client:
    """A client of the shop's partner with every scope: ``client_id`` and ``client_secret`` among its fields."""
    return create_client(open_registration(), shop.partner_id)


def log_in(client: Client, *, source: str | None = None, **changes: Any) -> Answer:
    """Style a, with some fields changed."""
    body = {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    body["scopes"] = ["api-external", "api-caas"]
    return call_function("access", "create_token", body=body | changes, source=source)


@pytest.fixture
def pool(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> str:
    """A user pool with the groups of the template's."""
    client = open_client("cognito-idp")
    pool_id = str(client.create_user_pool(PoolName="staff")["UserPool"]["Id"])
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = client.create_user_pool_client(UserPoolId=pool_id, ClientName="panel", ExplicitAuthFlows=flows)
    for job in ("manager", "analyst", "approver", "broker", "agency", "operator"):
        client.create_group(UserPoolId=pool_id, GroupName=job)
    monkeypatch.setenv("LASTRO_STAFF_POOL", pool_id)
    monkeypatch.setenv("LASTRO_STAFF_CLIENT", made["UserPoolClient"]["ClientId"])
    load_function.cache_clear()
    from lastro.access import wiring

    wiring.open_staff_login.cache_clear()
    return pool_id


@pytest.fixture
def person(pool: str, shop: Shop, clock: MovableClock) -> Person:
    return create_person(open_registration(), shop.partner_id, "Gil", EMAIL, "manager", lasting_password=PASSWORD)
