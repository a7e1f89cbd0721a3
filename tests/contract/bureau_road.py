"""Adapters on a transport of the test's own: what leaves is kept, what comes back is told."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    InquiryRequest,
)
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.gateway import open_bureau
from tests.clock import MovableClock
from tests.contract.bureaus.bureau_world import REPORTS

CPF = "52998224725"
SECRET = "s3cr3t-canary"
RETAILER = "12ABC34501DE35"
NOW = datetime(2025, 11, 28, 12, 0, tzinfo=UTC)
TOKEN = BureauToken("t0ken-canary", NOW)
ROOT = "https://bureaus.example"

Answer = httpx.Response | type[Exception]
Handler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


class Road:
    """A transport that keeps every request and answers as told, the last answer for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self._answers = list(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, stream=answer.stream)
        assert issubclass(answer, httpx.RequestError)
        raise answer("no such luck", request=request)


def fields_of(provider: str) -> dict[str, str]:
    fields = {field.name: f"{SECRET}-{field.name}" for field in BUREAUS[provider].fields if field.secret}
    return fields | {"login": "a-login", "retailer_document": RETAILER, "federal_unit": "SP"}


def bureau_on(
    provider: str, road: Handler, *, environment: Environment = Environment.HOMOLOGATION, base_url: str | None = ROOT
) -> Bureau:
    return open_bureau(
        provider,
        environment=environment,
        fields=fields_of(provider),
        http=httpx.AsyncClient(transport=httpx.MockTransport(road)),
        clock=MovableClock(NOW),
        base_url=base_url,
        integrator={"idclient": "17", "apikey": "integrator-key"},
    )


def ask(provider: str, **changes: Any) -> InquiryRequest:
    return replace(InquiryRequest(key="key-0001", document=Cpf(CPF), report=REPORTS[provider][0]), **changes)


async def failure_of(provider: str, road: Road, act: Callable[[Bureau], Any]) -> LastroError:
    with pytest.raises(LastroError) as caught:
        await act(bureau_on(provider, road))
    return caught.value
