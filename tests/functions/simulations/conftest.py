"""One pipeline a module: its table and banks are shared by the tests, each of which opens a shop of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lastro.aws.clients import open_client
from lastro.simulations import wiring
from lastro.vendors.banks import http as bank_http
from tests.clock import START, MovableClock
from tests.functions.emulation.process import TABLE, closing_clients, fresh_process
from tests.functions.emulation.resources import create_queue, create_table
from tests.functions.registered_shops import leave_sequences
from tests.functions.simulations.pipeline import Pipeline, conditions_at, open_bank_town

QUEUE = "conditions"
DELIVERIES = "deliveries"


@pytest.fixture(scope="module")
def shared_pipeline() -> Iterator[Pipeline]:
    """moto, the sandbox banks, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    with open_bank_town() as town, fresh_process(LASTRO_BANKS_URL=town.url) as patch, closing_clients(bank_http):
        patch.setattr(wiring, "CLOCK", clock)
        create_table(TABLE)
        queue_url = create_queue(QUEUE)
        patch.setenv("LASTRO_CONDITIONS_QUEUE_URLS", conditions_at(queue_url))
        patch.setenv("LASTRO_DELIVERIES_QUEUE_URL", create_queue(DELIVERIES, "Deliveries"))
        yield Pipeline(clock, town, queue_url)


@pytest.fixture
def pipeline(shared_pipeline: Pipeline) -> Pipeline:
    """The shared pipeline as at the start: clock, queue, scripts and table, but for numbers that were given out."""
    leave_sequences()
    shared_pipeline.clock.moment = START
    shared_pipeline.banks.forget_scripts()
    open_client("sqs").delete_queue(QueueUrl=shared_pipeline.queue_url)
    assert create_queue(QUEUE) == shared_pipeline.queue_url
    return shared_pipeline
