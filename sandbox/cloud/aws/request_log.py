"""Hands what functions say of partners' requests over in batches, as CloudWatch Logs does.

The local AWS would invoke ``record_requests`` for each line at once, which costs more than the requests themselves.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.cloud.aws.local_aws import ask_logs, invoke
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.settings import STACK

MARK = '"partner_request"'
_PAUSE_SECONDS = 1.0
_OVERLAP_SECONDS = 5.0
"""Lines may come late by a moment: these are read again, and what was handed over is passed over."""


def add_request_log(app: web.Application, aws_endpoint_url: str) -> None:
    """Relay lines while the application is served."""

    async def relaying(_: web.Application) -> AsyncIterator[None]:
        relay = asyncio.create_task(_relay(aws_endpoint_url))
        yield
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)

    app.cleanup_ctx.append(relaying)


async def _relay(aws_endpoint_url: str) -> None:
    since, known = time.time(), frozenset[str]()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        while True:
            await asyncio.sleep(_PAUSE_SECONDS)
            now = time.time()
            try:
                found = await _read(session, aws_endpoint_url, since)
                fresh = {name: event for name, event in found.items() if name not in known}
                if fresh:
                    await invoke(session, aws_endpoint_url, f"{STACK}-record_requests", batch(list(fresh.values())))
            except (aiohttp.ClientError, TimeoutError, CloudFailure):
                continue  # not up yet, or on its way down: the same lines are read again
            since, known = now - _OVERLAP_SECONDS, frozenset(found)


async def _read(session: aiohttp.ClientSession, aws_endpoint_url: str, since: float) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for group in (await ask_logs(session, aws_endpoint_url, "DescribeLogGroups", {})).get("logGroups", []):
        wanted = {"logGroupName": group["logGroupName"], "filterPattern": MARK, "startTime": int(since * 1000)}
        answer = await ask_logs(session, aws_endpoint_url, "FilterLogEvents", wanted)
        found |= {f"{each.get('logStreamName')}#{each['message']}": each for each in answer.get("events", [])}
    return found


def batch(events: list[dict[str, Any]]) -> dict[str, Any]:
    """The event of a subscription, as CloudWatch Logs sends it to a function."""
    told = [{"id": str(place), "timestamp": e["timestamp"], "message": e["message"]} for place, e in enumerate(events)]
    data = json.dumps({"messageType": "DATA_MESSAGE", "logEvents": told}).encode()
    return {"awslogs": {"data": base64.b64encode(gzip.compress(data)).decode()}}
