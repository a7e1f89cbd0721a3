"""A bureau of either kind, fake or adapter, with the means to steer it and requests that any bureau answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx

from lastro.bureaus.ports import Bureau, BureauToken, InquiryRequest
from lastro.bureaus.providers.catalogue import BureauFacts
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.calendar import CLOCK
from lastro.kernel.documents import Cnpj, Cpf, Document
from lastro.vendors.bureaus.gateway import open_bureau
from tests.contract.fake_bureau import FakeBureau

CPF = Cpf("52998224725")
COMPANY = Cnpj("12ABC34501DE35")


REPORTS = {
    "serasa": ("RELATORIO_BASICO_PF_PME", "RELATORIO_AVANCADO_TOP_SCORE_PJ"),
    "connect_sa": ("CREDNET_TOP", "CREDNET_TOP"),
    "credito_na_medida": ("CONSULTA_PF", "CONSULTA_PJ"),
    "spc_brasil": ("257", "257"),
}


class World(Protocol):
    """One kind of bureau and the means to steer it."""

    facts: BureauFacts

    def open(self, *, credential: str = "a-branch", impatient: bool = False) -> Bureau: ...

    async def script(self, *rules: dict[str, Any]) -> None: ...

    async def expire_tokens(self) -> None: ...

    async def calls(self, key: str, document: str) -> list[dict[str, Any]]: ...


@dataclass
class FakeWorld:
    facts: BureauFacts
    _bureau: FakeBureau = field(init=False)

    def __post_init__(self) -> None:
        self._bureau = FakeBureau(self.facts.code)

    def open(self, *, credential: str = "a-branch", impatient: bool = False) -> Bureau:
        return FakeBureau(self.facts.code, credentials_accepted=False) if "invalid" in credential else self._bureau

    async def script(self, *rules: dict[str, Any]) -> None:
        self._bureau.script(rules)

    async def expire_tokens(self) -> None:
        self._bureau.expire_tokens()

    async def calls(self, key: str, document: str) -> list[dict[str, Any]]:
        return [call for call in self._bureau.calls if call["document"] == document]


@dataclass
class SandboxWorld:
    facts: BureauFacts
    url: str
    http: httpx.AsyncClient
    impatient_http: httpx.AsyncClient
    seen: int = 0

    def open(self, *, credential: str = "a-branch", impatient: bool = False) -> Bureau:
        return open_bureau(
            self.facts.code,
            environment=Environment.HOMOLOGATION,
            fields={field.name: credential for field in self.facts.fields if field.secret or field.name == "login"},
            http=self.impatient_http if impatient else self.http,
            clock=CLOCK,
            base_url=self.url,
        )

    async def script(self, *rules: dict[str, Any]) -> None:
        response = await self.http.put(f"{self.url}/bureaus/{self.facts.code}/script", json={"rules": list(rules)})
        assert response.status_code == 204, response.text

    async def expire_tokens(self) -> None:
        response = await self.http.post(f"{self.url}/bureaus/{self.facts.code}/expire_tokens")
        assert response.status_code == 204

    async def calls(self, key: str, document: str) -> list[dict[str, Any]]:
        response = await self.http.get(f"{self.url}/bureaus/{self.facts.code}/ledger")
        return [
            call
            for call in response.json()["calls"][self.seen :]
            if call["operation"] == "inquiry" and call["document"] == document
        ]


def ask(world: World, document: Document = CPF, **changes: Any) -> InquiryRequest:
    """A request any bureau answers, with a key of its own."""
    report = REPORTS[world.facts.code][isinstance(document, Cnpj)]
    return replace(InquiryRequest(key=f"inquiry:{uuid.uuid4()}", document=document, report=report), **changes)


async def token_for(world: World, bureau: Bureau) -> BureauToken | None:
    return await bureau.login() if world.facts.uses_tokens else None
