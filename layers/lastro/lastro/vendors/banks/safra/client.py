"""Safra over HTTP: Basic authentication and one address for every transaction; the id in the envelope is the key."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from lastro.kernel.banks import SAFRA
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.failures import failure_of_status
from lastro.vendors.banks.http import send
from lastro.vendors.banks.safra import mapping
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

    async def _transact(self, body: object, *, acts: bool) -> object:
        request = self._http.build_request("POST", self._url, headers=self._headers, content=write_json(body))
        answer = await send(self._http, request, acts=acts)
        if not answer.is_success:
            raise failure_of_status(answer.status)
        return BankBody.parse(answer.body)
