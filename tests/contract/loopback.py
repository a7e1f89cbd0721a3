"""A sandbox on a loopback port of its own, and two clients: one of them soon gives up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from aiohttp import web


@dataclass(frozen=True)
class Service:
    url: str
    http: httpx.AsyncClient
    impatient_http: httpx.AsyncClient


@asynccontextmanager
async def serve_on_loopback(
    app: web.Application, open_http: Callable[..., httpx.AsyncClient], *, patience: float, **runner_options: Any
) -> AsyncIterator[Service]:
    """Serve ``app`` until left. ``open_http`` opens the clients; ``patience`` is how many seconds the impatient one
    waits for an answer; ``runner_options`` are aiohttp's."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, **runner_options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    impatient = httpx.Timeout(connect=3.0, read=patience, write=3.0, pool=3.0)
    async with open_http() as http, open_http(timeout=impatient) as impatient_http:
        yield Service(f"http://{host}:{port}", http, impatient_http)
    await runner.cleanup()
