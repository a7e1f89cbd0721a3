"""The sandbox bureaus' own promises: scripts, ledgers, tokens, published documents, and one root for everything."""

from __future__ import annotations

import asyncio
import base64
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiohttp import web

from lastro.bureaus.catalog import BUREAUS
from lastro.bureaus.environment import Environment
from lastro.bureaus.gateway import open_bureau
from lastro.bureaus.http import open_http
from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    BureauUnavailable,
    InquiryRequest,
    InquiryUnknown,
    RefusedByBureau,
    RevokedToken,
    SlowDown,
)
from lastro.bureaus.reasons import BureauReason
from lastro.calendar import SystemClock
from lastro.documents import Cnpj, Document, parse_document
from sandbox.banks import create_app
from sandbox.bureaus import add_bureaus
from sandbox.bureaus.outcomes import Outcome
from sandbox.bureaus.published_documents import PUBLISHED

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = Path(__file__).parents[2] / "docs" / "test-documents.md"
USUAL = "52998224725"
REPORTS = {
    "serasa": ("RELATORIO_BASICO_PF_PME", "RELATORIO_AVANCADO_TOP_SCORE_PJ"),
    "connect_sa": ("CREDNET_TOP", "CREDNET_TOP"),
    "credito_na_medida": ("CONSULTA_PF", "CONSULTA_PJ"),
    "spc_brasil": ("257", "257"),
}


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
            clock=SystemClock(),
            base_url=self.url,
        )

    async def token(self, provider: str) -> BureauToken | None:
        return await self.bureau(provider).login() if BUREAUS[provider].uses_tokens else None

    async def put(self, provider: str, body: Any) -> httpx.Response:
        return await self.http.put(f"{self.url}/bureaus/{provider}/script", json=body)

    async def ledger(self, provider: str) -> dict[str, list[dict[str, Any]]]:
        ledger: dict[str, list[dict[str, Any]]] = (await self.http.get(f"{self.url}/bureaus/{provider}/ledger")).json()
        return ledger


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Sandbox]:
    """Banks and bureaus on one root, as the local cloud serves them."""
    app = create_app(longest_silence=0.5)
    add_bureaus(app, longest_silence=0.5)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    short = httpx.Timeout(connect=3.0, read=0.3, write=3.0, pool=3.0)
    async with open_http() as http, open_http(timeout=short) as impatient:
        yield Sandbox(f"http://{host}:{port}", http, impatient)
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(served: Sandbox) -> Sandbox:
    await served.http.delete(f"{served.url}/scripts")
    return served


