"""PEFIN: a request is answered 200 with a transaction id and ends in a webhook; an exclusion is a DELETE by headers.

``PUT /bureaus/serasa/webhook`` with ``url``, ``user`` and ``password`` plays the registration of the endpoint; with
``token_url`` too, user and password are a client's, for whose tokens (RFC 6749, section 4.4) it is called. What the
endpoint does not take is told again a few times: PEFIN publishes no such rule, and a sender that gives up at once would
leave each fault of the receiver to a person.
"""

from __future__ import annotations

import json
from contextlib import suppress
from http import HTTPStatus

import aiohttp
from aiohttp import web

from lastro.vendors.kit.http import basic_credentials
from sandbox.banks.access import bearer_token
from sandbox.bureaus.desk import Refused
from sandbox.bureaus.dialects.base import Handler, answer, bare_document, read_json_body
from sandbox.bureaus.listings.desk import Asked, Entry, ListingDesk, Request
from sandbox.bureaus.outcomes import Outcome

_REPEATS_SECONDS = (0.5, 1, 2, 4, 8)
_REASONS = frozenset(str(number) for number in (*range(1, 26), *range(40, 46)))


class Pefin:
    """``listings`` holds the records; ``told`` counts the messages that went out, ``tokens`` those it asked for."""

    def __init__(self, listings: ListingDesk) -> None:
        self.listings = listings
        self.told = 0
        self.tokens = 0
        self._url = ""
        self._token_url = ""
        self._headers: dict[str, str] = {}
        self._client: dict[str, str] = {}

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/collection/debt/", self.include),
            ("POST", "/collection/debt/guarantor", self.include_guarantor),
            ("DELETE", "/collection/debt/cadus/{record}", self.exclude_record),
            ("DELETE", "/collection/debt/contract", self.exclude_contract),
            ("PUT", "/webhook", self.register),
        ]

    async def register(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        self._url, self._token_url = str(body["url"]), str(body.get("token_url") or "")
        user, password = body.get("user"), str(body.get("password", ""))
        self._client = {"client_id": str(user), "client_secret": password}
        basic = {"authorization": basic_credentials(str(user), password)} if user else {}
        self._headers = {} if self._token_url else basic
        return web.Response(status=204)

    async def include(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_json_body(request)
        debtor = _within(body, "debtor")
        return await self._act(request, self._asked(body, bare_document(str(debtor.get("documentNumber", "")))))

    async def include_guarantor(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_json_body(request)
        guarantor = _within(body, "guarantor")
        principal = bare_document(str(body.get("debtorDocument", "")))
        if principal is None or self.listings.find(principal, str(body.get("contractNumber", ""))) is None:
            raise Refused(Outcome.BAD_REQUEST)
        document = bare_document(str(guarantor.get("documentNumber", "")))
        return await self._act(request, self._asked(body, document, principal))

    async def exclude_record(self, request: web.Request) -> web.Response:
        entry = self.listings.by_number(request.match_info["record"])
        return await self._exclude(request, entry.inclusion.asked.contract if entry else "")

    async def exclude_contract(self, request: web.Request) -> web.Response:
        return await self._exclude(request, request.headers.get("contract-number", ""))

    async def _exclude(self, request: web.Request, contract: str) -> web.Response:
        self._admit(request)
        document = bare_document(request.headers.get("debtor-document", ""))
        creditor = bare_document(request.headers.get("creditor-document", ""))
        reason = request.headers.get("reason", "")
        has_body = bool(await request.read())
        if document is None or creditor is None or has_body or request.headers.get("type") != "PEFIN":
            raise Refused(Outcome.BAD_REQUEST)
        if reason not in _REASONS:
            raise Refused(Outcome.BAD_REQUEST)
        return await self._act(request, Asked(True, document, creditor, contract, reason))

    async def _act(self, http: web.Request, asked: Asked) -> web.Response:
        done = await self.listings.act(http, asked, self._tell)
        return answer({"transactionId": done.reference})

    def _asked(self, body: dict[str, object], document: str | None, principal: str = "") -> Asked:
        creditor = bare_document(str(_within(body, "creditor").get("documentNumber", "")))
        contract, value = body.get("contractNumber"), body.get("value")
        fits = isinstance(contract, str) and 0 < len(contract) <= 20
        if document is None or creditor is None or not fits or body.get("debtType") != "PEFIN":
            raise Refused(Outcome.BAD_REQUEST)
        if not isinstance(value, int | float) or value < 10:
            raise Refused(Outcome.BAD_REQUEST)
        return Asked(
            False,
            document,
            creditor,
            str(contract),
            str(body.get("categoryId", "")),
            str(value),
            str(body.get("dueDate", "")),
            principal=principal,
        )

    def _admit(self, request: web.Request) -> None:
        if not self.listings.desk.admits(bearer_token(request.headers.get("Authorization"))):
            raise Refused(Outcome.UNAUTHORIZED)

    async def _tell(self, request: Request, entry: Entry | None) -> None:
        if not self._url:
            return
        self.told += 1
        body = _excluded(request, entry) if request.asked.removes else _included(request, entry)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            for seconds in (*_REPEATS_SECONDS, None):
                with suppress(aiohttp.ClientError, TimeoutError):
                    if self._token_url and not self._headers:
                        await self._ask_for_token(http)
                    async with http.post(self._url, json=body, headers=self._headers) as taken:
                        if taken.ok:
                            return
                        if self._token_url and taken.status == HTTPStatus.UNAUTHORIZED:
                            self._headers = {}  # it ran out: another one is asked for
                if seconds is None or self.listings.desk.is_closing:
                    return
                await self.listings.desk.pause(seconds)

    async def _ask_for_token(self, http: aiohttp.ClientSession) -> None:
        """A token for the client, kept until the endpoint takes it no longer; ``ClientError`` where there is none."""
        form = {"grant_type": "client_credentials", **self._client}
        async with http.post(self._token_url, data=form, raise_for_status=True) as given:
            token = (await given.json())["access_token"]
        self.tokens += 1
        self._headers = {"authorization": f"Bearer {token}"}


def _included(request: Request, entry: Entry | None) -> dict[str, object]:
    asked = request.asked
    return {
        "uuid": request.reference,
        "debtorDocument": asked.document,
        "creditorDocument": asked.creditor,
        "requester": None,
        "contract": asked.contract,
        "debtValue": asked.amount,
        "debtDate": asked.due_on,
        "cadusKey": entry.number if entry else None,
        "cadusSerie": "A",
        "debtType": "PEFIN",
        "categoryId": asked.code,
        "error": {"message": "Inclusão recusada", "statusCode": int(request.refusal)} if request.refusal else None,
    }


def _excluded(request: Request, entry: Entry | None) -> dict[str, object]:
    asked = request.asked
    return {
        "uuid": request.reference,
        "requester": None,
        "creditor": {"documentNumber": asked.creditor, "documentType": "CNPJ"},
        "debtor": {"documentNumber": asked.document, "documentType": "CPF" if len(asked.document) == 11 else "CNPJ"},
        "cadusKey": entry.number if entry else None,
        "cadusSerie": "A",
        "contractNumber": asked.contract,
        "writeOff": {"reason": asked.code},
        "error": {"statusCode": request.refusal, "message": "Exclusão recusada"} if request.refusal else None,
    }


def _within(body: dict[str, object], name: str) -> dict[str, object]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refused(Outcome.BAD_REQUEST)
    return value
