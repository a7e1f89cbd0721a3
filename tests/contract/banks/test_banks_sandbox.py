"""The sandbox's own promises: scripts, ledgers, published documents, and speed enough not to be what is measured."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from lastro.kernel.banks import BANKS, required_lead_fields
from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, Bank, OfferRequest, PreApprovalRequest, Vehicle
from lastro.vendors.banks.gateway import open_bank
from lastro.vendors.banks.http import open_http
from sandbox.banks import create_app
from sandbox.banks.proposals.stories import PUBLISHED as STORIES
from sandbox.banks.published_documents import PUBLISHED, SLOW_MS
from tests.contract.banks.bank_world import APPLICANT, COMPANY
from tests.contract.loopback import serve_on_loopback

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = Path(__file__).parents[3] / "docs" / "test-documents.md"
USUAL = "52998224725"


@dataclass(frozen=True)
class Sandbox:
    url: str
    http: httpx.AsyncClient
    impatient: httpx.AsyncClient

    def bank(self, code: str, http: httpx.AsyncClient | None = None) -> Bank:
        credentials = dict.fromkeys(BANKS[code].credential_fields, "a-store")
        return open_bank(code, base_url=self.url, credentials=credentials, http=http or self.http)

    async def put(self, code: str, body: Any) -> httpx.Response:
        return await self.http.put(f"{self.url}/banks/{code}/script", json=body)

    async def effects(self, code: str) -> list[dict[str, Any]]:
        effects: list[dict[str, Any]] = (await self.http.get(f"{self.url}/banks/{code}/ledger")).json()["effects"]
        return effects


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Sandbox]:
    async with serve_on_loopback(create_app(longest_silence=0.5), open_http, patience=0.3) as service:
        yield Sandbox(service.url, service.http, service.impatient_http)


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(served: Sandbox) -> Sandbox:
    await served.http.delete(f"{served.url}/scripts")
    return served


def ask(document: str = USUAL, **changes: Any) -> OfferRequest:
    request = OfferRequest(
        key=str(uuid.uuid4()),
        applicant=replace(APPLICANT, document=Cpf(document)),
        vehicle=Vehicle(2021, 2022, False, "SP"),
        asset_value=50_000_00,
        down_payment=25_000_00,
        installments=24,
        release_date=date(2025, 11, 28),
    )
    return replace(request, **changes)


_FIELDS = {
    "has_cnh": "has_cnh",
    "phone_number": "phone_number",
    "name": "name",
    "birthdate": "birthdate",
    "email": "email",
    "retrieve_gender": "gender",
    "monthly_income": "monthly_income",
    "retrieve_occupation": "occupation",
    "address.zip_code": "zip_code",
}
"""Lead field -> what an applicant calls it."""


def without(applicant: Applicant, *names: str) -> Applicant:
    absent: dict[str, Any] = dict.fromkeys(names)
    return replace(applicant, **absent)


@pytest.mark.parametrize("person", [Cpf(USUAL), COMPANY], ids=["cpf", "cnpj"])
@pytest.mark.parametrize("code", list(BANKS))
async def test_a_bank_wants_what_its_list_says_and_nothing_else(
    sandbox: Sandbox, code: str, person: Cpf | Cnpj
) -> None:
    bank = sandbox.bank(code)
    required = required_lead_fields(company=person is COMPANY)
    asked = [_FIELDS[name] for name, codes in required.items() if code in codes and name != "cpf_cnpj"]
    unasked = set(_FIELDS.values()) - set(asked)
    bare = without(replace(APPLICANT, document=person), *unasked, "profession", "mother_name")
    answer = await bank.price(ask(applicant=bare))
    assert (answer.reason, answer.offer is None) == (None, False)
    for name in asked:
        answer = await bank.price(ask(applicant=without(bare, name)))
        assert (answer.reason, answer.offer) == (Reason.MISSING_LEAD_FIELDS, None), name
    assert (await bank.price(ask(applicant=replace(bare, has_cnh=False)))).reason is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ({}, "rules"),
        ({"rules": {}}, "rules"),
        ({"rules": [], "extra": 1}, "extra"),
        ({"rules": [7]}, "rules.0"),
        ({"rules": [{"when": {}}, {"when": []}]}, "rules.1.when"),
        ({"rules": [{"when": {"cnpj": "1"}}]}, "rules.0.when.cnpj"),
        ({"rules": [{"when": {"cpf": "12345678900"}}]}, "rules.0.when.cpf"),
        ({"rules": [{"when": {"cpf": 52998224725}}]}, "rules.0.when.cpf"),
        ({"rules": [{"when": {"installments": 0}}]}, "rules.0.when.installments"),
        ({"rules": [{"when": {"down_payment": -1}}]}, "rules.0.when.down_payment"),
        ({"rules": [{"when": {"down_payment": 1.5}}]}, "rules.0.when.down_payment"),
        ({"rules": [{"outcome": "unstable_once"}]}, "rules.0.outcome"),
        ({"rules": [{"outcome": None}]}, "rules.0.outcome"),
        ({"rules": [{"minimum_down_payment": "10"}]}, "rules.0.minimum_down_payment"),
        ({"rules": [{"suggested_down_payment": True}]}, "rules.0.suggested_down_payment"),
        ({"rules": [{"delay_ms": -1}]}, "rules.0.delay_ms"),
        ({"rules": [{"times": 0}]}, "rules.0.times"),
        ({"rules": [{"tmies": 1}]}, "rules.0.tmies"),
    ],
)
async def test_wrong_script_is_refused_by_field(sandbox: Sandbox, body: Any, field: str) -> None:
    response = await sandbox.put("341", body)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


async def test_script_that_is_no_json_and_bank_that_is_none(sandbox: Sandbox) -> None:
    broken = await sandbox.http.put(f"{sandbox.url}/banks/341/script", content=b"{")
    unknown = await sandbox.put("999", {"rules": []})

    assert (broken.status_code, broken.json()["errors"][0]["field"]) == (422, "body")
    assert unknown.status_code == 404
    assert (await sandbox.http.get(f"{sandbox.url}/banks/999/ledger")).status_code == 404


async def test_refused_script_leaves_the_old_one(sandbox: Sandbox) -> None:
    await sandbox.put("341", {"rules": [{"when": {}, "outcome": "desk"}]})
    await sandbox.put("341", {"rules": [{"when": {}, "outcome": "nonsense"}]})

    assert (await sandbox.bank("341").price(ask())).reason is Reason.CREDIT_DESK


async def test_script_is_of_one_bank_and_can_be_deleted(sandbox: Sandbox) -> None:
    await sandbox.put("341", {"rules": [{"when": {}, "outcome": "refused"}]})

    assert (await sandbox.bank("033").price(ask())).offer is not None
    assert (await sandbox.bank("341").price(ask())).reason is Reason.REFUSED
    assert (await sandbox.http.delete(f"{sandbox.url}/scripts")).status_code == 204
    assert (await sandbox.bank("341").price(ask())).offer is not None


async def test_masked_document_matches_the_bare_one(sandbox: Sandbox) -> None:
    await sandbox.put("655", {"rules": [{"when": {"cpf": "529.982.247-25"}, "outcome": "refused"}]})

    assert (await sandbox.bank("655").price(ask())).reason is Reason.REFUSED


async def test_times_counts_answers_and_not_pre_approvals(sandbox: Sandbox) -> None:
    await sandbox.put("394", {"rules": [{"when": {}, "outcome": "unstable", "times": 2}]})
    bank, request = sandbox.bank("394"), ask()
    assert await bank.pre_approve(PreApprovalRequest(str(uuid.uuid4()), request.applicant)) is True

    for _ in range(2):
        with pytest.raises(Retryable):
            await bank.price(request)

    assert (await bank.price(request)).offer is not None


async def test_times_limits_pre_approval_refusals(sandbox: Sandbox) -> None:
    await sandbox.put("623", {"rules": [{"when": {}, "outcome": "pre_approval_refused", "times": 1}]})
    bank = sandbox.bank("623")

    answers = [await bank.pre_approve(PreApprovalRequest(str(uuid.uuid4()), ask().applicant)) for _ in range(2)]

    assert answers == [False, True]


async def test_applicant_refused_in_pre_approval_is_refused_in_pricing(sandbox: Sandbox) -> None:
    await sandbox.put("422", {"rules": [{"when": {}, "outcome": "pre_approval_refused"}]})

    assert (await sandbox.bank("422").price(ask())).reason is Reason.REFUSED


async def test_delay_also_holds_pre_approval(sandbox: Sandbox) -> None:
    await sandbox.put("033", {"rules": [{"when": {}, "delay_ms": 150}]})
    loop = asyncio.get_running_loop()
    begun = loop.time()

    await sandbox.bank("033").pre_approve(PreApprovalRequest(str(uuid.uuid4()), ask().applicant))

    assert loop.time() - begun >= 0.15


@pytest.mark.parametrize("outcome", ["approved", "timeout_after_effect", "suggestion_matrix_error"])
async def test_values_left_out_are_the_default_and_null_is_none(sandbox: Sandbox, outcome: str) -> None:
    await sandbox.put(
        "033",
        {
            "rules": [
                {"when": {"installments": 24}, "outcome": outcome},
                {"when": {}, "outcome": outcome, "minimum_down_payment": None, "suggested_down_payment": None},
            ]
        },
    )
    bank = sandbox.bank("033")
    asking = sandbox.bank("033", sandbox.impatient) if outcome == "timeout_after_effect" else bank
    default, none = ask(installments=24), ask(installments=36)
    if outcome == "timeout_after_effect":
        await bank.find_offer("nothing")
    await asyncio.gather(asking.price(default), asking.price(none), return_exceptions=True)

    found = [await bank.find_offer(request.key) for request in (default, none)]

    ideal = None if outcome == "suggestion_matrix_error" else 10_000_00
    assert [(answer.minimum_down_payment, answer.suggested_down_payment) for answer in found if answer is not None] == [
        (5_000_00, ideal),
        (None, None),
    ]


async def test_call_that_is_never_answered_ends_by_itself(sandbox: Sandbox) -> None:
    await sandbox.put("655", {"rules": [{"when": {}, "outcome": "timeout_after_effect"}]})

    with pytest.raises(Unknown):
        await sandbox.bank("655").price(ask())


async def test_caller_that_gave_up_on_a_slow_bank_finds_the_effect(sandbox: Sandbox) -> None:
    await sandbox.put("655", {"rules": [{"when": {}, "delay_ms": 600}]})
    bank, request = sandbox.bank("655"), ask()

    with pytest.raises(Unknown):
        await sandbox.bank("655", sandbox.impatient).price(request)

    assert (found := await bank.find_offer(request.key)) is not None
    assert await bank.price(request) == found
    keys = [effect["idempotency_key"] for effect in await sandbox.effects("655")]
    assert keys.count(request.key) == 1


async def test_concurrent_repeats_of_a_key_have_one_effect(sandbox: Sandbox) -> None:
    bank, request = sandbox.bank("M22"), ask()

    answers = await asyncio.gather(*(bank.price(request) for _ in range(10)))

    assert all(answer == answers[0] for answer in answers)
    keys = [effect["idempotency_key"] for effect in await sandbox.effects("M22")]
    assert keys.count(request.key) == 1


async def test_ledger_tells_pre_approvals_from_simulations(sandbox: Sandbox) -> None:
    bank, request = sandbox.bank("moneyplus"), ask()
    key = str(uuid.uuid4())
    await bank.pre_approve(PreApprovalRequest(key, request.applicant))
    await bank.price(request)

    ledger = (await sandbox.http.get(f"{sandbox.url}/banks/moneyplus/ledger")).json()
    first, second = ledger["pre_approvals"][-1], ledger["effects"][-1]

    assert (first["operation"], first["idempotency_key"]) == ("pre_approval", key)
    assert (first["installments"], first["down_payment"]) == (None, None)
    assert (second["operation"], second["idempotency_key"]) == ("simulation", request.key)
    assert (second["cpf"], second["installments"], second["down_payment"]) == (USUAL, 24, 25_000_00)
    assert first["time"] < second["time"]


@pytest.mark.parametrize("code", ["341", "033", "655", "623", "422", "394"])
async def test_bank_names_the_field_it_cannot_read(sandbox: Sandbox, code: str) -> None:
    request = ask(installments=5_000)

    with pytest.raises(Permanent) as failure:
        await sandbox.bank(code).price(request)

    assert failure.value.code == Reason.BANK_VALIDATION
    assert re.search("prazo|term|installments|Parcelas", failure.value.detail)


async def test_page_for_people_lists_every_bank(sandbox: Sandbox) -> None:
    response = await sandbox.http.get(f"{sandbox.url}/banks")

    assert response.headers["content-type"].startswith("text/html")
    assert all(f"/banks/{code}/ledger" in response.text for code in BANKS)


PUBLISHED_ENDS: dict[str, tuple[Reason | None, int | None, int | None]] = {
    "99999900100": (None, None, None),
    "99999900291": (None, 5_000_00, None),
    "99999900372": (None, 5_000_00, 10_000_00),
    "99999900453": (None, None, 10_000_00),
    "99999900534": (None, 10_000_00, 10_000_00),
    "99999900615": (None, 10_000_00, 5_000_00),
    "99999900704": (Reason.REFUSED, None, None),
    "99999900968": (Reason.CREDIT_DESK, None, None),
    "99999901000": (None, 5_000_00, None),
    "99999901778": (Reason.UNSUPPORTED_VEHICLE, None, None),
    "99999901859": (Reason.MISSING_LEAD_FIELDS, None, None),
    USUAL: (None, 5_000_00, 10_000_00),
}
PUBLISHED_FAILURES: dict[str, tuple[type[Exception], Reason]] = {
    "99999901182": (Retryable, Reason.BANK_UNAVAILABLE),
    "99999901344": (Permanent, Reason.BANK_VALIDATION),
    "99999901425": (Permanent, Reason.INVALID_CREDENTIALS),
}


@pytest.mark.parametrize("document", PUBLISHED_ENDS)
@pytest.mark.parametrize("code", ["341", "033", "655", "623"])
async def test_published_document_ends_as_published(sandbox: Sandbox, code: str, document: str) -> None:
    answer = await sandbox.bank(code).price(ask(document))

    assert (answer.reason, answer.minimum_down_payment, answer.suggested_down_payment) == PUBLISHED_ENDS[document]
    assert (answer.offer is None) == (answer.reason is not None)


@pytest.mark.parametrize("document", PUBLISHED_FAILURES)
@pytest.mark.parametrize("code", BANKS)
async def test_published_document_fails_as_published(sandbox: Sandbox, code: str, document: str) -> None:
    family, reason = PUBLISHED_FAILURES[document]

    with pytest.raises(family) as failure:
        await sandbox.bank(code).price(ask(document))

    assert getattr(failure.value, "code", None) == reason


@pytest.mark.parametrize("code", BANKS)
async def test_published_document_with_a_first_failure_then_an_offer(sandbox: Sandbox, code: str) -> None:
    bank, request = sandbox.bank(code), ask("99999901263")

    with pytest.raises(Retryable):
        await bank.price(request)

    assert (await bank.price(request)).offer is not None


async def test_published_document_refused_in_pre_approval(sandbox: Sandbox) -> None:
    request = PreApprovalRequest(str(uuid.uuid4()), ask("99999900887").applicant)

    assert await sandbox.bank("341").pre_approve(request) is False


async def test_published_document_whose_answer_never_comes(sandbox: Sandbox) -> None:
    bank, request = sandbox.bank("655", sandbox.impatient), ask("99999901506")

    with pytest.raises(Unknown):
        await bank.price(request)

    assert await bank.find_offer(request.key) is not None


async def test_page_lists_the_published_documents_and_no_other() -> None:
    text, _ = PAGE.read_text(encoding="utf-8").split("\n# Birôs de crédito\n")
    listed = re.findall(r"^\| (\d{3}\.\d{3}\.\d{3}-\d{2}) \|", text, re.MULTILINE)

    assert [Cpf.parse(document).value for document in listed] == [*PUBLISHED, *STORIES]
    assert PUBLISHED["99999901697"].delay_ms == SLOW_MS == 5_000
    assert USUAL not in PUBLISHED


async def test_sandbox_is_quick_enough_not_to_be_what_is_measured(sandbox: Sandbox) -> None:
    banks = [sandbox.bank(code) for code in ("341", "033", "655", "623", "422")]
    await asyncio.gather(*(bank.price(ask()) for bank in banks))
    times = []
    for attempt in range(3):
        requests = [ask(installments=term, down_payment=20_000_00 + attempt) for term in range(1, 25)]
        begun = time.process_time()
        await asyncio.gather(*(bank.price(request) for bank in banks for request in requests))
        times.append(time.process_time() - begun)

    # Both sides of 120 calls share one thread here; alone the sandbox takes under half of it. Its processor time, not
    # the clock's: a machine that is busy elsewhere takes longer.
    assert min(times) < 1.0
