"""PEFIN over HTTP (docs/sources.md, bureaus): a request is received under a transaction id, its end comes by webhook.

One debt a request. An exclusion has no body: everything travels in headers. What was received cannot be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import quote

import httpx

from lastro.bureaus.providers.environment import Route
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import Document
from lastro.negativations.listings.subject import Address, Listed
from lastro.negativations.ports import Exclusion, Inclusion, Standing, Token, Word
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.failures import Failure, failure_of, rejected_credentials, understood, unsupported
from lastro.vendors.bureaus.http import raw_of, send
from lastro.vendors.bureaus.serasa.errors import LISTING, PAUSE_SECONDS
from lastro.vendors.kit.amounts import write_decimal
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS
from lastro.vendors.kit.json import present, write_json
from lastro.vendors.kit.tables import Row

_DEBT = "/collection/debt/"
_GUARANTOR = "/collection/debt/guarantor"
_BY_RECORD = "/collection/debt/cadus/"
_BY_CONTRACT = "/collection/debt/contract"
_TYPE = "PEFIN"
_LONGEST_LINE = 70
_LONGEST_PART = 20


class SerasaListings:
    """The ``ListingBureau`` port spoken as PEFIN is."""

    def __init__(self, *, route: Route, http: httpx.AsyncClient) -> None:
        self._route = route
        self._http = http

    async def include(self, inclusion: Inclusion, token: Token | None) -> Word:
        if inclusion.principal is None:
            return await self._call("POST", _DEBT, {}, token, write_json(debt_body(inclusion)))
        content = write_json(guarantor_body(inclusion, inclusion.principal))
        return await self._call("POST", _GUARANTOR, {}, token, content)

    async def remove(self, exclusion: Exclusion, token: Token | None) -> Word:
        headers = {
            "creditor-document": exclusion.creditor.value,
            "debtor-document": exclusion.person.value,
            "reason": str(int(exclusion.reason)),
            "type": _TYPE,
        }
        if exclusion.record:
            return await self._call("DELETE", _BY_RECORD + quote(exclusion.record, safe=""), headers, token)
        return await self._call("DELETE", _BY_CONTRACT, headers | {"contract-number": exclusion.debt.contract}, token)

    async def find(self, *_: object) -> NoReturn:
        raise unsupported("look-up of a request")

    async def follow(self, *_: object) -> NoReturn:
        raise unsupported("list of records")

    async def _call(
        self, method: str, path: str, headers: dict[str, str], token: Token | None, content: bytes | None = None
    ) -> Word:
        if token is None:
            raise rejected_credentials()
        request = self._http.build_request(
            method,
            self._route.base_url + path,
            headers={**(JSON_HEADERS if content else {}), **headers, "authorization": f"Bearer {token.value}"},
            content=content,
        )
        response = await send(self._http, request, self._route, acts=True)
        if not response.is_success:
            raise _failure(response, LISTING)
        raw = raw_of(response)
        receipt = understood(raw, lambda: BureauBody(BureauBody.parse(raw.body)).identifier("transactionId"))
        return Word(Standing.RECEIVED, receipt)


def debt_body(inclusion: Inclusion) -> dict[str, object]:
    """A debtor's debt. The contract allows no longer texts: what has another meaning when cut is refused before."""
    person = inclusion.person
    return {
        "value": write_decimal(inclusion.debt.amount),
        "dueDate": inclusion.debt.due_on.isoformat(),
        "categoryId": inclusion.debt.nature,
        "debtor": {
            "documentNumber": person.document.value,
            "name": person.name,
            "address": _address(person.address),
        },
        "creditor": {"documentNumber": inclusion.creditor.value},
        "contractNumber": inclusion.debt.contract,
        "debtType": _TYPE,
    }


def guarantor_body(inclusion: Inclusion, principal: Document) -> dict[str, object]:
    """Who answers for a debt that is listed already, under the same contract."""
    person: Listed = inclusion.person
    return {
        "categoryId": inclusion.debt.nature,
        "value": write_decimal(inclusion.debt.amount),
        "dueDate": inclusion.debt.due_on.isoformat(),
        "debtorDocument": principal.value,
        "contractNumber": inclusion.debt.contract,
        "guarantor": {
            "documentNumber": person.document.value,
            "name": person.name,
            "address": _address(person.address) | {"number": person.address.number},
        },
        "creditor": {"documentNumber": inclusion.creditor.value},
        "debtType": _TYPE,
    }


def _address(address: Address) -> dict[str, object]:
    number = f", {address.number}"
    return present(
        zipCode=address.zip_code,
        addressLine=address.street[: _LONGEST_LINE - len(number)] + number,
        complement=address.complement[:_LONGEST_PART] or None,
        district=address.district[:_LONGEST_PART],
        city=address.city[:_LONGEST_PART],
        state=address.state,
    )


def _failure(response: Answer, rows: Iterable[Row[BureauReason]]) -> Failure:
    text = response.body[:20_000].decode("utf-8", "replace")
    return failure_of(rows, raw_of(response), acts=True, text=text, pause=PAUSE_SECONDS)
