"""The sandbox's PEFIN as a client of an address that wants OAuth: it gets a token, pushes with it, and gets another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread
from typing import Any

import httpx

from tests.functions.invocation import call_function
from tests.functions.negativations.registry import Registry

PATIENCE = 30
Asked = SimpleQueue[tuple[str, int]]


class Doorstep(BaseHTTPRequestHandler):
    """What stands before the two functions in API Gateway: addresses, bodies and headers as they are."""

    asked: Asked

    def do_POST(self) -> None:
        _, _, provider, _, secret, *token = self.path.split("/")
        operation = "issue_event_token" if token else "receive_bureau_event"
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        names = ("Authorization", "Content-Type")
        answer = call_function(
            "negativations",
            operation,
            path={"provider": provider, "secret": secret},
            body=body,
            headers={name: self.headers.get(name) for name in names},
        )
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer.text.encode())
        self.asked.put((operation, answer.status))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def open_doorstep() -> Iterator[tuple[str, Asked]]:
    """Its address, and what was asked there."""
    door = type("Door", (Doorstep,), {"asked": SimpleQueue()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", door.__dict__["asked"]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def list_one(registry: Registry) -> dict[str, Any]:
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    return listing


def test_pefin_pushes_with_a_token_and_gets_another_when_it_ran_out(
    open_registry_at: Callable[..., Registry],
) -> None:
    registry = open_registry_at("serasa")
    path = {"branch_id": str(registry.ledger.branch_id)}
    body = {"events": {"credential": "oauth"}}
    address = registry.ledger.call("put_negativation_events", path=path, body=body).json["data"]
    with open_doorstep() as (url, asked):
        told = {**address, "url": url + address["path"], "token_url": url + address["token_path"]}
        httpx.put(f"{registry.town.url}/bureaus/serasa/webhook", json=told).raise_for_status()
        first = list_one(registry)
        seen = [asked.get(timeout=PATIENCE) for _ in range(2)]
        second = list_one(registry)
        seen += [asked.get(timeout=PATIENCE)]
        registry.clock.advance(hours=2)
        third = list_one(registry)
        seen += [asked.get(timeout=PATIENCE) for _ in range(3)]
        httpx.put(f"{registry.town.url}/bureaus/serasa/webhook", json={"url": ""}).raise_for_status()
    token, push = ("issue_event_token", 200), ("receive_bureau_event", 200)
    assert seen == [token, push, push, ("receive_bureau_event", 401), token, push]
    for listing in (first, second, third):
        registry.work(listing["id"])
        assert registry.read(listing["id"])["status"] == "notificada"
