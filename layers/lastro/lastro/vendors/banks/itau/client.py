"""Itaú over HTTP: OAuth 2 client credentials, and the idempotency key in a header of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import ITAU
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody, accepted
from lastro.vendors.banks.failures import rejected_credentials
from lastro.vendors.banks.http import send
from lastro.vendors.banks.itau import mapping
from lastro.vendors.banks.itau.errors import ERRORS
from lastro.vendors.banks.itau.proposals import PROPOSALS
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS
from lastro.vendors.kit.json import write_json
from lastro.vendors.kit.tokens import Token, TokenCache, call_with_token, read_token

Meaning = TypeVar("Meaning")


class ItauBank:
    """The ``Bank`` port spoken as Itaú does. ``url`` is the bank's base address, without a slash at its end."""

    def __init__(self, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = ITAU.code
        self._products = f"{url}/financiamento-veiculos/v1"
        self._token_url = f"{url}/oauth/token"
        self._credentials = credentials
        self._http = http
        self._tokens = TokenCache(self._login)

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        return mapping.pre_approved(await self._post("/pre-analises", request.key, mapping.pre_approval_body(request)))

    async def find_pre_approval(self, key: str) -> bool | None:
        return await self._find("/pre-analises", key, mapping.pre_approved)

    async def price(self, request: OfferRequest) -> BankAnswer:
        body = await self._post("/simulacoes", request.key, mapping.price_body(request))
        return checked_answer(mapping.answer(body), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        return await self._find("/simulacoes", key, mapping.answer)

    async def send_proposal(self, request: ProposalRequest) -> Word:
        return _word(await self._post("/propostas", request.key, proposal_body(PROPOSALS, request)))

    async def find_proposal(self, key: str) -> Word | None:
        return await self._find("/propostas", key, _word)

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        path = f"/propostas/{quote(key, safe='')}/documentos"
        return _word(await self._post(path, document.key, document_body(PROPOSALS, document)))

    async def cancel_proposal(self, key: str) -> Word:
        return _word(await self._post(f"/propostas/{quote(key, safe='')}/cancelamento", key, {}))

    async def _find(self, path: str, key: str, read: Callable[[object], Meaning]) -> Meaning | None:
        found = await self._call("GET", f"{path}/{quote(key, safe='')}", key)
        return None if found.status == HTTPStatus.NOT_FOUND else read(accepted(found, ERRORS))

    async def _post(self, path: str, key: str, body: object) -> object:
        return accepted(await self._call("POST", path, key, write_json(body)), ERRORS)

    async def _call(self, method: str, path: str, key: str, content: bytes | None = None) -> Answer:
        async def call(token: str) -> Answer:
            headers = JSON_HEADERS | {
                "authorization": f"Bearer {token}",
                "x-itau-apikey": self._credentials["client_id"],
                "x-itau-idempotencyid": key,
            }
            request = self._http.build_request(method, self._products + path, headers=headers, content=content)
            return await send(self._http, request, acts=method == "POST")

        return await call_with_token(self._tokens, call)

    async def _login(self) -> Token:
        form = {"grant_type": "client_credentials"} | dict(self._credentials)
        login = await send(self._http, self._http.build_request("POST", self._token_url, data=form), acts=False)
        if login.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            raise rejected_credentials("Itaú refused the client id or its secret")
        return read_token(BankBody(accepted(login, ERRORS), "token"), value="access_token", lifetime="expires_in")


def _word(body: object) -> Word:
    return read_word(PROPOSALS, body)
