"""Answers that are spoilt on their way, after their effect."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from aiohttp import web

from sandbox.banks import create_app
from sandbox.bureaus import add_bureaus
from sandbox.clearing import clear_everything
from sandbox.spoils import KINDS, WATCHED, add_spoils
from tests.functions.serving import serve

DONE: list[str] = []


def vendor() -> web.Application:
    app = web.Application()
    add_spoils(app)

    async def act(request: web.Request) -> web.Response:
        DONE.append(request.path)
        return web.json_response({"answer": "x" * 100})

    async def forget(request: web.Request) -> web.Response:
        clear_everything(request.app)
        return web.Response(status=204)

    app.router.add_post("/{name}/act", act)
    app.router.add_get("/{name}/act", act)
    app.router.add_get("/{name}/ledger", act)
    app.router.add_put("/{name}/script", act)
    app.router.add_route("*", "/callbacks/{name}", act)
    app.router.add_delete("/scripts", forget)
    return app


@pytest.fixture
def url() -> Iterator[str]:
    DONE.clear()
    with serve(vendor) as address:
        yield address


def spoil(url: str, kind: str, share: float = 1) -> int:
    rules = [{"path": "/one/", "kind": kind, "share": share}]
    return httpx.put(f"{url}/spoils", json={"seed": 1, "rules": rules}).status_code


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_asked_is_done_and_its_answer_does_not_arrive(url: str, kind: str) -> None:
    assert spoil(url, kind) == 204
    told = {"unavailable": 503, "absent": 404, "conflict": 409, "garbage": 200}
    if kind in told:
        answer = httpx.request("GET" if kind == "absent" else "POST", f"{url}/one/act")
        assert answer.status_code == told[kind]
        assert "xxx" not in answer.text
    elif kind == "endless":
        with httpx.stream("POST", f"{url}/one/act") as answer:
            assert sum(len(part) for part, _ in zip(answer.iter_bytes(), range(50), strict=False)) > 200_000
    else:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.post(f"{url}/one/act")
    assert DONE == ["/one/act"]


def test_other_paths_and_a_share_of_none_are_left_alone_and_clearing_ends_it(url: str) -> None:
    assert spoil(url, "garbage") == 204
    assert httpx.post(f"{url}/two/act").json()["answer"]
    assert httpx.delete(f"{url}/scripts").status_code == 204
    assert httpx.post(f"{url}/one/act").json()["answer"]
    assert spoil(url, "garbage", 0) == 204
    assert httpx.post(f"{url}/one/act").json()["answer"]


def test_only_who_looks_is_told_that_it_is_not_there_and_only_who_asks_that_it_conflicts(url: str) -> None:
    for kind, method in (("absent", "POST"), ("conflict", "GET")):
        assert spoil(url, kind) == 204
        assert httpx.request(method, f"{url}/one/act").json() == {"answer": "x" * 100}


def test_rules_that_say_nothing_are_refused(url: str) -> None:
    assert spoil(url, "burnt") == 422
    assert spoil(url, "garbage", 2) == 422
    assert httpx.put(f"{url}/spoils", content=b"x").status_code == 422


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/one/ledger"), ("PUT", "/one/script"), ("GET", "/callbacks/me"), ("DELETE", "/callbacks/me")],
)
def test_what_a_watcher_reads_and_writes_is_never_spoilt(url: str, kind: str, method: str, path: str) -> None:
    rules = [{"path": path, "kind": kind, "share": 1}]
    assert httpx.put(f"{url}/spoils", json={"seed": 1, "rules": rules}).status_code == 204
    assert httpx.request(method, url + path).json() == {"answer": "x" * 100}


def test_what_a_receiver_is_told_may_be_spoilt(url: str) -> None:
    rules = [{"path": "/callbacks/", "kind": "unavailable", "share": 1}]
    assert httpx.put(f"{url}/spoils", json={"seed": 1, "rules": rules}).status_code == 204
    assert httpx.post(f"{url}/callbacks/me").status_code == 503


def test_what_is_a_watchers_at_any_vendor_is_left_alone_and_nothing_that_a_vendor_answers() -> None:
    """A route that takes any vendor's code is for who watches; a vendor's own has its code in its path."""
    app = create_app()
    add_bureaus(app)
    watched: set[str] = set()
    answered: set[str] = set()
    for route in app.router.routes():
        parts = route.resource.canonical.split("/") if route.resource else []
        if route.method != "HEAD" and len(parts) > 3:
            asked = f"{route.method} {'/'.join(parts)}"
            (watched if parts[2].startswith("{") else answered).add(asked)
    assert {each for each in watched if not WATCHED.fullmatch(each)} == set()
    assert {each for each in answered if WATCHED.fullmatch(each)} == set()
    assert "GET /banks/{code}/proposals" in watched
    assert "POST /banks/655/v1/proposals" in answered
