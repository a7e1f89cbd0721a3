"""A bank of either kind, fake or adapter, with the means to steer it and requests that any bank prices."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import httpx

from lastro.kernel.banks import Advice, BankFacts
from lastro.kernel.documents import Cnpj, Cpf
from lastro.simulations.ports import Applicant, Bank, OfferRequest, PreApprovalRequest, Vehicle
from lastro.vendors.banks.gateway import open_bank
from tests.contract.fake_bank import FakeBank

CPF = Cpf("52998224725")
OTHER_CPF = Cpf("11144477735")
COMPANY = Cnpj("12ABC34501DE35")


APPLICANT = Applicant(
    CPF,
    name="Ana Exemplo",
    birthdate=date(1990, 5, 17),
    email="ana@example.com",
    phone_number="+5584900000000",
    monthly_income=6_500_07,
    has_cnh=True,
    gender="F",
    occupation="11",
    profession="administrador",
    mother_name="Maria Exemplo",
    zip_code="01001000",
)
VEHICLE = Vehicle(2021, 2022, False, "SP", molicar_code="00000000-0", licensing_city="São Paulo")


def ask(**changes: Any) -> OfferRequest:
    """A request that any bank prices, with a key of its own."""
    request = OfferRequest(
        key=f"price:{uuid.uuid4()}",
        applicant=APPLICANT,
        vehicle=VEHICLE,
        asset_value=53_217_49,
        down_payment=20_003_01,
        installments=48,
        release_date=date(2025, 11, 28),
    )
    return replace(request, **changes)


def pre_approval(document: Cpf | Cnpj = CPF) -> PreApprovalRequest:
    return PreApprovalRequest(f"pre_approve:{uuid.uuid4()}", replace(APPLICANT, document=document))


class World(Protocol):
    """One kind of bank and the means to steer it."""

    facts: BankFacts

    def open(self, *, credential: str = "a-store", impatient: bool = False) -> Bank: ...

    async def script(self, *rules: dict[str, Any]) -> None: ...

    async def effects(self, key: str) -> list[dict[str, Any]]: ...


@dataclass
class FakeWorld:
    facts: BankFacts
    _bank: FakeBank = field(init=False)

    def __post_init__(self) -> None:
        self._bank = FakeBank(self.facts.code)

    def open(self, *, credential: str = "a-store", impatient: bool = False) -> Bank:
        return FakeBank(self.facts.code, credentials_accepted=False) if "invalid" in credential else self._bank

    async def script(self, *rules: dict[str, Any]) -> None:
        self._bank.script(rules)

    async def effects(self, key: str) -> list[dict[str, Any]]:
        return [effect for effect in self._bank.effects if effect["idempotency_key"] == key]


@dataclass
class SandboxWorld:
    facts: BankFacts
    url: str
    http: httpx.AsyncClient
    impatient_http: httpx.AsyncClient

    def open(self, *, credential: str = "a-store", impatient: bool = False) -> Bank:
        return open_bank(
            self.facts.code,
            base_url=self.url,
            credentials=dict.fromkeys(self.facts.credential_fields, credential),
            http=self.impatient_http if impatient else self.http,
        )

    async def script(self, *rules: dict[str, Any]) -> None:
        response = await self.http.put(f"{self.url}/banks/{self.facts.code}/script", json={"rules": list(rules)})
        assert response.status_code == 204, response.text

    async def effects(self, key: str) -> list[dict[str, Any]]:
        response = await self.http.get(f"{self.url}/banks/{self.facts.code}/ledger")
        ledger = response.json()
        return [e for e in [*ledger["pre_approvals"], *ledger["effects"]] if e["idempotency_key"] == key]


def given(advice: Advice, value: int) -> int | None:
    """What arrives of a value the bank was scripted to state."""
    return None if advice is Advice.NEVER else value
