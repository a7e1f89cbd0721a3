"""Vendors whose answers go wrong on their way: whatever was asked has been done, and nobody hears of it properly.

``PUT /spoils`` with ``{"seed": 7, "rules": [{"path": "/banks/341/", "kind": "truncated", "share": 0.2}]}`` spoils that
share of the answers under a path, by a generator of that seed; ``DELETE /scripts`` ends it. Kinds:

- ``truncated``: half of the body, then the connection ends;
- ``endless``: the body, then blanks without an end;
- ``reset``: the connection ends without an answer;
- ``unavailable``: 503 in place of the answer;
- ``absent``: whoever looks (``GET``) is told 404, which is no longer so at the next look;
- ``conflict``: whoever asks for something is told 409;
- ``garbage``: 200 with something that is not what was asked for.

What a watcher reads and writes (scripts, ledgers, proposals at a bank, what a receiver was told) is no vendor's answer
and is left alone.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.clearing import on_clear

KINDS = ("truncated", "endless", "reset", "unavailable", "absent", "conflict", "garbage")
_BLANKS = b" " * 65_536
_FIELDS = {"path", "kind", "share"}
WATCHED = re.compile(
    r"(PUT|GET) .*/(\w*script|ledger)|GET /banks/[^/]+/proposals|POST /bureaus/[^/]+/expire_tokens"
    r"|(GET|DELETE) /callbacks/[^/]+"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which answers are spoilt, and how."""

    path: str
    kind: str
    share: float


@dataclass(slots=True)
class Spoils:
    """The rules in force; the first that matches and strikes spoils the answer."""

    rules: list[Rule] = field(default_factory=list)
    draw: random.Random = field(default_factory=random.Random)

    def strike(self, path: str) -> str | None:
        """The kind of what becomes of an answer, ``None`` when it is left alone."""
        for rule in self.rules:
            if path.startswith(rule.path) and self.draw.random() < rule.share:
                return rule.kind
        return None


SPOILS = web.AppKey("spoils", Spoils)


def add_spoils(app: web.Application) -> None:
    """Have answers of every route spoilt that rules name."""
    spoils = app[SPOILS] = Spoils()
    on_clear(app, spoils.rules.clear)
    app.router.add_put("/spoils", put_spoils)
    app.middlewares.append(_spoil)


async def put_spoils(request: web.Request) -> web.Response:
    """Replace the rules: 204, or 422 saying what is wrong."""
    spoils = request.app[SPOILS]
    try:
        body = json.loads(await request.read())
        rules = [_rule(each) for each in body["rules"]]
        seed = int(body["seed"])
    except (ValueError, KeyError, TypeError) as error:
        return web.json_response({"error": f"the body is not a list of rules with a seed: {error}"}, status=422)
    spoils.rules[:] = rules
    spoils.draw = random.Random(seed)
    return web.Response(status=204)


def _rule(body: Mapping[str, object]) -> Rule:
    share = body["share"]
    if set(body) != _FIELDS or body["kind"] not in KINDS or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise ValueError("a rule has a path, a kind and a share from 0 to 1")
    return Rule(str(body["path"]), str(body["kind"]), float(share))


@web.middleware
async def _spoil(request: web.Request, handler: Handler) -> web.StreamResponse:
    answer: web.StreamResponse = await handler(request)
    if WATCHED.fullmatch(f"{request.method} {request.path}"):
        return answer
    kind = request.app[SPOILS].strike(request.path)
    if kind is None or not isinstance(answer, web.Response):
        return answer
    if kind in ("absent", "conflict"):
        looks = request.method in ("GET", "HEAD")
        if looks is not (kind == "absent"):
            return answer
        return web.json_response({"error": kind.upper()}, status=404 if looks else 409)
    if kind == "unavailable":
        return web.json_response({"error": "UNAVAILABLE"}, status=503)
    if kind == "garbage":
        return web.Response(text="<html>ok</html>", content_type="text/html")
    if kind != "reset":
        answer = await _begin(request, answer, endless=kind == "endless")
    if request.transport is not None:
        request.transport.abort()
    return answer


async def _begin(request: web.Request, answer: web.Response, *, endless: bool) -> web.StreamResponse:
    body = answer.body if isinstance(answer.body, bytes) else b""
    begun = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
    if not endless:
        begun.content_length = len(body) + 1
    with suppress(ConnectionError):
        await begun.prepare(request)
        await begun.write(body if endless else body[: len(body) // 2])
        while endless:
            await begun.write(_BLANKS)
    return begun
