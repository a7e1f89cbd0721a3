"""A partner's receiver: ``POST /callbacks/{name}`` takes a notice, ``GET`` shows what arrived.

``PUT /callbacks/{name}/script`` with ``{"rules": [{"status": 500, "delay_ms": 100, "times": 2}]}`` says how the next
notices are answered: the first rule that is not used up applies, without one the answer is 200. ``DELETE`` forgets a
receiver with its script.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

LONGEST_DELAY_MS = 60_000
MOST_NOTICES = 10_000
"""What one receiver keeps; the oldest go first."""


@dataclass(slots=True)
class Rule:
    """How a notice is answered, and how often still (``None``: for ever)."""

    status: int = 200
    delay_ms: int = 0
    remaining: int | None = None


@dataclass(slots=True)
class Receiver:
    """One partner's receiver."""

    rules: list[Rule] = field(default_factory=list)
    arrived: list[dict[str, Any]] = field(default_factory=list)

    def next_rule(self) -> Rule:
        rule = next((rule for rule in self.rules if rule.remaining != 0), Rule())
        if rule.remaining is not None:
            rule.remaining -= 1
        return rule


_RECEIVERS = web.AppKey("callback_receivers", defaultdict[str, Receiver])


def add_callbacks(app: web.Application) -> None:
    """Add the receivers to an application."""
    app[_RECEIVERS] = defaultdict(Receiver)
    app.router.add_post("/callbacks/{name}", receive)
    app.router.add_get("/callbacks/{name}", show)
    app.router.add_delete("/callbacks/{name}", forget)
    app.router.add_put("/callbacks/{name}/script", put_script)


def _receiver(request: web.Request) -> Receiver:
    return request.app[_RECEIVERS][request.match_info["name"]]


async def receive(request: web.Request) -> web.Response:
    """Take a notice, note everything about it, and answer as the script says."""
    receiver = _receiver(request)
    rule = receiver.next_rule()
    text = (await request.read()).decode()
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    receiver.arrived.append(
        {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "query": dict(request.query),
            "text": text,
            "body": body,
            "answered": rule.status,
        }
    )
    del receiver.arrived[:-MOST_NOTICES]
    if rule.delay_ms:
        await asyncio.sleep(rule.delay_ms / 1000)
    # A redirect leads to the receiver itself: whoever follows it is seen twice.
    headers = {"Location": str(request.url)} if 300 <= rule.status < 400 else {}
    return web.Response(status=rule.status, headers=headers)


async def show(request: web.Request) -> web.Response:
    """Everything that arrived, oldest first."""
    return web.json_response({"notices": _receiver(request).arrived})


async def forget(request: web.Request) -> web.Response:
    """Forget the receiver with its script."""
    request.app[_RECEIVERS].pop(request.match_info["name"], None)
    return web.Response(status=204)


async def put_script(request: web.Request) -> web.Response:
    """Replace the script: 204, or 422 saying what is wrong."""
    try:
        rules = _parse(json.loads(await request.read()))
    except ValueError as error:
        return web.json_response({"error": str(error)}, status=422)
    _receiver(request).rules = rules
    return web.Response(status=204)


def _parse(body: object) -> list[Rule]:
    if not isinstance(body, dict) or set(body) != {"rules"} or not isinstance(body["rules"], list):
        raise ValueError("the body is {rules: [...]}")
    found = []
    for rule in body["rules"]:
        if not isinstance(rule, dict) or set(rule) - {"status", "delay_ms", "times"}:
            raise ValueError("a rule holds status, delay_ms and times")
        found.append(
            Rule(
                _number(rule.get("status", 200), 200, 599),
                _number(rule.get("delay_ms", 0), 0, LONGEST_DELAY_MS),
                _number(rule["times"], 1, 1_000_000) if "times" in rule else None,
            )
        )
    return found


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"a number from {least} to {most} is wanted")
    return value
