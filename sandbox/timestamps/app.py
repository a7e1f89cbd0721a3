"""A time-stamping authority to try seals on: ``POST /timestamps`` with a query of RFC 3161.

``GET /timestamps/certificate`` gives the PEM of its certificate, new with every start. ``PUT /timestamps/script`` says
what becomes of the next queries, ``{"outcomes": ["unavailable", "reject", "foreign"]}``, one each, then all are
answered again; ``GET /timestamps/ledger`` counts what was asked and answered.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from sandbox.timestamps.authority import Authority, make_own_authority

OUTCOMES = ("ok", "unavailable", "reject", "foreign", "garbage")
"""``foreign`` answers another query than the one that was sent."""


@dataclass(slots=True)
class Desk:
    """The authority, what is scripted for the next queries, and how often each outcome was given."""

    authority: Authority
    scripted: deque[str] = field(default_factory=deque)
    given: Counter[str] = field(default_factory=Counter)


_DESK = web.AppKey("timestamps_desk", Desk)


def add_timestamps(app: web.Application) -> Desk:
    """Add the authority's routes to an application."""
    desk = Desk(make_own_authority())
    app[_DESK] = desk
    app.router.add_post("/timestamps", _stamp)
    app.router.add_get("/timestamps/certificate", _certificate)
    app.router.add_put("/timestamps/script", _script)
    app.router.add_get("/timestamps/ledger", _ledger)
    return desk


async def _stamp(request: web.Request) -> web.Response:
    desk = request.app[_DESK]
    query = await request.read()
    outcome = desk.scripted.popleft() if desk.scripted else "ok"
    desk.given[outcome] += 1
    match outcome:
        case "unavailable":
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        case "reject":
            reply = desk.authority.reply_to(b"")
        case "foreign":
            reply = desk.authority.reply_to(desk.authority.other_query(query))
        case "garbage":
            reply = b"<html>"
        case _:
            reply = desk.authority.reply_to(query)
    return web.Response(body=reply, content_type="application/timestamp-reply")


async def _certificate(request: web.Request) -> web.Response:
    return web.Response(text=request.app[_DESK].authority.certificate, content_type="application/x-pem-file")


async def _script(request: web.Request) -> web.Response:
    try:
        body = await request.json()
        outcomes = list(body["outcomes"])
    except (ValueError, KeyError, TypeError):
        outcomes = [""]
    if not set(outcomes) <= set(OUTCOMES):
        return web.json_response({"error": f"outcomes are among {', '.join(OUTCOMES)}"}, status=422)
    desk = request.app[_DESK]
    desk.scripted = deque(outcomes)
    desk.given.clear()
    return web.json_response({"outcomes": outcomes})


async def _ledger(request: web.Request) -> web.Response:
    return web.json_response(dict(request.app[_DESK].given))
