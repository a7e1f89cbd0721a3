"""Clients call the addresses, with the signatures, that botocore's own loader would have led them to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.exceptions import ParamValidationError
from botocore.loaders import Loader

from lastro.aws import clients, sessions
from lastro.aws.archive import Archive
from lastro.aws.clients import open_client
from lastro.aws.files import Files
from lastro.aws.queue import Queue
from lastro.aws.secrets import Secrets
from lastro.aws.signatures import SigningKey
from sandbox.cloud.aws.descriptions import CALLED, cut_description
from tests.functions.emulation import fresh_process

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "dynamodb": ("get_item", {"TableName": "t", "Key": {"PK": {"S": "a"}}}),
    "sqs": ("send_message", {"QueueUrl": "https://queue.example/1/q", "MessageBody": "b"}),
    "secretsmanager": ("get_secret_value", {"SecretId": "s"}),
    "kms": ("get_public_key", {"KeyId": "k"}),
}
FILES = {"s3": ("get_object", {"Bucket": "b", "Key": "k"})}
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
    operation, arguments = {**CALLS, **FILES}[service]
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
    sessions._session.cache_clear()


@pytest.mark.parametrize("service", CALLS)
def test_every_region_is_called_as_botocore_would(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = botocore.session.get_session()
    for region in (*REGIONS, "xx-unknown-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        ours = clients._client.__wrapped__(service)
        address, _, scope = first_request(original.create_client(service, region_name=region), service)
        assert (f"{ours.endpoint}/", f"{ours.region}/{ours.service}/aws4_request") == (address, scope), region


def test_files_of_every_region_are_asked_for_as_botocore_would(monkeypatch: pytest.MonkeyPatch) -> None:
    original = botocore.session.get_session()
    for region in (*REGIONS, "xx-unknown-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        ours = clients._client.__wrapped__("s3")
        theirs = original.create_client("s3", region_name=region)
        assert ours.meta.region_name == region
        assert first_request(ours, "s3") == first_request(theirs, "s3"), region


def signed_address(client: Any) -> str:
    """An address that gives a file away, without what depends on the moment."""
    address = client.generate_presigned_url("get_object", Params={"Bucket": "bucket", "Key": "k"}, ExpiresIn=60)
    return re.sub(r"(X-Amz-Date|X-Amz-Signature)=[^&]*|/[0-9]{8}/|%2F[0-9]{8}%2F", "", address)


def test_files_are_given_away_by_the_address_of_their_region(monkeypatch: pytest.MonkeyPatch) -> None:
    original = botocore.session.get_session()
    for region in (*REGIONS, "xx-unknown-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        of_region = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        theirs = original.create_client("s3", region_name=region, config=of_region)
        address = signed_address(clients._client.__wrapped__("s3"))
        assert address == signed_address(theirs), region
        # The host of all regions is the one of us-east-1.
        assert region == "us-east-1" or f"//bucket.s3.{region}." in address


@pytest.mark.parametrize("service", CALLED)
def test_descriptions_are_what_is_called_of_the_installed_ones(service: str) -> None:
    """After an upgrade of botocore: ``python -m sandbox.cloud.aws.descriptions``."""
    place, text = cut_description(service)
    assert (sessions.DESCRIPTIONS / place).read_text(encoding="utf-8") == text


def test_every_operation_that_is_called_is_described() -> None:
    known = {xform_name(operation) for operations in CALLED.values() for operation in operations}
    adapters = ("archive.py", "files.py")
    called: set[str] = set()
    for adapter in adapters:
        source = (sessions.DESCRIPTIONS.parent / adapter).read_text(encoding="utf-8")
        called |= set(re.findall(r"client\.([a-z_]+)\(", source))
        called |= set(re.findall(r'(?:_ask|generate_presigned_url)\("([a-z_]+)"', source))
    assert called - {"generate_presigned_url"} == known


def test_nobody_else_opens_a_client_of_theirs() -> None:
    folder = sessions.DESCRIPTIONS.parent
    openers = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if re.search(r'open_client\("s3"\)', path.read_text(encoding="utf-8"))
    }
    assert openers == {"archive.py", "files.py"}


def test_files_are_asked_for_without_the_list_of_all_endpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
    read: list[str] = []
    load = Loader.load_data_with_path

    def spy(self: Loader, name: str) -> Any:
        read.append(name)
        return load(self, name)

    monkeypatch.setattr(Loader, "load_data_with_path", spy)
    monkeypatch.setattr(sessions, "_session", sessions._session.__wrapped__)
    assert clients._client.__wrapped__("s3").meta.endpoint_url == "https://s3.sa-east-1.amazonaws.com"
    assert "partitions" in read
    assert "endpoints" not in read


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
