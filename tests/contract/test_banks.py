"""One suite for every bank: the fake, and every adapter against the sandbox over real HTTP."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import httpx
import pytest
import pytest_asyncio
from aiohttp import web

from lastro.banks.catalog import BANKS, Advice, BankFacts
from lastro.banks.gateway import open_bank
from lastro.banks.http import open_http
from lastro.calendar import add_months, monthly_due_dates
from lastro.documents import Cnpj, Cpf
from lastro.errors import Permanent, Retryable, Unknown
from lastro.finance.price import price_schedule
from lastro.money import MonthlyRate
from lastro.simulations.ports import Applicant, Bank, OfferRequest, PreApprovalRequest, Vehicle
from lastro.simulations.reasons import Reason
from sandbox.banks import create_app
from tests.contract.fake_bank import FakeBank

pytestmark = pytest.mark.asyncio(loop_scope="module")

CPF = Cpf("52998224725")
OTHER_CPF = Cpf("11144477735")
COMPANY = Cnpj("12ABC34501DE35")
PATIENCE_SECONDS = 0.4

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


@dataclass(frozen=True)
class Service:
    url: str
    http: httpx.AsyncClient
    impatient_http: httpx.AsyncClient


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    """The sandbox on a loopback port of its own, and two clients: one of them soon gives up."""
    runner = web.AppRunner(create_app(longest_silence=5.0), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    impatient = httpx.Timeout(connect=3.0, read=PATIENCE_SECONDS, write=3.0, pool=3.0)
    async with open_http() as http, open_http(timeout=impatient) as impatient_http:
        yield Service(f"http://{host}:{port}", http, impatient_http)
    await runner.cleanup()


FAKES = [("fake", code) for code in ("341", "422", "394")]
ADAPTERS = [("sandbox", code) for code in BANKS]


@pytest_asyncio.fixture(loop_scope="module", params=FAKES + ADAPTERS, ids=lambda param: "-".join(param))
async def world(request: pytest.FixtureRequest, service: Service) -> World:
    kind, code = request.param
    if kind == "fake":
        return FakeWorld(BANKS[code])
    await service.http.delete(f"{service.url}/scripts")
    return SandboxWorld(BANKS[code], service.url, service.http, service.impatient_http)


def given(advice: Advice, value: int) -> int | None:
    """What arrives of a value the bank was scripted to state."""
    return None if advice is Advice.NEVER else value


async def test_bank_accepts_a_document_and_remembers_it(world: World) -> None:
    bank, request = world.open(), pre_approval()

    assert await bank.find_pre_approval(request.key) is None
    assert await bank.pre_approve(request) is True
    assert await bank.find_pre_approval(request.key) is True


async def test_bank_refuses_a_document_in_pre_approval(world: World) -> None:
    await world.script({"when": {"cpf": OTHER_CPF.value}, "outcome": "pre_approval_refused"})
    bank, refused = world.open(), pre_approval(OTHER_CPF)

    assert await bank.pre_approve(refused) is False
    assert await bank.find_pre_approval(refused.key) is False
    assert await bank.pre_approve(pre_approval(CPF)) is True


async def test_a_rule_about_a_condition_does_not_touch_pre_approval(world: World) -> None:
    await world.script({"when": {"installments": 48}, "outcome": "pre_approval_refused"})

    assert await world.open().pre_approve(pre_approval()) is True


async def test_repeated_pre_approval_has_one_effect(world: World) -> None:
    bank, request = world.open(), pre_approval()
    await bank.pre_approve(request)
    await world.script({"when": {}, "outcome": "pre_approval_refused"})

    assert await bank.pre_approve(request) is True
    (effect,) = await world.effects(request.key)
    assert effect["operation"] == "pre_approval"
    assert effect["cpf"] == CPF.value


@pytest.mark.parametrize("installments", [1, 12, 60])
@pytest.mark.parametrize(("down_payment", "extras"), [(20_003_01, 0), (53_000_00, 1_234_56)])
async def test_offer_adds_up_to_the_cent(world: World, installments: int, down_payment: int, extras: int) -> None:
    await world.script({"when": {}, "minimum_down_payment": None, "suggested_down_payment": None})
    request = ask(installments=installments, down_payment=down_payment, extras=extras)

    answer = await world.open().price(request)

    assert answer.reason is None
    assert answer.offer is not None
    financed = request.asset_value - down_payment + extras + sum(expense.value for expense in answer.offer.expenses)
    due_dates = monthly_due_dates(add_months(request.release_date, 1), installments)
    schedule = price_schedule(financed, MonthlyRate.from_percent(answer.offer.monthly_rate), due_dates)
    assert answer.offer.installments == tuple(row.value for row in schedule)
    assert answer.offer.credit_condition_code


async def test_expenses_carry_the_published_types(world: World) -> None:
    answer = await world.open().price(ask(payment_protection_insurance=True))

    assert answer.offer is not None
    types = {expense.type for expense in answer.offer.expenses}
    assert types <= {"iof_value", "contract_record_rate", "property_valuation_rate", "register_rate", "spf"}
    if isinstance(world, SandboxWorld):
        assert len(types) == 5
        assert all(expense.bank_expense_id for expense in answer.offer.expenses)


async def test_company_gets_an_offer(world: World) -> None:
    applicant = Applicant(COMPANY, name="Exemplo Ltda")
    request = ask(applicant=applicant, down_payment=20_000_00)

    answer = await world.open().price(request)

    assert answer.offer is not None
    (effect,) = await world.effects(request.key)
    assert effect["cpf"] == COMPANY.value


async def test_advice_arrives_as_far_as_the_bank_gives_it(world: World) -> None:
    await world.script({"when": {}, "minimum_down_payment": 10_000_01, "suggested_down_payment": 30_000_99})

    answer = await world.open().price(ask(down_payment=20_000_00))

    assert answer.offer is not None
    assert answer.minimum_down_payment == given(world.facts.minimum, 10_000_01)
    assert answer.suggested_down_payment == given(world.facts.ideal, 30_000_99)


async def test_no_advice_is_none_and_zero_is_a_value(world: World) -> None:
    await world.script(
        {"when": {"installments": 12}, "minimum_down_payment": None, "suggested_down_payment": None},
        {"when": {"installments": 24}, "minimum_down_payment": 0, "suggested_down_payment": 0},
    )
    bank = world.open()

    nothing = await bank.price(ask(installments=12))
    zero = await bank.price(ask(installments=24))

    assert (nothing.minimum_down_payment, nothing.suggested_down_payment) == (None, None)
    assert zero.minimum_down_payment == given(world.facts.minimum, 0)
    assert zero.suggested_down_payment == given(world.facts.ideal, 0)


async def test_below_the_minimum_is_declined_with_both_values(world: World) -> None:
    await world.script({"when": {}, "minimum_down_payment": 10_000_00, "suggested_down_payment": 15_000_00})

    answer = await world.open().price(ask(down_payment=9_999_99))

    if world.facts.minimum is Advice.NEVER:
        assert answer.offer is not None
    else:
        assert answer.offer is None
        assert answer.reason is Reason.UNSUPPORTED_DOWN_PAYMENT
    assert answer.minimum_down_payment == given(world.facts.minimum, 10_000_00)
    assert answer.suggested_down_payment == given(world.facts.ideal, 15_000_00)


async def test_down_payment_of_the_whole_value_is_declined(world: World) -> None:
    answer = await world.open().price(ask(down_payment=53_217_49))

    assert answer.offer is None
    assert answer.reason is Reason.UNSUPPORTED_DOWN_PAYMENT


async def test_term_outside_the_product_is_declined(world: World) -> None:
    answer = await world.open().price(ask(installments=61))

    assert answer.offer is None
    assert answer.reason is Reason.UNSUPPORTED_TERM


@pytest.mark.parametrize(("outcome", "reason"), [("refused", Reason.REFUSED), ("desk", Reason.CREDIT_DESK)])
async def test_bank_turns_the_condition_down(world: World, outcome: str, reason: Reason) -> None:
    await world.script({"when": {}, "outcome": outcome})
    request = ask()
    bank = world.open()

    answer = await bank.price(request)

    assert answer.offer is None
    assert answer.reason is reason
    assert (answer.minimum_down_payment, answer.suggested_down_payment) == (None, None)
    assert await bank.find_offer(request.key) == answer
    assert len(await world.effects(request.key)) == 1


async def test_desk_takes_the_advice_away_even_when_scripted(world: World) -> None:
    await world.script(
        {"when": {}, "outcome": "desk", "minimum_down_payment": 1_000_00, "suggested_down_payment": 2_000_00}
    )

    answer = await world.open().price(ask())

    assert (answer.minimum_down_payment, answer.suggested_down_payment) == (None, None)


async def test_matrix_error_loses_the_ideal_and_keeps_the_minimum(world: World) -> None:
    await world.script(
        {
            "when": {},
            "outcome": "suggestion_matrix_error",
            "minimum_down_payment": 1_000_00,
            "suggested_down_payment": 30_000_00,
        }
    )

    answer = await world.open().price(ask())

    assert answer.offer is not None
    assert answer.minimum_down_payment == given(world.facts.minimum, 1_000_00)
    assert answer.suggested_down_payment is None


async def test_unstable_bank_may_be_asked_again(world: World) -> None:
    await world.script({"when": {}, "outcome": "unstable", "times": 1})
    bank, request = world.open(), ask()

    with pytest.raises(Retryable) as failure:
        await bank.price(request)

    assert failure.value.code == Reason.BANK_UNAVAILABLE
    assert await world.effects(request.key) == []
    assert await bank.find_offer(request.key) is None
    assert (await bank.price(request)).offer is not None


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("validation_error", Reason.BANK_VALIDATION), ("invalid_credentials", Reason.INVALID_CREDENTIALS)],
)
async def test_bank_that_will_never_accept(world: World, outcome: str, reason: Reason) -> None:
    await world.script({"when": {}, "outcome": outcome, "times": 1})
    bank, request = world.open(), ask()

    with pytest.raises(Permanent) as failure:
        await bank.price(request)

    assert failure.value.code == reason
    assert await world.effects(request.key) == []


async def test_wrong_credentials_end_every_call(world: World) -> None:
    bank = world.open(credential="invalid")

    with pytest.raises(Permanent) as pricing:
        await bank.price(ask())
    with pytest.raises(Permanent) as asking:
        await bank.pre_approve(pre_approval())

    assert pricing.value.code == asking.value.code == Reason.INVALID_CREDENTIALS


async def test_effect_without_an_answer_is_unknown_and_found_by_its_key(world: World) -> None:
    bank, request = world.open(impatient=True), ask()
    await bank.pre_approve(pre_approval())
    await world.script({"when": {}, "outcome": "timeout_after_effect"})

    with pytest.raises(Unknown) as failure:
        await bank.price(request)

    assert failure.value.code == Reason.BANK_TIMEOUT
    found = await bank.find_offer(request.key)
    assert found is not None
    assert found.offer is not None
    assert await bank.price(request) == found
    assert len(await world.effects(request.key)) == 1


async def test_repeated_key_answers_the_first_result(world: World) -> None:
    bank, request = world.open(), ask()
    first = await bank.price(request)
    await world.script({"when": {}, "outcome": "refused"})

    assert await bank.price(request) == first
    assert await bank.find_offer(request.key) == first
    (effect,) = await world.effects(request.key)
    assert (effect["operation"], effect["installments"], effect["down_payment"]) == ("simulation", 48, 20_003_01)


async def test_first_matching_rule_wins(world: World) -> None:
    await world.script(
        {"when": {"cpf": OTHER_CPF.value}, "outcome": "desk"},
        {"when": {"installments": 12, "down_payment": 20_003_01}, "outcome": "refused"},
        {"when": {}, "minimum_down_payment": None, "suggested_down_payment": None},
    )
    bank = world.open()
    other = replace(APPLICANT, document=OTHER_CPF)

    answers = await asyncio.gather(
        bank.price(ask(applicant=other, installments=12)), bank.price(ask(installments=12)), bank.price(ask())
    )

    assert [answer.reason for answer in answers] == [Reason.CREDIT_DESK, Reason.REFUSED, None]


async def test_delay_holds_only_the_calls_it_matches(world: World) -> None:
    await world.script({"when": {"installments": 60}, "delay_ms": 150})
    bank = world.open()
    loop = asyncio.get_running_loop()
    ended: dict[int, float] = {}

    async def timed(installments: int) -> None:
        await bank.price(ask(installments=installments))
        ended[installments] = loop.time()

    begun = loop.time()
    await asyncio.gather(timed(60), timed(12), timed(24))

    assert ended[60] - begun >= 0.15
    assert max(ended[12], ended[24]) < ended[60]


async def test_unknown_keys_were_never_seen(world: World) -> None:
    bank = world.open()

    assert await bank.find_offer(f"price:{uuid.uuid4()}/?&= x") is None
    assert await bank.find_pre_approval(f"price:{uuid.uuid4()}/?&= x") is None


@pytest.mark.parametrize("code", BANKS)
async def test_key_with_reserved_characters_is_the_same_key_everywhere(code: str, service: Service) -> None:
    bank = SandboxWorld(BANKS[code], service.url, service.http, service.impatient_http).open()
    request = ask(key=f"{uuid.uuid4()}/a b?c=d&e%2F#f")

    answer = await bank.price(request)

    assert await bank.find_offer(request.key) == answer


@pytest.mark.parametrize("code", BANKS)
async def test_bank_that_nobody_answers_for_may_be_asked_again(code: str, service: Service) -> None:
    credentials = dict.fromkeys(BANKS[code].credential_fields, "a-store")
    bank = open_bank(code, base_url="http://127.0.0.1:1", credentials=credentials, http=service.http)

    with pytest.raises(Retryable) as failure:
        await bank.price(ask())

    assert failure.value.code == Reason.BANK_UNAVAILABLE
