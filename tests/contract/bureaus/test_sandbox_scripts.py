"""Scripts of the sandbox bureaus: wrong ones are refused by field, the first rule wins, and all can be forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.bureaus.providers.catalogue import BUREAUS
from tests.contract.bureaus.bureau_world import REPORTS
from tests.contract.bureaus.sandbox_root import USUAL, Sandbox, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
