"""A partner with a branch, over an empty table, with a clock that tests move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.vendors.bureaus import http as bureau_http
from tests.clock import START, MovableClock
from tests.functions.bureaus.office import BureauTown, open_bureau_town
from tests.functions.emulation.process import REGION, TABLE, closing_clients, fresh_process, set_clocks
from tests.functions.emulation.resources import create_table
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Shop
from tests.functions.negativations.events.pushing import Pusher
from tests.functions.negativations.ledger import Ledger, add_branch
from tests.functions.negativations.registry import Registry, open_registry
from tests.functions.registered_shops import leave_sequences

REPORTS = "lastro-test-reports"


@pytest.fixture
def ledger(table: Table, open_shop: Callable[[], Shop], monkeypatch: pytest.MonkeyPatch) -> Ledger:
    clock = MovableClock()
    set_clocks(monkeypatch, "negativations", clock)
    shop = open_shop()
    return Ledger(shop, add_branch(shop), clock)


@pytest.fixture(scope="module")
def shared_town() -> Iterator[tuple[MovableClock, BureauTown, str]]:
    """moto, the sandbox bureaus, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    with (
        open_bureau_town(clock) as town,
        fresh_process(LASTRO_BUREAUS_URL=town.url, LASTRO_INQUIRIES_BUCKET=REPORTS) as patch,
        closing_clients(bureau_http),
    ):
        set_clocks(patch, "negativations", clock)
        set_clocks(patch, "bureaus", clock)
        create_table(TABLE)
        location = {"LocationConstraint": REGION}
        open_whole_client("s3").create_bucket(Bucket=REPORTS, CreateBucketConfiguration=location)
        queue_url = open_client("sqs").create_queue(QueueName="listings")["QueueUrl"]
        patch.setenv("LASTRO_LISTINGS_QUEUE_URL", queue_url)
        collections_url = open_client("sqs").create_queue(QueueName="collections")["QueueUrl"]
        patch.setenv("LASTRO_COLLECTIONS_QUEUE_URL", collections_url)
        yield clock, town, queue_url


@pytest.fixture
def open_registry_at(shared_town: tuple[MovableClock, BureauTown, str]) -> Callable[..., Registry]:
    """Opens a partner at a bureau; the clock, the queue and the scripts are as at the start."""
    clock, town, queue_url = shared_town
    leave_sequences()
    clock.moment = START
    town.forget_scripts()
    open_client("sqs").delete_queue(QueueUrl=queue_url)
    open_client("sqs").create_queue(QueueName="listings")

    def open_at(provider: str = "connect_sa", **changes: Any) -> Registry:
        return open_registry(clock, town, queue_url, provider, **changes)

    return open_at


@pytest.fixture
def registry(open_registry_at: Callable[..., Registry]) -> Registry:
    """A partner whose bureau acts at once."""
    return open_registry_at()


@pytest.fixture
def pefin(open_registry_at: Callable[..., Registry]) -> Pusher:
    """A partner at PEFIN, whose sandbox pushes nothing by itself."""
    registry = open_registry_at("serasa")
    registry.town.script("serasa", {"when": {"operation": "include"}, "word": "never"})
    return Pusher(registry)
