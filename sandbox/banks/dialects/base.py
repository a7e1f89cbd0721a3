"""What all dialects share: routes that end a troubled call in the dialect's own words, and exact JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from aiohttp import web

from lastro.banks.wire import write_json
from sandbox.banks.access import Tokens
from sandbox.banks.branch import Branch
from sandbox.banks.messages import Complaint, Decision, NoAnswer, PricingAsk, Trouble

Handler = Callable[[web.Request], Awaitable[web.Response]]

STATUSES = {
    Complaint.UNSTABLE: 503,
    Complaint.VALIDATION: 400,
    Complaint.UNAUTHENTICATED: 401,
    Complaint.FORBIDDEN: 403,
}


def answer(body: object, status: int = 200) -> web.Response:
    """A JSON answer; decimals are numbers, digit for digit."""
    return web.Response(body=write_json(body), status=status, content_type="application/json")


class Dialect(ABC):
    """One bank's wire format in front of its branch."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.tokens = Tokens()

    @abstractmethod
    def routes(self) -> list[tuple[str, str, Handler]]:
        """Method, path under ``/banks/{code}`` and handler of every operation."""

    @abstractmethod
    def complain(self, trouble: Trouble) -> web.Response:
        """An error in the dialect's words."""

    def mount(self, app: web.Application) -> None:
        for method, path, handler in self.routes():
            app.router.add_route(method, f"/banks/{self.branch.facts.code}{path}", self._guarded(handler))

    async def decide(self, request: web.Request, ask: PricingAsk) -> Decision:
        """The branch's decision. Raises ``Trouble`` or ``NoAnswer``."""

        def is_connected() -> bool:
            return request.transport is not None and not request.transport.is_closing()

        return await self.branch.price(ask, is_connected)

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.Response:
            try:
                return await handler(request)
            except Trouble as trouble:
                return self.complain(trouble)
            except NoAnswer:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=STATUSES[Complaint.UNSTABLE])

        return guarded
