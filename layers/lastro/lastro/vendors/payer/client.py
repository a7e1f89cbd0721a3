"""The payer over HTTP: API key in a header, the idempotency key in another."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

import httpx

from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import Retryable, Unknown
from lastro.origination.disbursements.model import Account
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.vendors.kit.send import send
from lastro.vendors.payer.errors import NOT_THERE, ROAD, failure_of, says
from lastro.vendors.payer.mapping import holder_answer, holder_body, payout_answer, payout_body

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=8.0)
"""Seconds."""

_ANSWERS = frozenset({200, 201, 202})
"""Statuses whose body tells of a payout (docs/payer.md); any other 2xx is not the payer's."""


class HttpPayer:
    """The ``Payer`` port.

    ``url`` is the payer's address, without a slash at its end; ``read_key`` gives our key, or raises ``Retryable``.
    """

    def __init__(self, *, url: str, read_key: Callable[[], str], http: httpx.AsyncClient) -> None:
        self._url = url
        self._read_key = read_key
        self._http = http

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        sent = self._request("POST", "/v1/payouts", payout_body(request), {"idempotency-key": request.key})
        answer = await send(self._http, sent, ROAD, acts=True)
        if answer.status in _ANSWERS:
            return payout_answer(answer.body, request.key)
        raise failure_of(answer.status, answer.body, request.key)

    async def find(self, key: str) -> PayoutAnswer | None:
        sent = self._request("GET", f"/v1/payouts/{quote(key, safe='')}")
        try:
            answer = await send(self._http, sent, ROAD, acts=False)
            if says(NOT_THERE, answer.status, answer.body, key):
                return None
            if answer.status != HTTPStatus.OK:
                raise failure_of(answer.status, b"", key)
            return payout_answer(answer.body, key)
        except Unknown as error:
            # A question that is not answered says nothing of the payout it was about.
            raise Retryable("the payer did not answer a question", code=error.code) from error

    async def confirm_holder(self, document: Cpf | Cnpj, account: Account) -> Holder:
        """Whether an account or Pix key is this person's own; ``UNKNOWN`` when the payer does not say."""
        try:
            sent = self._request("POST", "/v1/holders", holder_body(document, account))
            answer = await send(self._http, sent, ROAD, acts=False)
        except (Retryable, Unknown):
            return Holder.UNKNOWN
        return holder_answer(answer.body) if answer.status == HTTPStatus.OK else Holder.UNKNOWN

    def _request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Request:
        content = None if body is None else json.dumps(body).encode()
        return self._http.build_request(
            method, self._url + path, headers={**self._headers(), **(headers or {})}, content=content
        )

    def _headers(self) -> dict[str, str]:
        return {"x-api-key": self._read_key(), "content-type": "application/json"}
