"""What the sandbox bureaus answer: the same for the same document, and every outcome readable."""

from __future__ import annotations

import pytest

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RefusedByBureau
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.reasons import BureauReason
from sandbox.bureaus.outcomes import Outcome
from tests.contract.bureaus.sandbox_root import Sandbox, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
