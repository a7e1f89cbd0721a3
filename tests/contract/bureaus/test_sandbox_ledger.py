"""The ledgers of the sandbox bureaus: logins and calls, and which of them are charged."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from lastro.bureaus.ports import RefusedByBureau, RevokedToken
from tests.contract.bureaus.sandbox_root import USUAL, Sandbox, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


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


async def test_two_hundred_inquiries_at_once(sandbox: Sandbox) -> None:
    bureau, token = sandbox.bureau("serasa"), await sandbox.token("serasa")
    before = len((await sandbox.ledger("serasa"))["calls"])

    results = await asyncio.gather(*(bureau.inquire(ask("serasa"), token) for _ in range(200)))

    assert len(results) == 200
    assert len((await sandbox.ledger("serasa"))["calls"]) - before == 200
