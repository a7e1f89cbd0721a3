"""Functions run in process against moto: one table a test, every cache of the process cleared before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from io import StringIO
from logging import StreamHandler
from threading import RLock
from typing import Any

import pytest
from moto.core.botocore_stubber import BotocoreStubber

from lastro.aws.dynamodb.table import Table
from lastro.aws.log import logger
from lastro.kernel.banks import BANKS
from tests.functions.emulation.direct_table import direct_table
from tests.functions.emulation.inserted_items import inserted_items
from tests.functions.emulation.light_moto import light_moto
from tests.functions.emulation.process import TABLE, fresh_process
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.registered_shops import register_shop


@pytest.fixture(scope="session", autouse=True)
def _one_request_at_a_time() -> Iterator[None]:
    """moto is not made for the threads that the pipeline writes from; its transactions copy only what they touch."""
    lock = RLock()
    answer = BotocoreStubber.__call__

    def take_turns(stubber: BotocoreStubber, *arguments: Any, **options: Any) -> Any:
        with lock:
            return answer(stubber, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch, light_moto(), direct_table(), inserted_items():
        patch.setattr(BotocoreStubber, "__call__", take_turns)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_too_fast() -> Iterator[None]:
    """Tests call faster than anybody should; those of limits set their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LASTRO_REQUESTS_A_SECOND", "LASTRO_SOURCE_REQUESTS_A_SECOND"):
            patch.setenv(name, "1000000")
        yield


@pytest.fixture
def aws() -> Iterator[None]:
    """moto in place of AWS, with the variables the template sets."""
    with fresh_process():
        yield


@pytest.fixture
def table(aws: None) -> Table:
    """The one table, empty, with its two indexes as in the template."""
    text = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")]
    for index in ("by_owner", "open"):
        text += [{"AttributeName": f"{index}_{part}", "AttributeType": "S"} for part in ("pk", "sk")]
    open_whole_client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=_schema("PK", "SK"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(f"{index}_pk", f"{index}_sk"),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index in ("by_owner", "open")
        ],
    )
    return Table(TABLE)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between tries, none of which is waited for."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


OpenShop = Callable[..., Shop]


@pytest.fixture
def open_shop(table: Table) -> OpenShop:
    """Make a partner with stores and a key; ``ready`` banks have their credentials in place, ``banks`` do not."""

    def make(*, stores: int = 1, ready: tuple[str, ...] = (), banks: tuple[str, ...] = ()) -> Shop:
        shop = register_shop(stores, (*ready, *banks))
        for store_id in shop.store_ids:
            for code in ready:
                fields = dict.fromkeys(BANKS[code].credential_fields, "exemplo")
                answer = call_function(
                    "access",
                    "put_bank_credentials",
                    shop=shop,
                    store_id=store_id,
                    path={"store_id": str(store_id), "bank_code": code},
                    body={"bank_credential": fields},
                )
                assert answer.status == 200
        return shop

    return make


@pytest.fixture
def shop(open_shop: OpenShop) -> Shop:
    """A partner with one store without banks."""
    return open_shop()


Call = Callable[..., Answer]


@pytest.fixture
def call(table: Table) -> Call:
    """:func:`call_function` with a table to work on."""
    return call_function


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Everything the process logs, as it would reach CloudWatch."""
    handler = logger.registered_handler
    assert isinstance(handler, StreamHandler)
    stream = StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


ACCOUNT = {
    "AWS_DEFAULT_REGION": "sa-east-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture
def aws_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account of AWS that nobody has."""
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
