"""One world a session: every function, each queue and bucket of the template, and the sandbox bureaus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lastro.aws.secrets import Secrets
from lastro.kernel import calendar
from lastro.kernel.banks import BANKS
from lastro.origination.contracts.seals.identity import IDENTITY
from lastro.vendors.bureaus import http as bureau_http
from sandbox.cloud.seeding.signing_identity import make_identity
from tests.clock import MovableClock
from tests.functions.bureaus.office import open_bureau_town
from tests.functions.emulation.process import REGION, SECRETS_PREFIX, TABLE, closing_clients, fresh_process, set_clocks
from tests.functions.emulation.resources import create_queue, create_table
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.origination.journey import START
from tests.functions.tenants.things import open_world
from tests.functions.tenants.world import World
from tests.template.source import BANK_QUEUES, list_queues, queue_variable, resources_of, variables_of


@pytest.fixture(scope="module")
def open_world_once() -> Iterator[World]:
    """moto as the template describes it, a clock that stands, and what the first partner has."""
    clock = MovableClock(START)
    with (
        open_bureau_town(clock) as town,
        fresh_process(LASTRO_BUREAUS_URL=town.url) as patch,
        closing_clients(bureau_http),
    ):
        patch.setattr(calendar, "CLOCK", clock)
        set_clocks(patch, "", clock)
        patch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
        create_table(TABLE)
        queues = {name: create_queue(name.lower(), name) for name in list_queues()}
        for name, url in queues.items():
            patch.setenv(queue_variable(name), url)
        for of_banks in BANK_QUEUES:
            patch.setenv(of_banks.variable, json.dumps({code: queues[of_banks.name(code)] for code in BANKS}))
        for variable in _buckets():
            bucket = variable.lower().replace("_", "-")
            patch.setenv(variable, bucket)
            location = {"LocationConstraint": REGION}
            locked = variable == "LASTRO_CONTRACTS_BUCKET"
            open_whole_client("s3").create_bucket(
                Bucket=bucket, CreateBucketConfiguration=location, ObjectLockEnabledForBucket=locked
            )
        identity = make_identity("Exemplo SCD (teste)", datetime.now(UTC))
        Secrets(SECRETS_PREFIX).store(IDENTITY, identity)
        yield open_world(clock, queues, identity)


@pytest.fixture
def world(open_world_once: World) -> World:
    """The world as it was made, whatever was done to it since."""
    open_world_once.restore()
    return open_world_once


def _buckets() -> set[str]:
    functions = resources_of("AWS::Serverless::Function").values()
    return {name for function in functions for name in variables_of(function) if name.endswith("_BUCKET")}
