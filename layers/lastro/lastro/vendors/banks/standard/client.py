"""The standard dialect over HTTP: an API key in ``Authorization``, the idempotency key in a header of that name."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

import httpx

from lastro.kernel.banks import BankFacts
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.http import send
from lastro.vendors.banks.standard import mapping
from lastro.vendors.banks.standard.errors import failure_of
from lastro.vendors.banks.wire import read_json, read_json_or_none, write_json
from lastro.vendors.kit.http import JSON_HEADERS
from lastro.vendors.kit.send import Answer


class StandardBank:
    """The ``Bank`` port for one of the banks that return no advice. ``url`` has no slash at its end."""

    def __init__(self, facts: BankFacts, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = facts.code
        self._facts = facts
        self._url = f"{url}/v1"
        self._credentials = credentials
        self._http = http

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        response = await self._call("POST", "/pre_approvals", request.key, mapping.pre_approval_body(request))
        return mapping.pre_approved(read_json(_accepted(response)))

    async def find_pre_approval(self, key: str) -> bool | None:
        response = await self._find("/pre_approvals", key)
        return None if response is None else mapping.pre_approved(read_json(response))

    async def price(self, request: OfferRequest) -> BankAnswer:
        response = await self._call("POST", "/quotes", request.key, mapping.price_body(request))
        return checked_answer(mapping.answer(self._facts, read_json(_accepted(response))), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        response = await self._find("/quotes", key)
        return None if response is None else mapping.answer(self._facts, read_json(response))

    async def _find(self, path: str, key: str) -> Answer | None:
        response = await self._call("GET", f"{path}/{quote(key, safe='')}", key)
        return None if response.status == HTTPStatus.NOT_FOUND else _accepted(response)

    async def _call(self, method: str, path: str, key: str, body: object = None) -> Answer:
        headers = JSON_HEADERS | {
            "authorization": f"ApiKey {self._credentials['api_key']}",
            "idempotency-key": key,
        }
        content = None if body is None else write_json(body)
        request = self._http.build_request(method, self._url + path, headers=headers, content=content)
        return await send(self._http, request, acts=method == "POST")


def _accepted(response: Answer) -> Answer:
    if response.is_success:
        return response
    raise failure_of(response.status, read_json_or_none(response))
