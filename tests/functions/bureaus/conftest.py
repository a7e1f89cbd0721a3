"""One office a module: its table, bucket and bureaus are shared by the tests, each with a partner of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lastro.aws.clients import open_client
from lastro.vendors.bureaus import http as bureau_http
from tests.clock import START, MovableClock
from tests.functions.bureaus.office import CLEAN, COMPANY, NOT_FOUND, PRICES, RESTRICTED, Office, open_bureau_town
from tests.functions.emulation.process import REGION, TABLE, closing_clients, fresh_process, set_clocks
from tests.functions.emulation.resources import create_table
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop
from tests.functions.registered_shops import leave_sequences

QUEUE = "inquiries"
BUCKET = "lastro-test-inquiries"


@pytest.fixture(scope="module")
def shared_office() -> Iterator[Office]:
    """moto, the sandbox bureaus, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    with (
        open_bureau_town(clock) as town,
        fresh_process(LASTRO_BUREAUS_URL=town.url, LASTRO_INQUIRIES_BUCKET=BUCKET) as patch,
        closing_clients(bureau_http),
    ):
        set_clocks(patch, "bureaus", clock)
        create_table(TABLE)
        queue_url = open_client("sqs").create_queue(QueueName=QUEUE)["QueueUrl"]
        location = {"LocationConstraint": REGION}
        open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
        patch.setenv("LASTRO_INQUIRIES_QUEUE_URL", queue_url)
        yield Office(clock, town, queue_url)


@pytest.fixture
def office(shared_office: Office) -> Office:
    """The shared office as at the start: clock, queue, scripts and table, but for numbers that were given out."""
    leave_sequences()
    shared_office.clock.moment = START
    shared_office.town.forget_scripts()
    open_client("sqs").delete_queue(QueueUrl=shared_office.queue_url)
    assert open_client("sqs").create_queue(QueueName=QUEUE)["QueueUrl"] == shared_office.queue_url
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
