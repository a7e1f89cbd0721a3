"""Every test of this folder runs with every bank: the fake, and every adapter against the sandbox over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lastro.kernel.banks import BANKS
from lastro.vendors.banks.http import open_http
from sandbox.banks import create_app
from tests.contract.banks.bank_world import FakeWorld, SandboxWorld, World
from tests.contract.loopback import Service, serve_on_loopback

PATIENCE_SECONDS = 0.4


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    async with serve_on_loopback(create_app(longest_silence=5.0), open_http, patience=PATIENCE_SECONDS) as service:
        yield service


FAKES = [("fake", code) for code in ("341", "422", "394")]
ADAPTERS = [("sandbox", code) for code in BANKS]


@pytest_asyncio.fixture(loop_scope="module", params=FAKES + ADAPTERS, ids=lambda param: "-".join(param))
async def world(request: pytest.FixtureRequest, service: Service) -> World:
    kind, code = request.param
    if kind == "fake":
        return FakeWorld(BANKS[code])
    await service.http.delete(f"{service.url}/scripts")
    return SandboxWorld(BANKS[code], service.url, service.http, service.impatient_http)
