"""BV over HTTP: a client id and an API key in headers, the correlation id of each call as its idempotency key."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import BV
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody, accepted
from lastro.vendors.banks.bv import mapping
from lastro.vendors.banks.bv.errors import ERRORS
from lastro.vendors.banks.bv.proposals import PROPOSALS
from lastro.vendors.banks.http import send
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.kit.http import JSON_HEADERS
from lastro.vendors.kit.json import write_json


class BvBank:
    """The ``Bank`` port spoken as BV does. ``url`` is the bank's base address, without a slash at its end."""

    def __init__(self, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = BV.code
        self._url = f"{url}/v1"
        self._credentials = credentials
        self._http = http

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        body = mapping.pre_approval_body(request)
        return mapping.pre_approved(await self._post("/pre-analysis", request.key, body, acts=True))

    async def find_pre_approval(self, key: str) -> bool | None:
        body = await self._post("/pre-analysis/search", key, mapping.search_body(key), acts=False)
        return mapping.pre_approval_found(body)

    async def price(self, request: OfferRequest) -> BankAnswer:
        body = await self._post("/pricing-online", request.key, mapping.price_body(request), acts=True)
        return checked_answer(mapping.answer(body), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        return mapping.found(await self._post("/pricing-online/search", key, mapping.search_body(key), acts=False))

    async def send_proposal(self, request: ProposalRequest) -> Word:
        body = proposal_body(PROPOSALS, request)
        return read_word(PROPOSALS, await self._post("/proposals", request.key, body, acts=True))

    async def find_proposal(self, key: str) -> Word | None:
        body = await self._post("/proposals/search", key, mapping.search_body(key), acts=False)
        items = BankBody(body).items("items")
        return read_word(PROPOSALS, items[0]) if items else None

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        body = mapping.search_body(key) | document_body(PROPOSALS, document)
        return read_word(PROPOSALS, await self._post("/proposals/documents", document.key, body, acts=True))

    async def cancel_proposal(self, key: str) -> Word:
        body = await self._post("/proposals/cancel", key, mapping.search_body(key), acts=True)
        return read_word(PROPOSALS, body)

    async def _post(self, path: str, key: str, body: object, *, acts: bool) -> object:
        headers = JSON_HEADERS | {
            "x-client-id": self._credentials["client_id"],
            "x-api-key": self._credentials["api_key"],
            "x-correlation-id": key,
        }
        request = self._http.build_request("POST", self._url + path, headers=headers, content=write_json(body))
        return accepted(await send(self._http, request, acts=acts), ERRORS)
