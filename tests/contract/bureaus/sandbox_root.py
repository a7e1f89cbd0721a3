"""The sandbox that serves banks and bureaus on one root, and the adapters that ask it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from lastro.bureaus.ports import Bureau, BureauToken, InquiryRequest
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.calendar import CLOCK
from lastro.kernel.documents import Cnpj, Document, parse_document
from lastro.vendors.bureaus.gateway import open_bureau
from tests.contract.bureaus.bureau_world import REPORTS

USUAL = "52998224725"


@dataclass(frozen=True)
class Sandbox:
    url: str
    http: httpx.AsyncClient
    impatient: httpx.AsyncClient

    def bureau(self, provider: str, http: httpx.AsyncClient | None = None) -> Bureau:
        fields = {field.name: "a-branch" for field in BUREAUS[provider].fields if field.secret}
        return open_bureau(
            provider,
            environment=Environment.HOMOLOGATION,
            fields=fields | {"login": "a-login", "retailer_document": "12ABC34501DE35"},
            http=http or self.http,
            clock=CLOCK,
            base_url=self.url,
        )

    async def token(self, provider: str) -> BureauToken | None:
        return await self.bureau(provider).login() if BUREAUS[provider].uses_tokens else None

    async def put(self, provider: str, body: Any) -> httpx.Response:
        return await self.http.put(f"{self.url}/bureaus/{provider}/script", json=body)

    async def ledger(self, provider: str) -> dict[str, list[dict[str, Any]]]:
        ledger: dict[str, list[dict[str, Any]]] = (await self.http.get(f"{self.url}/bureaus/{provider}/ledger")).json()
        return ledger


def ask(provider: str, document: str = USUAL) -> InquiryRequest:
    parsed: Document = parse_document(document)
    return InquiryRequest(key=str(uuid.uuid4()), document=parsed, report=REPORTS[provider][isinstance(parsed, Cnpj)])
