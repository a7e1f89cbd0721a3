"""Santander over HTTP: OAuth 2 with Basic client authentication, an application key, the request id in the body."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import SANTANDER
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody, accepted
from lastro.vendors.banks.failures import rejected_credentials
from lastro.vendors.banks.http import send
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.banks.santander import mapping
from lastro.vendors.banks.santander.errors import ERRORS
from lastro.vendors.banks.santander.proposals import PROPOSALS
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS, basic_credentials
from lastro.vendors.kit.json import write_json
from lastro.vendors.kit.tokens import Token, TokenCache, call_with_token, read_token


class SantanderBank:
    """The ``Bank`` port spoken as Santander does. ``url`` is the bank's base address, without a slash at its end."""

    def __init__(self, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = SANTANDER.code
        self._url = url
        self._credentials = credentials
        self._http = http
        self._tokens = TokenCache(self._login)

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        made = await self._call("POST", "/auto/v2/eligibility", content=mapping.pre_approval_body(request))
        return mapping.pre_approved(accepted(made, ERRORS))

    async def find_pre_approval(self, key: str) -> bool | None:
        found = await self._call("GET", "/auto/v2/eligibility", params={"requestId": key})
        return None if found.status == HTTPStatus.NOT_FOUND else mapping.pre_approved(accepted(found, ERRORS))

    async def price(self, request: OfferRequest) -> BankAnswer:
        made = await self._call("POST", "/auto/v2/quotes", content=mapping.price_body(request))
        return checked_answer(_answer(made), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        found = await self._call("GET", "/auto/v2/quotes", params={"requestId": key})
        return None if found.status == HTTPStatus.NOT_FOUND else _answer(found)

    async def send_proposal(self, request: ProposalRequest) -> Word:
        return await self._put_proposal("", request.key, proposal_body(PROPOSALS, request))

    async def find_proposal(self, key: str) -> Word | None:
        found = await self._call("GET", "/auto/v2/proposals", params={"requestId": key})
        return None if found.status == HTTPStatus.NOT_FOUND else read_word(PROPOSALS, accepted(found, ERRORS))

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        return await self._put_proposal("/documents", key, document_body(PROPOSALS, document))

    async def cancel_proposal(self, key: str) -> Word:
        return await self._put_proposal("/cancellation", key, {})

    async def _put_proposal(self, path: str, key: str, body: Mapping[str, object]) -> Word:
        made = await self._call("POST", f"/auto/v2/proposals{path}", content={"requestId": key, **body})
        return read_word(PROPOSALS, accepted(made, ERRORS))

    async def _call(
        self, method: str, path: str, *, params: dict[str, str] | None = None, content: object = None
    ) -> Answer:
        async def call(token: str) -> Answer:
            request = self._http.build_request(
                method,
                self._url + path,
                params=params,
                headers=JSON_HEADERS
                | {"authorization": f"Bearer {token}", "x-application-key": self._credentials["application_key"]},
                content=None if content is None else write_json(content),
            )
            return await send(self._http, request, acts=method == "POST")

        return await call_with_token(self._tokens, call)

    async def _login(self) -> Token:
        request = self._http.build_request(
            "POST",
            f"{self._url}/auth/oauth/v2/token",
            headers={
                "authorization": basic_credentials(self._credentials["client_id"], self._credentials["client_secret"])
            },
            data={"grant_type": "client_credentials", "scope": "auto.quotes"},
        )
        login = await send(self._http, request, acts=False)
        if login.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            raise rejected_credentials("Santander refused the client id or its secret")
        return read_token(BankBody(accepted(login, ERRORS), "token"), value="access_token", lifetime="expires_in")


def _answer(quote: Answer) -> BankAnswer:
    """A quote, or a 422 that declines one."""
    if quote.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        body = BankBody.parse_or_none(quote.body)
        reason = mapping.refusal_reason(body)
        if reason is not None:
            return mapping.refusal(body, reason)
    return mapping.answer(accepted(quote, ERRORS))
