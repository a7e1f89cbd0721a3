"""The standard dialect over HTTP: an API key in ``Authorization``, the idempotency key in a header of that name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import BankFacts
from lastro.kernel.observing.tracing import trace_header
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import accepted
from lastro.vendors.banks.http import send
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.banks.standard import mapping
from lastro.vendors.banks.standard.errors import ERRORS
from lastro.vendors.banks.standard.proposals import PROPOSALS
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS
from lastro.vendors.kit.json import write_json

Meaning = TypeVar("Meaning")


class StandardBank:
    """The ``Bank`` port for one of the banks that return no advice. ``url`` has no slash at its end."""

    def __init__(self, facts: BankFacts, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = facts.code
        self._facts = facts
        self._url = f"{url}/v1"
        self._credentials = credentials
        self._http = http

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        made = await self._call("POST", "/pre_approvals", request.key, mapping.pre_approval_body(request))
        return mapping.pre_approved(accepted(made, ERRORS))

    async def find_pre_approval(self, key: str) -> bool | None:
        return await self._find("/pre_approvals", key, mapping.pre_approved)

    async def price(self, request: OfferRequest) -> BankAnswer:
        made = await self._call("POST", "/quotes", request.key, mapping.price_body(request))
        return checked_answer(self._answer(accepted(made, ERRORS)), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        return await self._find("/quotes", key, self._answer)

    async def send_proposal(self, request: ProposalRequest) -> Word:
        made = await self._call("POST", "/proposals", request.key, proposal_body(PROPOSALS, request))
        return _word(accepted(made, ERRORS))

    async def find_proposal(self, key: str) -> Word | None:
        return await self._find("/proposals", key, _word)

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        path = f"/proposals/{quote(key, safe='')}/documents"
        made = await self._call("POST", path, document.key, document_body(PROPOSALS, document))
        return _word(accepted(made, ERRORS))

    async def cancel_proposal(self, key: str) -> Word:
        made = await self._call("POST", f"/proposals/{quote(key, safe='')}/cancellation", key, {})
        return _word(accepted(made, ERRORS))

    def _answer(self, body: object) -> BankAnswer:
        return mapping.answer(self._facts, body)

    async def _find(self, path: str, key: str, read: Callable[[object], Meaning]) -> Meaning | None:
        found = await self._call("GET", f"{path}/{quote(key, safe='')}", key)
        return None if found.status == HTTPStatus.NOT_FOUND else read(accepted(found, ERRORS))

    async def _call(self, method: str, path: str, key: str, body: object = None) -> Answer:
        headers = JSON_HEADERS | {
            "authorization": f"ApiKey {self._credentials['api_key']}",
            "idempotency-key": key,
            **trace_header(),
        }
        content = None if body is None else write_json(body)
        request = self._http.build_request(method, self._url + path, headers=headers, content=content)
        return await send(self._http, request, acts=method == "POST")


def _word(body: object) -> Word:
    return read_word(PROPOSALS, body)
