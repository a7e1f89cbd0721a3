"""One pipeline a module: its table and banks are shared by the tests, each of which opens a shop of its own."""

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
from lastro.kernel.banks import BANKS
from lastro.simulations import wiring
from lastro.vendors.banks import http as bank_http
from tests.functions.conftest import REGION, SECRETS_PREFIX, TABLE, clear_process
from tests.functions.invocation import load_function
from tests.functions.pipeline import START, MovableClock, Pipeline, create_queue, create_table, open_bank_town

QUEUE = "conditions"
DELIVERIES = "deliveries"


@pytest.fixture(scope="module")
def shared_pipeline() -> Iterator[Pipeline]:
    """moto, the sandbox banks, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    clients: list[httpx.AsyncClient] = []
    open_http = bank_http.open_http

    def open_and_note(**options: Any) -> httpx.AsyncClient:
        clients.append(open_http(**options))
        return clients[-1]

    with pytest.MonkeyPatch.context() as patch, open_bank_town() as town:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "LASTRO_TABLE": TABLE,
            "LASTRO_SECRETS_PREFIX": SECRETS_PREFIX,
            "LASTRO_BANKS_URL": town.url,
            "POWERTOOLS_LOG_LEVEL": "INFO",
        }.items():
            patch.setenv(name, value)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.setattr(wiring, "SystemClock", lambda: clock)
        patch.setattr(bank_http, "open_http", open_and_note)
        clear_process()
        load_function.cache_clear()
        with mock_aws():
            create_table(TABLE)
            queue_url = create_queue(QUEUE)
            patch.setenv("LASTRO_CONDITIONS_QUEUE_URL", queue_url)
            patch.setenv("LASTRO_DELIVERIES_QUEUE_URL", create_queue(DELIVERIES, "Deliveries"))
            yield Pipeline(clock, town, queue_url)
            for client in clients:
                event_loop().run(client.aclose())
        load_function.cache_clear()
        clear_process()


@pytest.fixture
def pipeline(shared_pipeline: Pipeline) -> Pipeline:
    """The shared pipeline as at the start: clock, queue, scripts and circuit breakers."""
    shared_pipeline.clock.moment = START
    shared_pipeline.banks.forget_scripts()
    open_client("sqs").delete_queue(QueueUrl=shared_pipeline.queue_url)
    assert create_queue(QUEUE) == shared_pipeline.queue_url
    table = Table(TABLE)
    for code in BANKS:
        table.write(Delete(keys.breaker(code)))
    return shared_pipeline
