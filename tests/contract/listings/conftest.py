"""Every test that takes a ``world`` runs with the fake and with every adapter against the sandbox over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lastro.negativations.providers import LISTING_FACTS
from lastro.vendors.bureaus.http import open_http
from sandbox import bureaus
from tests.contract.fake_listings import FakeListings
from tests.contract.listings.listing_world import FakeWorld, SandboxWorld, World
from tests.contract.loopback import Service, serve_on_loopback


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    app = bureaus.create_app(longest_silence=5.0)
    async with serve_on_loopback(app, open_http, patience=0.4) as service:
        yield service


@pytest_asyncio.fixture(loop_scope="module", params=["fake", *LISTING_FACTS])
async def world(request: pytest.FixtureRequest, service: Service) -> World:
    if request.param == "fake":
        return FakeWorld(LISTING_FACTS["connect_sa"], FakeListings())
    return await _sandbox(request.param, service)


@pytest_asyncio.fixture(loop_scope="module", params=list(LISTING_FACTS))
async def sandbox(request: pytest.FixtureRequest, service: Service) -> SandboxWorld:
    return await _sandbox(request.param, service)


async def _sandbox(provider: str, service: Service) -> SandboxWorld:
    await service.http.delete(f"{service.url}/scripts")
    return SandboxWorld(LISTING_FACTS[provider], service.url, service.http, service.impatient_http)
