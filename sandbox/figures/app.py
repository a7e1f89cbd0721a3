"""A live page of what the functions count: ``GET /figures``, read from the local AWS's log when somebody looks."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.figures.board import KEPT_SECONDS, Board, read_line

_PAGE = Path(__file__).with_name("page.html")
_PATTERN = '"CloudWatchMetrics"'


class LogReader:
    """Lines of figures, each read once."""

    def __init__(self, aws_endpoint_url: str) -> None:
        self._url = aws_endpoint_url
        self._board = Board()
        self._from = 0.0
        self._seen: set[str] = set()
        self.session: aiohttp.ClientSession | None = None

    async def look(self, now: float) -> list[dict[str, Any]]:
        """The charts as they are now."""
        since = max(self._from, now - KEPT_SECONDS)
        seen: set[str] = set()
        for group in await self._ask("DescribeLogGroups", {}, "logGroups"):
            wanted = {"logGroupName": group["logGroupName"], "startTime": int(since * 1000), "filterPattern": _PATTERN}
            for event in await self._ask("FilterLogEvents", wanted, "events"):
                name = f"{event.get('logStreamName')}#{event.get('eventId')}#{event['message']}"
                seen.add(name)
                if name not in self._seen:
                    self._board.add(read_line(event["message"], event["timestamp"] / 1000))
        # A line may come late by a moment: the last seconds are read again, and what was seen is passed over.
        self._seen |= seen
        self._from = now - 5
        return self._board.show(now)

    async def _ask(self, operation: str, wanted: dict[str, Any], member: str) -> list[dict[str, Any]]:
        assert self.session is not None
        headers = {"X-Amz-Target": f"Logs_20140328.{operation}", "Content-Type": "application/x-amz-json-1.1"}
        found: list[dict[str, Any]] = []
        token: str | None = None
        while True:
            body = json.dumps({**wanted, **({"nextToken": token} if token else {})})
            async with self.session.post(self._url, data=body, headers=headers) as response:
                answer = await response.json(content_type=None)
            found += answer.get(member, [])
            before, token = token, answer.get("nextToken")
            if not token or token == before:
                return found


_READER = web.AppKey("figures_reader", LogReader)


def add_figures(app: web.Application, aws_endpoint_url: str) -> None:
    """Add the page and ``GET /figures.json``, what it draws."""
    app[_READER] = LogReader(aws_endpoint_url)
    app.cleanup_ctx.append(_session)
    app.router.add_get("/figures", _page)
    app.router.add_get("/figures.json", _figures)


async def _session(app: web.Application) -> AsyncIterator[None]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        app[_READER].session = session
        yield


async def _page(_: web.Request) -> web.Response:
    return web.Response(text=_PAGE.read_text(encoding="utf-8"), content_type="text/html")


async def _figures(request: web.Request) -> web.Response:
    return web.json_response({"figures": await request.app[_READER].look(time.time())})
