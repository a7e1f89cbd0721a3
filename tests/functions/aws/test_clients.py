"""Clients call the addresses, with the signatures, that botocore's own loader would have led them to."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.resources import files
from threading import Barrier
from typing import Any

import botocore.session
import pytest
from botocore import auth
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.exceptions import ParamValidationError

from lastro.aws import clients, sessions
from lastro.aws.archive import Archive
from lastro.aws.clients import open_client
from lastro.aws.files import Files
from lastro.aws.queue import Queue
from lastro.aws.secrets import Secrets
from lastro.aws.signatures import SigningKey
from tests.functions.emulation.process import fresh_process

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "dynamodb": ("get_item", {"TableName": "t", "Key": {"PK": {"S": "a"}}}),
    "sqs": ("send_message", {"QueueUrl": "https://queue.example/1/q", "MessageBody": "b"}),
    "secretsmanager": ("get_secret_value", {"SecretId": "s"}),
    "kms": ("get_public_key", {"KeyId": "k"}),
    "cognito-idp": ("admin_delete_user", {"UserPoolId": "p", "Username": "u"}),
}
PARTITIONS = json.loads((files(botocore) / "data/partitions.json").read_text())["partitions"]
REGIONS = [name for partition in PARTITIONS for name in partition["regions"] if not name.endswith("-global")]


class Sent(Exception):
    def __init__(self, request: AWSPreparedRequest) -> None:
        self.request = request


def seal(client: Any) -> Any:
    def stop(request: AWSPreparedRequest, **_: object) -> None:
        raise Sent(request)

    client.meta.events.register("before-send", stop)
    return client


def first_request(client: Any, service: str) -> tuple[str, str, str]:
    """Address, partition and signing scope (region and service, without the date) of a call that is never sent."""
    operation, arguments = CALLS[service]
    with pytest.raises(Sent) as sent:
        getattr(seal(client), operation)(**arguments)
    signature = str(sent.value.request.headers["Authorization"])
    scope = signature.partition("Credential=")[2].partition(",")[0].split("/", 2)[2]
    return sent.value.request.url, client.meta.partition, scope


@pytest.fixture(autouse=True)
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    # A session keeps the credentials that it found first.
    sessions.open_session.cache_clear()


@pytest.mark.parametrize("service", CALLS)
def test_every_region_is_called_as_botocore_would(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = botocore.session.get_session()
    for region in (*REGIONS, "xx-unknown-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        ours = clients._client.__wrapped__(service)
        address, _, scope = first_request(original.create_client(service, region_name=region), service)
        assert (f"{ours.endpoint}/", f"{ours.region}/{ours.service}/aws4_request") == (address, scope), region


def given_away(client: Any) -> list[str]:
    """Addresses that give files away and take them."""
    wanted = {"Bucket": "bucket", "Key": "a b/ç+~é.pdf"}
    saved = wanted | {
        "ResponseContentDisposition": 'attachment; filename="é; x.pdf"',
        "ResponseContentType": "text/csv",
    }
    calls = [("get_object", wanted), ("get_object", saved), ("put_object", wanted)]
    calls += [("get_object", {"Bucket": bucket, "Key": "k"}) for bucket in ("a.dotted.one", "Upper", "under_score")]
    return [client.generate_presigned_url(name, Params=params, ExpiresIn=60) for name, params in calls]


def test_files_are_given_away_by_the_address_of_their_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "get_current_datetime", lambda: datetime(2026, 11, 29, 3, 4, 5, tzinfo=UTC))
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token/+=")
    original = botocore.session.get_session()
    for region in (*REGIONS, "xx-unknown-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        of_region = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        theirs = original.create_client("s3", region_name=region, config=of_region)
        addresses = given_away(clients._client.__wrapped__("s3"))
        assert f"//bucket.s3.{region}." in addresses[0]
        # They lead to the host of all regions there.
        if region != "us-east-1":
            assert addresses == given_away(theirs), region


def test_a_service_that_does_not_exist_is_refused() -> None:
    with pytest.raises(botocore.exceptions.UnknownServiceError):
        open_client("no-such-service")


ADAPTERS: dict[str, Callable[[], object]] = {
    "archive": lambda: Archive("b"),
    "files": lambda: Files("b"),
    "queue": lambda: Queue("https://queue.example/1/q"),
    "secrets": lambda: Secrets("p"),
    "signing_key": lambda: SigningKey("k"),
}


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_that_is_opened_makes_no_client(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(service: str) -> None:
        raise AssertionError(f"made a client of {service}")

    monkeypatch.setattr(clients, "_client", refuse)
    ADAPTERS[name]()


def test_threads_that_want_their_first_client_at_once_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
    clients._client.cache_clear()
    start = Barrier(8)

    def open_one(_: int) -> Any:
        start.wait()
        return open_client("sqs")

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(open_one, range(8)))
    assert len({id(client) for client in made}) == 1


def test_what_is_asked_wrongly_of_aws_is_found_by_tests() -> None:
    """Functions leave that check to AWS itself, for its time; moto would take a number for a text."""
    with fresh_process(), pytest.raises(ParamValidationError):
        open_client("dynamodb").get_item(TableName="t", Key={"PK": {"S": 5}})
