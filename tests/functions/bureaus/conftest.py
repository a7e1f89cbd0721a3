"""One office a module: its table, bucket and bureaus are shared by the tests, each with a partner of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from moto import mock_aws

from lastro.aws import keys
from lastro.aws.clients import open_client
from lastro.aws.loop import event_loop
from lastro.aws.table import Delete, Table
from lastro.bureaus import wiring
from lastro.vendors.bureaus import http as bureau_http
from tests.functions.bureaus.office import CLEAN, COMPANY, NOT_FOUND, PRICES, RESTRICTED, Office, open_bureau_town
from tests.functions.conftest import REGION, SECRETS_PREFIX, TABLE, clear_process
from tests.functions.invocation import Shop, load_function
from tests.functions.pipeline import START, MovableClock, create_table

QUEUE = "inquiries"
BUCKET = "lastro-test-inquiries"


@pytest.fixture(scope="module")
def shared_office() -> Iterator[Office]:
    """moto, the sandbox bureaus, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    clients: list[httpx.AsyncClient] = []
    open_http = bureau_http.open_http

    def open_and_note(**options: Any) -> httpx.AsyncClient:
        clients.append(open_http(**options))
        return clients[-1]

    with pytest.MonkeyPatch.context() as patch, open_bureau_town(clock) as town:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "LASTRO_TABLE": TABLE,
            "LASTRO_SECRETS_PREFIX": SECRETS_PREFIX,
            "LASTRO_BUREAUS_URL": town.url,
            "LASTRO_INQUIRIES_BUCKET": BUCKET,
            "POWERTOOLS_LOG_LEVEL": "INFO",
        }.items():
            patch.setenv(name, value)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.setattr(wiring, "SystemClock", lambda: clock)
        patch.setattr(bureau_http, "open_http", open_and_note)
        clear_process()
        load_function.cache_clear()
        with mock_aws():
            create_table(TABLE)
            queue_url = open_client("sqs").create_queue(QueueName=QUEUE)["QueueUrl"]
            location = {"LocationConstraint": REGION}
            open_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
            patch.setenv("LASTRO_INQUIRIES_QUEUE_URL", queue_url)
            yield Office(clock, town, queue_url)
            for client in clients:
                event_loop().run(client.aclose())
        load_function.cache_clear()
        clear_process()


@pytest.fixture
def office(shared_office: Office) -> Office:
    """The shared office as at the start: clock, queue and scripts."""
    shared_office.clock.moment = START
    shared_office.town.forget_scripts()
    open_client("sqs").delete_queue(QueueUrl=shared_office.queue_url)
    assert open_client("sqs").create_queue(QueueName=QUEUE)["QueueUrl"] == shared_office.queue_url
    # What an earlier test left open or due is not this test's.
    table = Table()
    for pk in (keys.open_inquiry_index()["open_pk"], keys.due_token_index()["open_pk"]):
        for item in list(table.query(pk, index=keys.OPEN)):
            table.write(Delete(keys.Key(item["PK"], item["SK"])))
    return shared_office


@pytest.fixture
def busy_shop(office: Office) -> Shop:
    """Five inquiries of March and one of April, by two people."""
    shop, _ = office.open_integrated(prices=PRICES)
    asked = ((CLEAN, "ana"), (RESTRICTED, "ana"), (COMPANY, "bia"), (CLEAN, "bia"), (NOT_FOUND, "bia"))
    documents = [CLEAN, RESTRICTED, COMPANY, NOT_FOUND]
    for document, who in asked:
        subject = {"type": "lead", "id": f"lead-{documents.index(document)}"}
        assert office.inquire(shop, document, requested_by=who, subject=subject).status == 201
        office.clock.advance(hours=1)
    office.clock.advance(days=40)
    assert office.inquire(shop, RESTRICTED, requested_by="ana").status == 201
    return shop
