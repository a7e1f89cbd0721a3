"""What all dialects share: routes that end a troubled call in the dialect's own words, and exact JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar

from aiohttp import web

from lastro.kernel.banks import required_lead_fields
from lastro.vendors.kit.json import write_json
from sandbox.banks.access import Tokens
from sandbox.banks.branch import Branch
from sandbox.banks.messages import Complaint, Decision, NoAnswer, PricingAsk, Trouble
from sandbox.banks.proposals.desk import Desk, Said
from sandbox.banks.proposals.window import Window
from sandbox.banks.proposals.wordings import Wording
from sandbox.banks.reading import Message

Handler = Callable[[web.Request], Awaitable[web.Response]]

_CPF_DIGITS = 11

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

    applicant: ClassVar[Mapping[str, str]]
    """Where the dialect carries each field of a lead that some bank asks for."""

    wording: ClassVar[Wording]
    """How it writes proposals."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.tokens = Tokens()
        self.window = Window(
            Desk(branch.facts.code, branch.closing, self._spell, branch.longest_silence), self.wording, self.envelope
        )
        self._asked = {company: self._paths(company) for company in (False, True)}

    @abstractmethod
    def routes(self) -> list[tuple[str, str, Handler]]:
        """Method, path under ``/banks/{code}`` and handler of every operation."""

    @abstractmethod
    def complain(self, trouble: Trouble) -> web.Response:
        """An error in the dialect's words."""

    def envelope(self, body: dict[str, object]) -> object:
        """A proposal as an answer holds it."""
        return body

    def _spell(self, said: Said) -> bytes:
        return write_json(self.envelope(self.wording.write(said)))

    def mount(self, app: web.Application) -> None:
        for method, path, handler in self.routes():
            app.router.add_route(method, f"/banks/{self.branch.facts.code}{path}", self._guarded(handler))

    def missing(self, body: Message, bare_document: str) -> tuple[str, ...]:
        """What this bank's list asks the applicant for and the message does not hold."""
        asked = self._asked[len(bare_document) != _CPF_DIGITS]
        return tuple(path for path in asked if not body.has(path))

    def _paths(self, company: bool) -> tuple[str, ...]:
        required = required_lead_fields(company=company)
        return tuple(self.applicant[name] for name, codes in required.items() if self.branch.facts.code in codes)

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
