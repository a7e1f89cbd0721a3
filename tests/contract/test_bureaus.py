"""One suite for every bureau: the fake, and every adapter against the sandbox over real HTTP."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import httpx
import pytest
import pytest_asyncio
from aiohttp import web

from lastro.bureaus.catalog import BUREAUS, BureauFacts
from lastro.bureaus.environment import Environment
from lastro.bureaus.gateway import open_bureau
from lastro.bureaus.http import open_http
from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    BureauUnavailable,
    CodeKind,
    InquiryRequest,
    InquiryUnknown,
    RefusedByBureau,
    RevokedToken,
    SlowDown,
)
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.report import NoteKind, Notes
from lastro.calendar import SystemClock
from lastro.documents import Cnpj, Cpf, Document
from sandbox.bureaus import create_app
from tests.contract.fake_bureau import FakeBureau

pytestmark = pytest.mark.asyncio(loop_scope="module")

CPF = Cpf("52998224725")
COMPANY = Cnpj("12ABC34501DE35")
PATIENCE_SECONDS = 0.4

REPORTS = {
    "serasa": ("RELATORIO_BASICO_PF_PME", "RELATORIO_AVANCADO_TOP_SCORE_PJ"),
    "connect_sa": ("CREDNET_TOP", "CREDNET_TOP"),
    "credito_na_medida": ("CONSULTA_PF", "CONSULTA_PJ"),
    "spc_brasil": ("257", "257"),
}
DEBTS = [
    {"kind": "pefin", "amount": 1_234_56, "date": "2024-03-12", "creditor": "Loja Exemplo"},
    {"kind": "pefin", "amount": 300_00, "date": "2024-09-02"},
    {"kind": "protest", "amount": 99_999_99, "date": "2023-05-08"},
    {"kind": "cheque", "amount": 1, "date": "2023-07-12"},
    {"kind": "lawsuit", "amount": 9_715_46, "date": "2022-09-29"},
]


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
            clock=SystemClock(),
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


WORLDS = [("fake", "serasa"), ("fake", "credito_na_medida"), *(("sandbox", code) for code in BUREAUS)]


@pytest_asyncio.fixture(loop_scope="module", params=WORLDS, ids=lambda param: "-".join(param))
async def world(request: pytest.FixtureRequest, service: Service) -> World:
    kind, provider = request.param
    if kind == "fake":
        return FakeWorld(BUREAUS[provider])
    await service.http.delete(f"{service.url}/scripts")
    ledger = (await service.http.get(f"{service.url}/bureaus/{provider}/ledger")).json()
    return SandboxWorld(BUREAUS[provider], service.url, service.http, service.impatient_http, seen=len(ledger["calls"]))


def ask(world: World, document: Document = CPF, **changes: Any) -> InquiryRequest:
    """A request any bureau answers, with a key of its own."""
    report = REPORTS[world.facts.code][isinstance(document, Cnpj)]
    return replace(InquiryRequest(key=f"inquiry:{uuid.uuid4()}", document=document, report=report), **changes)


async def token_for(world: World, bureau: Bureau) -> BureauToken | None:
    return await bureau.login() if world.facts.uses_tokens else None


def notes_of(report_notes: tuple[Notes, ...], kind: NoteKind) -> list[Notes]:
    return [notes for notes in report_notes if notes.kind is kind]


async def test_token_lives_at_most_an_hour_from_now(world: World) -> None:
    bureau = world.open()
    if not world.facts.uses_tokens:
        with pytest.raises(RefusedByBureau) as caught:
            await bureau.login()
        assert caught.value.code == BureauReason.UNSUPPORTED
        return
    before = datetime.now(UTC)

    token = await bureau.login()

    assert before + timedelta(minutes=59) < token.expires_at <= datetime.now(UTC) + timedelta(minutes=60)
    assert token.value not in repr(token)


async def test_short_lived_token_says_so(world: World) -> None:
    if not world.facts.uses_tokens:
        return
    await world.script({"when": {"operation": "login"}, "token_seconds": 120})

    token = await world.open().login()

    assert timedelta(seconds=100) < token.expires_at - datetime.now(UTC) <= timedelta(seconds=120)


@pytest.mark.parametrize("document", [CPF, COMPANY], ids=["cpf", "cnpj_with_letters"])
async def test_clean_person_or_company(world: World, document: Document) -> None:
    await world.script({"score": 720, "debts": []})
    bureau = world.open()

    raw, report = await bureau.inquire(ask(world, document), await token_for(world, bureau))

    assert raw.body
    assert raw.http_status == 200
    assert report.identity.document == document
    assert report.identity.name
    assert report.score is not None
    assert report.score.value == 720
    assert not report.summary.restricted
    assert (report.summary.count, report.summary.total) == (0, 0)
    assert report.protests is not None
    assert report.protests.count == 0


async def test_debts_are_totalled_by_kind_in_cents(world: World) -> None:
    await world.script({"score": 310, "debts": DEBTS})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    commercial = NoteKind.SPC if world.facts.code == "spc_brasil" else NoteKind.PEFIN
    (pefin,) = notes_of(report.negative_notes, commercial)
    assert (pefin.count, pefin.total) == (2, 1_534_56)
    assert report.protests is not None
    assert (report.protests.count, report.protests.total) == (1, 99_999_99)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total) == (1, 1)
    assert report.lawsuits is not None
    assert (report.lawsuits.count, report.lawsuits.total) == (1, 9_715_46)
    assert report.bankruptcies is not None
    assert report.bankruptcies.count == 0
    assert report.summary.restricted
    assert (report.summary.count, report.summary.total) == (5, 1_534_56 + 99_999_99 + 1 + 9_715_46)


async def test_dates_of_the_first_and_last_note(world: World) -> None:
    await world.script({"debts": DEBTS})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    if isinstance(bureau, FakeBureau):
        return
    assert (report.summary.first, report.summary.last) == (date(2022, 9, 29), date(2024, 9, 2))


async def test_score_of_zero_is_a_score(world: World) -> None:
    await world.script({"score": 0})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    assert report.score is not None
    assert report.score.value == 0


async def test_score_that_was_not_computed_is_absent(world: World) -> None:
    await world.script({"score": None})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    assert report.score is None
    if world.facts.code != "spc_brasil":
        assert report.score_absence


REFUSALS = {
    "not_found": BureauReason.NOT_FOUND,
    "invalid_document": BureauReason.INVALID_DOCUMENT,
    "not_contracted": BureauReason.NOT_CONTRACTED,
    "garbage": BureauReason.UNREADABLE,
    "wrong_types": BureauReason.UNREADABLE,
}


@pytest.mark.parametrize(("outcome", "reason"), REFUSALS.items())
async def test_refusal_is_permanent_and_keeps_the_answer(world: World, outcome: str, reason: BureauReason) -> None:
    await world.script({"outcome": outcome})
    bureau = world.open()

    with pytest.raises(RefusedByBureau) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == reason
    assert caught.value.raw is not None
    assert caught.value.raw.body
    assert CPF.value not in caught.value.detail


async def test_unstable_bureau_may_be_asked_again(world: World) -> None:
    await world.script({"outcome": "unstable", "times": 1})
    bureau = world.open()
    token = await token_for(world, bureau)

    with pytest.raises(BureauUnavailable) as caught:
        await bureau.inquire(ask(world), token)

    assert caught.value.code == BureauReason.UNAVAILABLE
    assert not isinstance(caught.value, RevokedToken | SlowDown)
    _, report = await bureau.inquire(ask(world), token)
    assert report.identity.document == CPF


async def test_failed_processing_is_told_apart(world: World) -> None:
    await world.script({"outcome": "processing_error"})
    bureau = world.open()

    with pytest.raises(BureauUnavailable) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    expected = {"connect_sa": BureauReason.UNAVAILABLE}.get(world.facts.code, BureauReason.PROCESSING)
    assert caught.value.code == expected


@pytest.mark.parametrize("outcome", ["spike_arrest", "too_many_requests"])
async def test_burst_is_slowed_down_and_no_failure(world: World, outcome: str) -> None:
    await world.script({"outcome": outcome})
    bureau = world.open()

    with pytest.raises(SlowDown) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == BureauReason.BUSY
    assert 0 < caught.value.retry_after <= 300


async def test_expired_token_is_told_apart_and_a_new_one_works(world: World) -> None:
    if not world.facts.uses_tokens:
        return
    bureau, request = world.open(), ask(world)
    token = await bureau.login()
    await world.expire_tokens()

    with pytest.raises(RevokedToken) as caught:
        await bureau.inquire(request, token)

    assert caught.value.code == BureauReason.REVOKED
    _, report = await bureau.inquire(request, await bureau.login())
    assert report.identity.document == CPF


async def test_refused_credentials(world: World) -> None:
    bureau = world.open(credential="invalid-branch")
    with pytest.raises(RefusedByBureau) as caught:
        await bureau.inquire(ask(world), await token_for(world, bureau))

    assert caught.value.code == BureauReason.INVALID_CREDENTIALS


async def test_every_secret_is_checked_on_its_own(world: World) -> None:
    for name in world.facts.secret_fields:
        await world.open().check_credential(name)
        with pytest.raises(RefusedByBureau) as caught:
            await world.open(credential="invalid-branch").check_credential(name)
        assert caught.value.code == BureauReason.INVALID_CREDENTIALS
    assert await world.calls("", CPF.value) == []


async def test_lost_answer_leaves_the_inquiry_unknown(world: World) -> None:
    await world.script({"outcome": "timeout_after_effect", "times": 1})
    bureau, request = world.open(impatient=True), ask(world)
    token = await token_for(world, bureau)

    with pytest.raises(InquiryUnknown) as caught:
        await bureau.inquire(request, token)

    assert caught.value.code == BureauReason.TIMEOUT
    assert len(await world.calls(request.key, CPF.value)) == 1


async def test_inquiry_is_looked_up_where_the_provider_can(world: World) -> None:
    await world.script({"outcome": "timeout_after_effect", "times": 1, "score": 555})
    bureau, request = world.open(impatient=True), ask(world)
    token = await token_for(world, bureau)
    if not world.facts.finds_inquiries:
        with pytest.raises(RefusedByBureau) as refused:
            await bureau.find_inquiry(request, token)
        assert refused.value.code == BureauReason.UNSUPPORTED
        return
    assert await bureau.find_inquiry(request, token) is None
    with pytest.raises(InquiryUnknown):
        await bureau.inquire(request, token)

    found = await bureau.find_inquiry(request, token)

    assert found is not None
    assert found[1].score is not None
    assert found[1].score.value == 555
    assert len(await world.calls(request.key, CPF.value)) == 1


async def test_codes_where_the_provider_lists_them(world: World) -> None:
    bureau = world.open()
    token = await token_for(world, bureau)
    if not world.facts.lists_codes:
        with pytest.raises(RefusedByBureau) as caught:
            await bureau.list_codes(token)
        assert caught.value.code == BureauReason.UNSUPPORTED
        return

    codes = await bureau.list_codes(token)

    assert {code.kind for code in codes} == set(CodeKind)
    assert all(code.code and code.description for code in codes)


async def test_reports_on_offer(world: World) -> None:
    bureau = world.open()

    products = await bureau.list_reports(await token_for(world, bureau))

    codes = {product.code for product in products}
    assert set(REPORTS[world.facts.code]) <= codes
    assert codes >= {report.code for report in world.facts.reports}


async def test_concurrent_inquiries_do_not_wait_for_each_other(world: World) -> None:
    await world.script({"delay_ms": 150})
    bureau = world.open()
    token = await token_for(world, bureau)
    loop = asyncio.get_running_loop()
    started = loop.time()

    results = await asyncio.gather(*(bureau.inquire(ask(world), token) for _ in range(8)))

    assert len({report.identity.document for _, report in results}) == 1
    assert loop.time() - started < 8 * 0.15


async def test_bureau_names_itself(world: World) -> None:
    bureau = world.open()

    assert bureau.provider == world.facts.code
    assert bureau.environment is Environment.HOMOLOGATION
