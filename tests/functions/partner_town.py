"""The receivers of partners' notices on a port of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from aiohttp import web

from sandbox.callbacks.app import add_callbacks


@dataclass(frozen=True)
class PartnerTown:
    """The sandbox's receivers."""

    url: str

    def callback(self, name: str) -> str:
        return f"{self.url}/callbacks/{name}"

    def answer_with(self, name: str, *rules: Mapping[str, int]) -> None:
        """How a receiver answers: status, delay_ms, times."""
        httpx.put(f"{self.callback(name)}/script", json={"rules": list(rules)}).raise_for_status()

    def arrived(self, name: str) -> list[dict[str, Any]]:
        """What a receiver got, oldest first."""
        found: list[dict[str, Any]] = httpx.get(self.callback(name)).raise_for_status().json()["notices"]
        return found

    def forget(self, name: str) -> None:
        httpx.delete(self.callback(name)).raise_for_status()


@contextmanager
def open_partner_town() -> Iterator[PartnerTown]:
    """Serve it from a thread until left."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def serve() -> web.AppRunner:
        app = web.Application()
        add_callbacks(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    host, port = runner.addresses[0][:2]
    try:
        yield PartnerTown(f"http://{host}:{port}")
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
