"""Safra over HTTP: Basic authentication and one address for every transaction; the id in the envelope is the key."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import SAFRA
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.failures import failure_of_status
from lastro.vendors.banks.http import send
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.banks.safra import mapping
from lastro.vendors.banks.safra.errors import DONE, NOT_FOUND
from lastro.vendors.banks.safra.proposals import PROPOSALS
from lastro.vendors.kit.http import JSON_HEADERS, basic_credentials
from lastro.vendors.kit.json import write_json


class SafraBank:
    """The ``Bank`` port spoken as Safra does. ``url`` is the bank's base address, without a slash at its end."""

    def __init__(self, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = SAFRA.code
        self._url = f"{url}/ws/financiamento"
        self._headers = JSON_HEADERS | {
            "authorization": basic_credentials(credentials["username"], credentials["password"])
        }
        self._http = http

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        return mapping.pre_approved(await self._transact(mapping.pre_approval_body(request), acts=True))

    async def find_pre_approval(self, key: str) -> bool | None:
        body = await self._transact(mapping.pre_approval_search_body(key), acts=False)
        return mapping.pre_approval_found(body)

    async def price(self, request: OfferRequest) -> BankAnswer:
        body = await self._transact(mapping.price_body(request), acts=True)
        return checked_answer(mapping.answer(body), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        return mapping.found(await self._transact(mapping.search_body(key), acts=False))

    async def send_proposal(self, request: ProposalRequest) -> Word:
        return await self._put_proposal("PRP", request.key, proposal_body(PROPOSALS, request))

    async def find_proposal(self, key: str) -> Word | None:
        body = await self._transact(mapping.envelope("CPP", key, {}), acts=False)
        if BankBody(body).within("retorno").text("codigo") == NOT_FOUND:
            return None
        return _word(body)

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        return await self._put_proposal("DOC", key, document_body(PROPOSALS, document))

    async def cancel_proposal(self, key: str) -> Word:
        return await self._put_proposal("CAN", key, {})

    async def _put_proposal(self, operation: str, key: str, content: dict[str, object]) -> Word:
        return _word(await self._transact(mapping.envelope(operation, key, content), acts=True))

    async def _transact(self, body: object, *, acts: bool) -> object:
        request = self._http.build_request("POST", self._url, headers=self._headers, content=write_json(body))
        answer = await send(self._http, request, acts=acts)
        if not answer.is_success:
            raise failure_of_status(answer.status)
        return BankBody.parse(answer.body)


def _word(body: object) -> Word:
    result = BankBody(body).within("retorno")
    if result.text("codigo") != DONE:
        raise mapping.failure_of(result)
    return read_word(PROPOSALS, body)