def ask(provider: str, document: str = USUAL) -> InquiryRequest:
    parsed: Document = parse_document(document)
    return InquiryRequest(key=str(uuid.uuid4()), document=parsed, report=REPORTS[provider][isinstance(parsed, Cnpj)])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ({}, "rules"),
        ({"rules": {}}, "rules"),
        ({"rules": [], "extra": 1}, "extra"),
        ({"rules": [7]}, "rules.0"),
        ({"rules": [{"when": []}]}, "rules.0.when"),
        ({"rules": [{"when": {"cpf": USUAL}}]}, "rules.0.when.cpf"),
        ({"rules": [{"when": {"document": "12345678900"}}]}, "rules.0.when.document"),
        ({"rules": [{"when": {"operation": "dance"}}]}, "rules.0.when.operation"),
        ({"rules": [{"outcome": "approved"}]}, "rules.0.outcome"),
        ({"rules": [{"outcome": None}]}, "rules.0.outcome"),
        ({"rules": [{"score": 1001}]}, "rules.0.score"),
        ({"rules": [{"score": 1.5}]}, "rules.0.score"),
        ({"rules": [{"debts": {}}]}, "rules.0.debts"),
        ({"rules": [{"debts": [{"kind": "gossip"}]}]}, "rules.0.debts.0.kind"),
        ({"rules": [{"debts": [{"amount": 0}]}]}, "rules.0.debts.0.amount"),
        ({"rules": [{"debts": [{"date": "12/03/2024"}]}]}, "rules.0.debts.0.date"),
        ({"rules": [{"times": 0}]}, "rules.0.times"),
        ({"rules": [{"delay_ms": 120_001}]}, "rules.0.delay_ms"),
        ({"rules": [{"token_seconds": 0}]}, "rules.0.token_seconds"),
    ],
)
async def test_script_that_cannot_be_obeyed_names_its_field(sandbox: Sandbox, body: Any, field: str) -> None:
    response = await sandbox.put("serasa", body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


async def test_unknown_provider_is_not_found(sandbox: Sandbox) -> None:
    assert (await sandbox.put("nobody", {"rules": []})).status_code == 404
    assert (await sandbox.http.get(f"{sandbox.url}/bureaus/nobody/ledger")).status_code == 404
    assert (await sandbox.http.post(f"{sandbox.url}/bureaus/nobody/expire_tokens")).status_code == 404


@pytest.mark.parametrize("provider", BUREAUS)
async def test_deleting_scripts_forgets_banks_and_bureaus(sandbox: Sandbox, provider: str) -> None:
    await sandbox.put(provider, {"rules": [{"outcome": "unstable"}]})
    bank = f"{sandbox.url}/banks/341/script"
    assert (await sandbox.http.put(bank, json={"rules": [{"outcome": "unstable"}]})).status_code == 204

    assert (await sandbox.http.delete(f"{sandbox.url}/scripts")).status_code == 204

    _, report = await sandbox.bureau(provider).inquire(ask(provider), await sandbox.token(provider))
    assert report.identity.document.value == USUAL
    page = (await sandbox.http.get(f"{sandbox.url}/banks")).text
    assert "<td>1</td>" not in page


@pytest.mark.parametrize("provider", BUREAUS)
async def test_first_rule_that_matches_wins_and_runs_out(sandbox: Sandbox, provider: str) -> None:
    await sandbox.put(
        provider,
        {
            "rules": [
                {"when": {"document": "111.444.777-35"}, "score": 111},
                {"when": {"report": REPORTS[provider][0]}, "score": 222, "times": 1},
                {"score": 333},
            ]
        },
    )
    bureau, token = sandbox.bureau(provider), await sandbox.token(provider)

    scores = [
        (await bureau.inquire(ask(provider, document), token))[1].score
        for document in ("11144477735", USUAL, USUAL, "11144477735")
    ]

    assert [score.value for score in scores if score] == [111, 222, 333, 111]


@pytest.mark.parametrize("provider", BUREAUS)
async def test_same_document_gets_the_same_answer_everywhere(sandbox: Sandbox, provider: str) -> None:
    bureau, token = sandbox.bureau(provider), await sandbox.token(provider)
    serasa, serasa_token = sandbox.bureau("serasa"), await sandbox.token("serasa")

    _, first = await bureau.inquire(ask(provider), token)
    _, again = await bureau.inquire(ask(provider), token)
    _, other = await serasa.inquire(ask("serasa"), serasa_token)

    assert first.score == again.score
    assert first.score is not None
    assert other.score is not None
    assert first.score.value == other.score.value
    assert first.identity.name == other.identity.name


async def test_ledger_tells_logins_and_calls_apart(sandbox: Sandbox) -> None:
    bureau = sandbox.bureau("serasa")
    before = await sandbox.ledger("serasa")
    token = await bureau.login()
    await bureau.inquire(ask("serasa"), token)
    await sandbox.put("serasa", {"rules": [{"outcome": "not_found"}]})
    with pytest.raises(RefusedByBureau):
        await bureau.inquire(ask("serasa"), token)

    after = await sandbox.ledger("serasa")

    (login,) = after["logins"][len(before["logins"]) :]
    answered, refused = after["calls"][len(before["calls"]) :]
    assert login["outcome"] == "answered"
    assert "a-branch" not in str(login)
    assert datetime.fromisoformat(login["time"]) <= datetime.now(UTC)
    assert (answered["outcome"], answered["charged"], answered["document"]) == ("answered", True, USUAL)
    assert (answered["report"], answered["retailer_document"]) == ("RELATORIO_BASICO_PF_PME", "12ABC34501DE35")
    assert (refused["outcome"], refused["charged"]) == ("not_found", False)


async def test_homologation_of_connect_sa_is_simulated_and_free(sandbox: Sandbox) -> None:
    await sandbox.bureau("connect_sa").inquire(ask("connect_sa"), None)

    call = (await sandbox.ledger("connect_sa"))["calls"][-1]

    assert (call["simulated"], call["charged"]) == (True, False)


@pytest.mark.parametrize("provider", ["serasa", "credito_na_medida"])
async def test_expired_tokens_are_worthless_and_free(sandbox: Sandbox, provider: str) -> None:
    bureau, token = sandbox.bureau(provider), await sandbox.token(provider)
    await bureau.inquire(ask(provider), token)

    await sandbox.http.post(f"{sandbox.url}/bureaus/{provider}/expire_tokens")

    with pytest.raises(RevokedToken):
        await bureau.inquire(ask(provider), token)
    assert (await sandbox.ledger(provider))["calls"][-1]["charged"] is False


async def test_serasa_answers_a_bad_token_with_the_gateways_500(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/bureaus/serasa/credit-services/person-information-report/v1/creditreport"
    parameters = {"reportName": REPORTS["serasa"][0]}

    bad = await sandbox.http.get(url, params=parameters, headers={"authorization": "Bearer x", "x-document-id": USUAL})
    none = await sandbox.http.get(url, params=parameters, headers={"x-document-id": USUAL})

    assert bad.status_code == 500
    assert "Auth-Header-Validator" in bad.text
    assert none.status_code == 401


async def test_serasa_login_is_201_with_an_epoch_in_a_text(sandbox: Sandbox) -> None:
    basic = base64.b64encode(b"an-id:a-secret").decode()

    response = await sandbox.http.post(
        f"{sandbox.url}/bureaus/serasa/security/iam/v1/client-identities/login",
        headers={"authorization": f"Basic {basic}"},
    )

    assert response.status_code == 201
    assert re.fullmatch(r"[0-9]{10}", response.json()["expiresIn"])
    assert response.json()["tokenType"] == "Bearer"


SERASA_STATUSES = {
    Outcome.BAD_REQUEST: 400,
    Outcome.UNAUTHORIZED: 401,
    Outcome.NOT_FOUND: 404,
    Outcome.UNKNOWN_REPORT: 404,
    Outcome.INVALID_DOCUMENT: 412,
    Outcome.UNKNOWN_FEATURE: 412,
    Outcome.NOT_CONTRACTED: 412,
    Outcome.UNKNOWN_USER: 412,
    Outcome.TOO_MANY_REQUESTS: 429,
    Outcome.PROCESSING_ERROR: 500,
    Outcome.REVOKED_TOKEN: 500,
    Outcome.SPIKE_ARREST: 503,
    Outcome.UNSTABLE: 503,
}


@pytest.mark.parametrize(("outcome", "status"), SERASA_STATUSES.items())
async def test_serasa_has_every_error_of_its_table(sandbox: Sandbox, outcome: Outcome, status: int) -> None:
    await sandbox.put("serasa", {"rules": [{"outcome": outcome}]})

    with pytest.raises((RefusedByBureau, BureauUnavailable)) as caught:
        await sandbox.bureau("serasa").inquire(ask("serasa"), await sandbox.token("serasa"))

    failure = caught.value
    assert isinstance(failure, RefusedByBureau | BureauUnavailable)
    assert failure.raw is not None
    assert failure.raw.http_status == status


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("outcome", list(Outcome))
async def test_every_outcome_is_readable_at_every_provider(sandbox: Sandbox, provider: str, outcome: Outcome) -> None:
    await sandbox.put(provider, {"rules": [{"outcome": outcome}]})
    bureau = sandbox.bureau(provider, sandbox.impatient)

    try:
        raw, _ = await bureau.inquire(ask(provider), await sandbox.token(provider))
    except (RefusedByBureau, BureauUnavailable, InquiryUnknown) as error:
        ending: str = error.code
    else:
        ending = "answered"
        assert raw.body

    answered = outcome in (Outcome.ANSWERED, Outcome.SUMMARY_ONLY, Outcome.UNKNOWN_FIELDS)
    answered = answered or (outcome is Outcome.PENDING and provider != "credito_na_medida")
    assert (ending == "answered") is answered
    assert ending == "answered" or ending in set(BureauReason)


async def test_pending_inquiry_is_found_when_it_is_done(sandbox: Sandbox) -> None:
    await sandbox.put(
        "credito_na_medida",
        {"rules": [{"outcome": "pending"}, {"when": {"operation": "find"}, "outcome": "pending", "times": 1}]},
    )
    bureau, request = sandbox.bureau("credito_na_medida"), ask("credito_na_medida")
    token = await sandbox.token("credito_na_medida")
    with pytest.raises(InquiryUnknown):
        await bureau.inquire(request, token)
    with pytest.raises(BureauUnavailable) as caught:
        await bureau.find_inquiry(request, token)
    assert caught.value.code == BureauReason.PENDING

    found = await bureau.find_inquiry(request, token)

    assert found is not None
    assert found[0].attachment is not None
    assert found[0].attachment.body.startswith(b"%PDF-")
    assert found[0].attachment.body.endswith(b"%%EOF\n")
    assert found[1].cost == 7_90


async def test_code_that_disappears_from_the_list(sandbox: Sandbox) -> None:
    bureau, token = sandbox.bureau("credito_na_medida"), await sandbox.token("credito_na_medida")
    whole = await bureau.list_codes(token)
    await sandbox.put("credito_na_medida", {"rules": [{"when": {"operation": "codes"}, "outcome": "summary_only"}]})

    short = await bureau.list_codes(token)

    assert {code.code for code in whole} - {code.code for code in short} == {"TI"}


async def test_empty_list_of_products_is_valid(sandbox: Sandbox) -> None:
    await sandbox.put("spc_brasil", {"rules": [{"when": {"operation": "reports"}, "outcome": "summary_only"}]})

    assert await sandbox.bureau("spc_brasil").list_reports(None) == ()


async def test_partners_of_a_company(sandbox: Sandbox) -> None:
    for provider in ("serasa", "credito_na_medida", "spc_brasil"):
        _, report = await sandbox.bureau(provider).inquire(
            ask(provider, "12ABC34501DE35"), await sandbox.token(provider)
        )
        assert report.partners is not None
        assert [(partner.name, partner.share) for partner in report.partners] == [
            ("Ana Exemplo", "60"),
            ("Beto Exemplo", "40"),
        ]


async def test_page_for_a_person(sandbox: Sandbox) -> None:
    response = await sandbox.http.get(f"{sandbox.url}/bureaus")

    assert response.status_code == 200
    for facts in BUREAUS.values():
        assert facts.name in response.text


async def test_two_hundred_inquiries_at_once(sandbox: Sandbox) -> None:
    bureau, token = sandbox.bureau("serasa"), await sandbox.token("serasa")
    before = len((await sandbox.ledger("serasa"))["calls"])

    results = await asyncio.gather(*(bureau.inquire(ask("serasa"), token) for _ in range(200)))

    assert len(results) == 200
    assert len((await sandbox.ledger("serasa"))["calls"]) - before == 200


PERMANENT = {
    Outcome.NOT_FOUND: BureauReason.NOT_FOUND,
    Outcome.INVALID_DOCUMENT: BureauReason.INVALID_DOCUMENT,
    Outcome.UNKNOWN_FEATURE: BureauReason.UNKNOWN_FEATURE,
    Outcome.NOT_CONTRACTED: BureauReason.NOT_CONTRACTED,
    Outcome.WRONG_TYPES: BureauReason.UNREADABLE,
}


@pytest.mark.parametrize("document", [key for key, value in PUBLISHED.items() if value.outcome in PERMANENT])
async def test_published_document_that_is_refused(sandbox: Sandbox, document: str) -> None:
    with pytest.raises(RefusedByBureau) as caught:
        await sandbox.bureau("serasa").inquire(ask("serasa", document), await sandbox.token("serasa"))

    assert caught.value.code == PERMANENT[PUBLISHED[document].outcome]


@pytest.mark.parametrize("document", [key for key, value in PUBLISHED.items() if value.outcome is Outcome.ANSWERED])
async def test_published_document_that_is_answered(sandbox: Sandbox, document: str) -> None:
    treatment = PUBLISHED[document]
    if treatment.delay_ms:
        await sandbox.put("serasa", {"rules": [{"when": {"document": document}}]})

    _, report = await sandbox.bureau("serasa").inquire(ask("serasa", document), await sandbox.token("serasa"))

    if treatment.score is not None:
        assert (report.score.value if report.score else None) == treatment.score.value
    owed = sum(debt.amount for debt in treatment.debts or ())
    assert report.summary.total == owed
    assert report.summary.restricted is (owed > 0)


@pytest.mark.parametrize(
    ("document", "family"),
    [("99999911226", SlowDown), ("99999911498", InquiryUnknown), ("99999911900", RevokedToken)],
)
async def test_published_document_that_fails_once(sandbox: Sandbox, document: str, family: type[Exception]) -> None:
    bureau, token = sandbox.bureau("serasa", sandbox.impatient), await sandbox.token("serasa")

    with pytest.raises(family):
        await bureau.inquire(ask("serasa", document), token)

    _, report = await bureau.inquire(ask("serasa", document), token)
    assert report.identity.document.value == document


async def test_page_lists_the_published_documents_and_no_other() -> None:
    _, text = PAGE.read_text(encoding="utf-8").split("\n# Birôs de crédito\n")
    listed = re.findall(r"^\| ([0-9A-Z./]{11,15}-\d{2}) \|", text, re.MULTILINE)

    assert [parse_document(document).value for document in listed] == list(PUBLISHED)
