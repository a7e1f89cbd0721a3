"""The receivers of partners' notices on a port of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.callbacks.app import add_callbacks
from tests.functions.serving import LOCAL, serve


@dataclass(frozen=True)
class PartnerTown:
    """The sandbox's receivers."""

    url: str

    def callback(self, name: str) -> str:
        return f"{self.url}/callbacks/{name}"

    def answer_with(self, name: str, *rules: Mapping[str, int]) -> None:
        """How a receiver answers: status, delay_ms, times."""
        LOCAL.put(f"{self.callback(name)}/script", json={"rules": list(rules)}).raise_for_status()

    def arrived(self, name: str) -> list[dict[str, Any]]:
        """What a receiver got, oldest first."""
        found: list[dict[str, Any]] = LOCAL.get(self.callback(name)).raise_for_status().json()["notices"]
        return found

    def forget(self, name: str) -> None:
        LOCAL.delete(self.callback(name)).raise_for_status()


@contextmanager
def open_partner_town() -> Iterator[PartnerTown]:
    """Serve it from a thread until left."""

    def make_app() -> web.Application:
        app = web.Application()
        add_callbacks(app)
        return app

    with serve(make_app) as url:
        yield PartnerTown(url)
