"""The sandbox server: the sandbox banks and bureaus, and a button for every schedule.

python -m sandbox.cloud.server --port 3001 --aws-endpoint-url http://127.0.0.1:4566
"""

import argparse
import asyncio
import re
import signal
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from http import HTTPStatus

import aiohttp
import uvloop
from aiohttp import web

from sandbox.banks import create_app
from sandbox.bureaus import add_bureaus
from sandbox.callbacks.app import add_callbacks
from sandbox.cloud.aws.gateway import serving
from sandbox.cloud.aws.local_aws import invoke
from sandbox.cloud.aws.request_log import add_request_log
from sandbox.cloud.settings import REGION, STACK
from sandbox.figures.app import add_figures
from sandbox.payouts.app import add_payouts
from sandbox.spoils import add_spoils
from sandbox.timestamps.app import add_timestamps

_OPERATION = re.compile(r"[a-z][a-z0-9_]{0,60}")
_SESSION = web.AppKey("schedules_session", aiohttp.ClientSession)
_AWS = web.AppKey("schedules_aws", str)


def add_schedules(app: web.Application, aws_endpoint_url: str) -> None:
    """Add `POST /schedules/{operation}/run`, which invokes a scheduled function now and waits for it."""
    app[_AWS] = aws_endpoint_url
    app.cleanup_ctx.append(_session)
    app.router.add_post("/schedules/{operation}/run", run_schedule)


async def _session(app: web.Application) -> AsyncIterator[None]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=900)) as session:
        app[_SESSION] = session
        yield


async def run_schedule(request: web.Request) -> web.Response:
    """Invoke `lastro-{operation}` with the event EventBridge would send; the body may name a business date."""
    operation = request.match_info["operation"]
    if not _OPERATION.fullmatch(operation):
        return _unknown(operation)
    try:
        detail = await _detail(request)
    except ValueError as error:
        return web.json_response({"operation": operation, "error": str(error)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    invocation = await invoke(
        request.app[_SESSION], request.app[_AWS], f"{STACK}-{operation}", _event(operation, detail)
    )
    if not invocation.found:
        return _unknown(operation)
    if invocation.failed:
        return web.json_response({"operation": operation, "error": invocation.payload}, status=HTTPStatus.BAD_GATEWAY)
    return web.json_response({"operation": operation, "result": invocation.payload})


def _unknown(operation: str) -> web.Response:
    return web.json_response({"operation": operation, "error": "unknown operation"}, status=HTTPStatus.NOT_FOUND)


async def _detail(request: web.Request) -> dict[str, str]:
    """The event's detail: empty, or the business date. ValueError when the body is anything else."""
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict) or set(body) - {"business_date"}:
        raise ValueError("the body may hold business_date and nothing else")
    if "business_date" not in body:
        return {}
    return {"business_date": date.fromisoformat(str(body["business_date"])).isoformat()}


def _event(operation: str, detail: dict[str, str]) -> dict[str, object]:
    account = "000000000000"
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": account,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{account}:rule/{STACK}-{operation}"],
        "detail": detail,
    }


async def serve(port: int, aws_endpoint_url: str, *, request_log: bool = False) -> None:
    """Serve until SIGTERM or SIGINT."""
    app = create_app()
    add_spoils(app)
    add_bureaus(app)
    add_schedules(app, aws_endpoint_url)
    add_callbacks(app)
    add_payouts(app)
    add_timestamps(app)
    add_figures(app, aws_endpoint_url)
    if request_log:
        add_request_log(app, aws_endpoint_url)
    app.router.add_get("/health", _health)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with serving(app, port):
        await stopped.wait()


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox.cloud.server")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--aws-endpoint-url", required=True)
    parser.add_argument("--request-log", action="store_true")
    arguments = parser.parse_args()
    uvloop.run(serve(arguments.port, arguments.aws_endpoint_url, request_log=arguments.request_log))


if __name__ == "__main__":
    main()
