"""The payer over HTTP: API key in a header, the idempotency key in another."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import httpx

from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import Retryable, Unknown
from lastro.origination.disbursements.model import Account
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.vendors.payer.errors import NOT_THERE, failure_of, says
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
        headers = {**self._headers(), "idempotency-key": request.key}
        content = json.dumps(payout_body(request)).encode()
        try:
            response = await self._http.post(f"{self._url}/v1/payouts", headers=headers, content=content)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Retryable("no connection to the payer", code="payer_unavailable") from error
        except httpx.TransportError as error:
            raise Unknown("the connection ended before the payer's answer", code="payer_timeout") from error
        if response.status_code in _ANSWERS:
            return payout_answer(response.content, request.key)
        raise failure_of(response.status_code, response.content, request.key)

    async def find(self, key: str) -> PayoutAnswer | None:
        url = f"{self._url}/v1/payouts/{quote(key, safe='')}"
        try:
            response = await self._http.get(url, headers=self._headers())
        except httpx.TransportError as error:
            raise Retryable("the payer did not answer a question", code="payer_unavailable") from error
        if says(NOT_THERE, response.status_code, response.content, key):
            return None
        if response.status_code != httpx.codes.OK:
            # A question that is not answered says nothing of the payout it was about.
            code = failure_of(response.status_code, b"", key).code
            raise Retryable("the payer did not answer a question", code=code)
        try:
            return payout_answer(response.content, key)
        except Unknown as error:
            raise Retryable("the payer did not answer a question", code=error.code) from error

    async def confirm_holder(self, document: Cpf | Cnpj, account: Account) -> Holder:
        """Whether an account or Pix key is this person's own; ``UNKNOWN`` when the payer does not say."""
        content = json.dumps(holder_body(document, account)).encode()
        try:
            response = await self._http.post(f"{self._url}/v1/holders", headers=self._headers(), content=content)
        except (httpx.TransportError, Retryable):
            return Holder.UNKNOWN
        return holder_answer(response.content) if response.status_code == httpx.codes.OK else Holder.UNKNOWN

    def _headers(self) -> dict[str, str]:
        return {"x-api-key": self._read_key(), "content-type": "application/json"}
