"""The payer over HTTP: API key in a header, the idempotency key in another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

import httpx

from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import Retryable, Unknown
from lastro.origination.disbursements.model import Account
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.vendors.kit.json import write_json
from lastro.vendors.kit.send import Road, send
from lastro.vendors.payer import mapping
from lastro.vendors.payer.errors import NOT_THERE

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=8.0)
"""Seconds."""

_ANSWERS = frozenset({200, 201, 202})
"""Statuses whose body tells of a payout (docs/payer.md); any other 2xx is not the payer's."""


def _unavailable(detail: str) -> Retryable:
    return Retryable(detail, code="payer_unavailable")


def _unanswered(detail: str) -> Unknown:
    return Unknown(detail, code="payer_timeout")


def _unreadable(detail: str, _: object) -> Unknown:
    return Unknown(detail, code="payer_answer")


_ROAD = Road(
    whom="the payer",
    answer_seconds=10.0,
    unavailable=_unavailable,
    unanswered=_unanswered,
    unreadable=_unreadable,
)
"""What the payer began to answer is whole ten seconds after the request left it, or no answer."""


class HttpPayer:
    """The ``Payer`` port.

    ``url`` is the payer's address, without a slash at its end; ``read_key`` gives our key, or raises ``Retryable``.
    """

    def __init__(self, *, url: str, read_key: Callable[[], str], http: httpx.AsyncClient) -> None:
        self._url = url
        self._read_key = read_key
        self._http = http

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        key = {"idempotency-key": request.key}
        sent = self._request("POST", "/v1/payouts", mapping.payout_body(request), key)
        answer = await send(self._http, sent, _ROAD, acts=True)
        if answer.status in _ANSWERS:
            return mapping.payout_answer(answer.body, request.key)
        raise mapping.failure_of(answer, request.key)

    async def find(self, key: str) -> PayoutAnswer | None:
        sent = self._request("GET", f"/v1/payouts/{quote(key, safe='')}")
        try:
            answer = await send(self._http, sent, _ROAD, acts=False)
            if mapping.says(NOT_THERE, answer, key):
                return None
            if answer.status != HTTPStatus.OK:
                raise mapping.unclear(answer.status)
            return mapping.payout_answer(answer.body, key)
        except Unknown as error:
            # A question that is not answered says nothing of the payout it was about.
            raise Retryable("the payer did not answer a question", code=error.code) from error

    async def confirm_holder(self, document: Cpf | Cnpj, account: Account) -> Holder:
        """Whether an account or Pix key is this person's own; ``UNKNOWN`` when the payer does not say."""
        try:
            sent = self._request("POST", "/v1/holders", mapping.holder_body(document, account))
            answer = await send(self._http, sent, _ROAD, acts=False)
        except (Retryable, Unknown):
            return Holder.UNKNOWN
        return mapping.holder_answer(answer.body) if answer.status == HTTPStatus.OK else Holder.UNKNOWN

    def _request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Request:
        ours = {"x-api-key": self._read_key(), "content-type": "application/json"}
        content = None if body is None else write_json(body)
        return self._http.build_request(method, self._url + path, headers=ours | dict(headers or {}), content=content)
