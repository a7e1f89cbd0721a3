"""Listings at a bureau of either kind, fake or adapter, and debts that any bureau lists."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import httpx

from lastro.bureaus.ports import BureauToken
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.calendar import CLOCK
from lastro.kernel.documents import Cnpj, Cpf, Document
from lastro.negativations.listings.subject import Address, Debt, Listed
from lastro.negativations.ports import Exclusion, Inclusion, ListingBureau
from lastro.negativations.providers import LISTING_FACTS, ListingFacts
from lastro.vendors.bureaus.gateway import open_bureau, open_listings
from tests.contract.fake_listings import FakeListings

CPF = Cpf("52998224725")
COMPANY = Cnpj("12ABC34501DE35")
CREDITOR = Cnpj("11222333000181")
NATURES = {"serasa": "TI", "connect_sa": "TI", "credito_na_medida": "TI", "spc_brasil": "104"}
REASONS = {"serasa": "01", "connect_sa": "01", "credito_na_medida": "1", "spc_brasil": "1"}


def inclusion(provider: str, document: Document = CPF) -> Inclusion:
    person = Listed(
        document,
        "Ana Exemplo",
        "+5584900000000",
        Address("01001000", "Rua Exemplo", "10", "Centro", "São Paulo", "SP", "Casa"),
        "F" if isinstance(document, Cpf) else None,
        date(1990, 5, 17) if isinstance(document, Cpf) else None,
    )
    contract = uuid.uuid4().hex[:12]
    return Inclusion(str(uuid.uuid4()), person, Debt(150_07, date(2026, 8, 10), contract, NATURES[provider]), CREDITOR)


def exclusion(provider: str, of: Inclusion, record: str | None = None) -> Exclusion:
    return Exclusion(str(uuid.uuid4()), of.person.document, of.debt, of.creditor, REASONS[provider], record)


class World(Protocol):
    facts: ListingFacts

    def open(self, *, impatient: bool = False) -> ListingBureau: ...

    async def token(self) -> BureauToken | None: ...

    async def acts(self, operation: str, contract: str) -> int:
        """How often the bureau did it."""
        ...


@dataclass
class FakeWorld:
    facts: ListingFacts
    fake: FakeListings

    def open(self, *, impatient: bool = False) -> ListingBureau:
        return self.fake

    async def token(self) -> BureauToken | None:
        return None

    async def acts(self, operation: str, contract: str) -> int:
        wanted = Inclusion if operation == "include" else Exclusion
        return sum(isinstance(each, wanted) and each.debt.contract == contract for each in self.fake.acts)


@dataclass
class SandboxWorld:
    facts: ListingFacts
    url: str
    http: httpx.AsyncClient
    impatient_http: httpx.AsyncClient

    @property
    def _fields(self) -> dict[str, str]:
        named = [field.name for field in BUREAUS[self.facts.code].fields if field.secret or field.name == "login"]
        return dict.fromkeys(named, "a-branch") | {"responsible_cpf": CPF.value}

    def open(self, *, impatient: bool = False) -> ListingBureau:
        return open_listings(
            self.facts.code,
            environment=Environment.HOMOLOGATION,
            fields=self._fields,
            http=self.impatient_http if impatient else self.http,
            base_url=self.url,
            sms=True,
        )

    async def token(self) -> BureauToken | None:
        if not BUREAUS[self.facts.code].uses_tokens:
            return None
        bureau = open_bureau(
            self.facts.code,
            environment=Environment.HOMOLOGATION,
            fields=self._fields,
            http=self.http,
            clock=CLOCK,
            base_url=self.url,
        )
        return await bureau.login()

    async def script(self, *rules: dict[str, Any]) -> None:
        answer = await self.http.put(f"{self.url}/bureaus/{self.facts.code}/script", json={"rules": rules})
        assert answer.status_code == 204, answer.text

    async def calls(self, operation: str, contract: str) -> list[dict[str, Any]]:
        ledger = (await self.http.get(f"{self.url}/bureaus/{self.facts.code}/ledger")).json()
        return [each for each in ledger["calls"] if each["operation"] == operation and each["key"] == contract]

    async def acts(self, operation: str, contract: str) -> int:
        done = ("answered", "timeout_after_effect")
        return sum(each["outcome"] in done for each in await self.calls(operation, contract))


def facts_of(provider: str) -> ListingFacts:
    return replace(LISTING_FACTS[provider])
