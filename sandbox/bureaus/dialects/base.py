"""What all dialects share: routes that end a troubled call in the dialect's own words, and exact JSON."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from decimal import Decimal

from aiohttp import web

from lastro.kernel.documents import InvalidDocument, parse_document
from lastro.vendors.kit.json import write_json
from sandbox.bureaus.desk import Answer, Ask, Desk, NoAnswer, Refused
from sandbox.bureaus.outcomes import Outcome

Handler = Callable[[web.Request], Awaitable[web.Response]]


def answer(body: object, status: int = 200) -> web.Response:
    """A JSON answer; decimals are numbers, digit for digit."""
    return web.Response(body=write_json(body), status=status, content_type="application/json")


def garbage() -> web.Response:
    """A page where data should be, as a proxy in between may put it."""
    return web.Response(text="<html><body>Service</body></html>", content_type="text/html")


def reais(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def bare_document(text: str) -> str | None:
    """The bare form of a CPF or CNPJ, ``None`` for anything else."""
    try:
        return parse_document(text).value
    except InvalidDocument:
        return None


class Dialect(ABC):
    """One provider's wire format in front of its desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @abstractmethod
    def routes(self) -> list[tuple[str, str, Handler]]:
        """Method, path under ``/bureaus/{provider}`` and handler of every operation."""

    @abstractmethod
    def complain(self, outcome: Outcome) -> web.Response:
        """A refusal in the dialect's words."""

    def mount(self, app: web.Application) -> None:
        for method, path, handler in self.routes():
            app.router.add_route(method, f"/{self.desk.facts.code}{path}", self._guarded(handler))

    async def inquire(self, request: web.Request, ask: Ask) -> Answer:
        """The desk's answer. Raises ``Refused`` or ``NoAnswer``."""

        def is_connected() -> bool:
            return request.transport is not None and not request.transport.is_closing()

        return await self.desk.inquire(ask, is_connected)

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.Response:
            try:
                return await handler(request)
            except Refused as refusal:
                return self.complain(refusal.outcome)
            except NoAnswer:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=503)

        return guarded


async def read_json_body(request: web.Request) -> dict[str, object]:
    """The request's JSON object. Raises ``Refused`` for anything else."""
    try:
        body: object = json.loads(await request.read())
    except (ValueError, RecursionError) as error:
        raise Refused(Outcome.BAD_REQUEST) from error
    if not isinstance(body, dict):
        raise Refused(Outcome.BAD_REQUEST)
    return body
