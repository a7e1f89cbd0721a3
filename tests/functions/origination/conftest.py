"""One table, bucket and set of queues a module; each test is a partner of its own with one product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import uuid4

import pytest

from lastro.aws.secrets import Secrets
from lastro.kernel import calendar
from lastro.origination.analysis import wiring as analysis_wiring
from lastro.origination.contracts.seals.identity import IDENTITY
from lastro.origination.notices import wiring as notices_wiring
from lastro.origination.products.model import Eligibility
from lastro.webhooks import wiring as webhooks_wiring
from sandbox.cloud.seeding.signing_identity import make_identity
from tests.clock import MovableClock
from tests.functions.emulation.process import REGION, SECRETS_PREFIX, TABLE, fresh_process
from tests.functions.emulation.resources import create_queue, create_table
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import load_function
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk
from tests.functions.origination.contracts.contract_desk import CONTRACT_BUCKET, Desk
from tests.functions.origination.journey import START, Journey
from tests.functions.registered_shops import leave_sequences
from tests.functions.webhooks.partner_town import PartnerTown, open_partner_town

QUEUES = ("Analysis", "Notices", "Contracts", "Seals", "Disbursements")
BUCKET = "documents-test"
AnyJourney = TypeVar("AnyJourney", bound=Journey)


@pytest.fixture(scope="module")
def caas_cloud() -> Iterator[tuple[MovableClock, dict[str, str]]]:
    """moto as the template describes it, and the functions loaded afresh with a clock that can be moved."""
    clock = MovableClock()
    with fresh_process(LASTRO_DOCUMENTS_BUCKET=BUCKET) as patch:
        patch.setattr(calendar, "CLOCK", clock)
        from lastro.origination import wiring

        patch.setattr(wiring, "CLOCK", clock)
        create_table(TABLE)
        queues = {}
        for name in QUEUES:
            queues[name] = create_queue(name.lower(), name)
            patch.setenv(f"LASTRO_{name.upper()}_QUEUE_URL", queues[name])
        s3 = open_whole_client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield clock, queues


@pytest.fixture(scope="session")
def town() -> Iterator[PartnerTown]:
    with open_partner_town() as town:
        yield town


@pytest.fixture(scope="module")
def analysis_cloud(caas_cloud: tuple[MovableClock, dict[str, str]]) -> Iterator[tuple[MovableClock, dict[str, str]]]:
    """Where analyses are worked and partners told of them."""
    clock, queues = caas_cloud
    with pytest.MonkeyPatch.context() as patch:
        for name in ("Contracts", "Deliveries"):
            queues[name] = create_queue(name.lower(), name)
            patch.setenv(f"LASTRO_{name.upper()}_QUEUE_URL", queues[name])
        patch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
        for module in (analysis_wiring, notices_wiring, webhooks_wiring):
            patch.setattr(module, "CLOCK", clock)
        load_function.cache_clear()
        yield clock, queues


@pytest.fixture
def analysis_desk(analysis_cloud: tuple[MovableClock, dict[str, str]]) -> AnalysisDesk:
    """A partner that nobody knows yet; its product 1 owes no documents, 2 owes two."""
    clock, queues = analysis_cloud
    leave_sequences()
    clock.moment = START
    made = AnalysisDesk(clock, uuid4().hex, queues)
    made.add_product(1, eligibility=Eligibility(18, 80, Decimal(100), (), False))
    made.add_product(2)
    for name in queues:
        made.take(name)
    return made


@pytest.fixture
def journey(caas_cloud: tuple[MovableClock, dict[str, str]]) -> Journey:
    """A partner that nobody knows yet, with product 1, at the start of the clock and with empty queues."""
    clock, queues = caas_cloud
    leave_sequences()
    clock.moment = START
    made = Journey(clock, uuid4().hex, queues)
    made.add_product()
    for name in queues:
        made.take(name)
    return made


@pytest.fixture(scope="session")
def identity() -> dict[str, str]:
    """A certificate and key to sign contracts with."""
    return make_identity("Exemplo SCD (teste)", datetime.now(UTC))


@pytest.fixture(scope="module")
def contract_cloud(caas_cloud: tuple[MovableClock, dict[str, str]], identity: dict[str, str]) -> Iterator[MovableClock]:
    """Where contracts lie and what signs them."""
    clock, _ = caas_cloud
    with pytest.MonkeyPatch.context() as patch:
        from lastro.origination.contracts import wiring

        patch.setattr(wiring, "CLOCK", clock)
        patch.setenv("LASTRO_CONTRACTS_BUCKET", CONTRACT_BUCKET)
        open_whole_client("s3").create_bucket(
            Bucket=CONTRACT_BUCKET,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=True,
        )
        Secrets(SECRETS_PREFIX).store(IDENTITY, identity)
        yield clock


@pytest.fixture
def desk(
    contract_cloud: MovableClock, caas_cloud: tuple[MovableClock, dict[str, str]], identity: dict[str, str]
) -> Desk:
    """The contracts of a partner that nobody knows yet, in an empty table: moto copies all of it at every change."""
    clock, queues = caas_cloud
    return Desk(_start(Journey(clock, uuid4().hex, queues)), identity)


@pytest.fixture
def working_desk(
    contract_cloud: MovableClock, analysis_cloud: tuple[MovableClock, dict[str, str]], identity: dict[str, str]
) -> tuple[AnalysisDesk, Desk]:
    """The same, with whoever analyses signups and proposals at work."""
    clock, queues = analysis_cloud
    journey = _start(AnalysisDesk(clock, uuid4().hex, queues))
    return journey, Desk(journey, identity)


def _start(journey: AnyJourney) -> AnyJourney:
    journey.clock.moment = START
    open_whole_client("dynamodb").delete_table(TableName=TABLE)
    create_table(TABLE)
    journey.add_product()
    for name in journey.queues:
        journey.take(name)
    return journey
