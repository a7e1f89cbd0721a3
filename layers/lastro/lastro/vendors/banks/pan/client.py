"""PAN over HTTP: an API key on every call, and a token that a user name and password buy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx

from lastro.financing.ports import ProposalDocument, ProposalRequest, Word
from lastro.kernel.banks import PAN
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.vendors.banks.answers import checked_answer
from lastro.vendors.banks.bodies import BankBody, accepted
from lastro.vendors.banks.failures import rejected_credentials
from lastro.vendors.banks.http import send
from lastro.vendors.banks.pan import mapping
from lastro.vendors.banks.pan.errors import ERRORS
from lastro.vendors.banks.pan.proposals import PROPOSALS
from lastro.vendors.banks.proposals import document_body, proposal_body, read_word
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS, basic_credentials
from lastro.vendors.kit.json import write_json
from lastro.vendors.kit.tokens import Token, TokenCache, call_with_token, read_token

Meaning = TypeVar("Meaning")


class PanBank:
    """The ``Bank`` port spoken as PAN does. ``url`` is the bank's base address, without a slash at its end."""

    def __init__(self, *, url: str, credentials: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.code = PAN.code
        self._products = f"{url}/veiculos/v1"
        self._token_url = f"{url}/openapi/tokens"
        self._credentials = credentials
        self._http = http
        self._tokens = TokenCache(self._login)

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        made = await self._call("POST", "/preanalise", request.key, mapping.pre_approval_body(request))
        return mapping.pre_approved(accepted(made, ERRORS))

    async def find_pre_approval(self, key: str) -> bool | None:
        return await self._find("/preanalise", key, mapping.pre_approved)

    async def price(self, request: OfferRequest) -> BankAnswer:
        made = await self._call("POST", "/simulacao", request.key, mapping.price_body(request))
        return checked_answer(mapping.answer(accepted(made, ERRORS)), request)

    async def find_offer(self, key: str) -> BankAnswer | None:
        return await self._find("/simulacao", key, mapping.answer)

    async def send_proposal(self, request: ProposalRequest) -> Word:
        made = await self._call("POST", "/proposta", request.key, proposal_body(PROPOSALS, request))
        return _word(accepted(made, ERRORS))

    async def find_proposal(self, key: str) -> Word | None:
        return await self._find("/proposta", key, _word)

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        path = f"/proposta/{quote(key, safe='')}/documento"
        made = await self._call("POST", path, document.key, document_body(PROPOSALS, document))
        return _word(accepted(made, ERRORS))

    async def cancel_proposal(self, key: str) -> Word:
        made = await self._call("POST", f"/proposta/{quote(key, safe='')}/cancelamento", key, {})
        return _word(accepted(made, ERRORS))

    async def _find(self, path: str, key: str, read: Callable[[object], Meaning]) -> Meaning | None:
        found = await self._call("GET", f"{path}/{quote(key, safe='')}", key)
        return None if found.status == HTTPStatus.NOT_FOUND else read(accepted(found, ERRORS))

    async def _call(self, method: str, path: str, key: str, body: object = None) -> Answer:
        async def call(token: str) -> Answer:
            request = self._http.build_request(
                method,
                self._products + path,
                headers=JSON_HEADERS
                | {
                    "authorization": f"Bearer {token}",
                    "apikey": self._credentials["api_key"],
                    "chave-idempotencia": key,
                },
                content=None if body is None else write_json(body),
            )
            return await send(self._http, request, acts=method == "POST")

        return await call_with_token(self._tokens, call)

    async def _login(self) -> Token:
        request = self._http.build_request(
            "POST",
            self._token_url,
            headers=JSON_HEADERS
            | {
                "authorization": basic_credentials(self._credentials["username"], self._credentials["password"]),
                "apikey": self._credentials["api_key"],
            },
            content=write_json({"grant_type": "client_credentials"}),
        )
        login = await send(self._http, request, acts=False)
        if login.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            raise rejected_credentials("PAN refused the API key, the user name or the password")
        return read_token(BankBody(accepted(login, ERRORS), "token"), value="token", lifetime="expiraEm")


def _word(body: object) -> Word:
    return read_word(PROPOSALS, body)
