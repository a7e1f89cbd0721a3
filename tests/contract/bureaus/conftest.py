"""Every test that takes a ``world`` runs with every bureau: the fake, and every adapter against the sandbox over real
HTTP. Those that take a ``sandbox`` are about the sandbox itself."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.vendors.bureaus.http import open_http
from sandbox import banks, bureaus
from tests.contract.bureaus.bureau_world import FakeWorld, SandboxWorld, World
from tests.contract.bureaus.sandbox_root import Sandbox
from tests.contract.loopback import Service, serve_on_loopback

PATIENCE_SECONDS = 0.4


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    app = bureaus.create_app(longest_silence=5.0)
    async with serve_on_loopback(app, open_http, patience=PATIENCE_SECONDS) as service:
        yield service


WORLDS = [("fake", "serasa"), ("fake", "credito_na_medida"), *(("sandbox", code) for code in BUREAUS)]


@pytest_asyncio.fixture(loop_scope="module", params=WORLDS, ids=lambda param: "-".join(param))
async def world(request: pytest.FixtureRequest, service: Service) -> World:
    kind, provider = request.param
    if kind == "fake":
        return FakeWorld(BUREAUS[provider])
    await service.http.delete(f"{service.url}/scripts")
    ledger = (await service.http.get(f"{service.url}/bureaus/{provider}/ledger")).json()
    return SandboxWorld(BUREAUS[provider], service.url, service.http, service.impatient_http, seen=len(ledger["calls"]))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Sandbox]:
    """Banks and bureaus on one root, as the local cloud serves them."""
    app = banks.create_app(longest_silence=0.5)
    bureaus.add_bureaus(app, longest_silence=0.5)
    async with serve_on_loopback(app, open_http, patience=0.3) as service:
        yield Sandbox(service.url, service.http, service.impatient_http)


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(served: Sandbox) -> Sandbox:
    await served.http.delete(f"{served.url}/scripts")
    return served
