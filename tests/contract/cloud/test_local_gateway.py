"""The local front door does what API Gateway does, and hands everything else on as it is."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from aiohttp import web

from sandbox.cloud.aws.gateway import create_gateway
from tests.contract.loopback import serve_on_loopback
from tests.journeys.disturbance import open_front_door

LARGE = {"text": "x" * 5000}


async def echo(request: web.Request) -> web.Response:
    """Tells what arrived; a large text on ``/large``."""
    if request.path.endswith("/large"):
        return web.json_response(LARGE, headers={"ETag": '"1"'})
    body = await request.read()
    key = request.headers.get("Idempotency-Key")
    return web.json_response({"method": request.method, "path": request.raw_path, "body": list(body), "key": key})


@asynccontextmanager
async def front_door() -> AsyncIterator[httpx.AsyncClient]:
    def client(**options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(**options)

    upstream = web.Application()
    upstream.router.add_route("*", r"/{path:[\s\S]*}", echo)
    async with (
        serve_on_loopback(upstream, client, patience=5) as behind,
        serve_on_loopback(create_gateway(behind.url, "api"), client, patience=5, auto_decompress=False) as before,
        httpx.AsyncClient(base_url=before.url) as http,
    ):
        yield http


@pytest.mark.parametrize(
    ("path", "handed_on"),
    [
        ("/", "/"),
        ("/a%20b", "/a%20b"),
        ("/%", "/%"),
        ("/v2%2E1/%70roducts", "/v2%252E1/%2570roducts"),
        ("/%2e%2E/%5f%7E%2d", "/%252e%252E/%255f%257E%252d"),
        ("/%FF", "/%FF"),
        ("/é", "/%C3%A9"),
        ("/a/b?c=%2F%0A", "/a/b?c=%2F%0A"),
        # The local AWS decodes once: these still stand there as they were written.
        ("/health%0A", "/health%250A"),
        ("/a%0D%0ab/c", "/a%250D%250ab/c"),
        ("/%00%7f", "/%2500%257f"),
        ("/11.222.333%2F0001-81", "/11.222.333%252F0001-81"),
        ("/11.222.333%2f0001-81?d=%2F", "/11.222.333%252f0001-81?d=%2F"),
        ("/11.222.333%252F0001-81", "/11.222.333%25252F0001-81"),
    ],
)
async def test_every_path_is_matched_as_it_was_written(path: str, handed_on: str) -> None:
    async with front_door() as http:
        answer = await http.get(path)
        assert answer.status_code == 200
        assert answer.json()["path"] == f"/restapis/api/live/_user_request_{handed_on}"


@pytest.mark.parametrize("path", ["//", "//a", "/a//b", "/a/", "/a//", "/a/?b=c", "//a?b=c"])
async def test_slashes_too_many_are_another_path(path: str) -> None:
    async with front_door() as http:
        request = http.build_request("GET", "/")
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = await http.send(request)
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_operation")
        assert (await http.get("/a?b=/c/&d=//")).status_code == 200


async def test_bytes_that_are_no_text_go_on() -> None:
    async with front_door() as http:
        body = "ação".encode("latin-1")
        answer = await http.post("/x", content=body, headers={b"Idempotency-Key": body})
        assert (answer.json()["body"], answer.json()["key"]) == (list(body), "a\ufffd\ufffdo")
        assert (await http.post("/x", headers={b"Idempotency-Key": "ação".encode()})).json()["key"] == "ação"


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("gzip", "gzip"), ("br, GZIP;q=0.5", "gzip"), ("identity", None), ("gzip;q=0", None), ("", None)],
)
async def test_a_large_answer_is_compressed_for_who_takes_it_so(accepts: str, coding: str | None) -> None:
    async with front_door() as http:
        answer = await http.get("/large", headers={"Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["ETag"] == '"1"'
        assert answer.json() == LARGE
        small = await http.get("/small", headers={"Accept-Encoding": accepts})
        assert "Content-Encoding" not in small.headers


def cut(body: bytes) -> bytes:
    return gzip.compress(body)[:-4]


@pytest.mark.parametrize(("spoil", "status"), [(cut, 400), (bytes, 400)])
async def test_what_the_gateway_refuses_itself_has_the_shape_of_every_error(
    spoil: Callable[[bytes], bytes], status: int
) -> None:
    async with front_door() as http:
        answer = await http.post("/x", content=spoil(b"{}"), headers={"Content-Encoding": "gzip"})
        body = json.loads(answer.text)
        assert answer.status_code == body["status"] == body["error"]["status"] == status
        assert body["type"].startswith("urn:lastro:error:")
        assert answer.headers["Content-Type"].startswith("application/json")


async def test_an_api_that_does_not_answer() -> None:
    def client(**options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(**options)

    async with serve_on_loopback(create_gateway("http://127.0.0.1:1", "api"), client, patience=5) as before:
        answer = await before.http.get(f"{before.url}/x")
        assert (answer.status_code, answer.json()["code"]) == (503, "service_busy")


async def test_an_api_that_never_ends_its_answer() -> None:
    def client(**options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(**options)

    over = asyncio.Event()

    async def silent(_: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    upstream = web.Application()
    upstream.router.add_route("*", r"/{path:[\s\S]*}", silent)
    async with (
        serve_on_loopback(upstream, client, patience=5) as behind,
        serve_on_loopback(create_gateway(behind.url, "api", patience=0.2), client, patience=5) as before,
    ):
        answer = await before.http.get(f"{before.url}/x")
        over.set()
        assert (answer.status_code, answer.json()["code"]) == (503, "service_busy")


def test_a_front_door_outlives_the_thread_that_opened_it_and_ends_with_its_process() -> None:
    with socket.create_server(("127.0.0.1", 0)) as port:
        url = f"http://127.0.0.1:{port.getsockname()[1]}/x"
        with ThreadPoolExecutor(1) as thread:
            door = thread.submit(open_front_door, port, "http://127.0.0.1:1", "api").result()
        try:
            assert [httpx.get(url, timeout=20).status_code for _ in range(2)] == [503, 503]
        finally:
            door.communicate(timeout=20)
        assert door.returncode == 0
