"""What browsers ask before a web page of another origin calls."""

from __future__ import annotations

import pytest

from tests.functions.invocation import call_function

ORIGIN = "https://painel.example.com"


def test_no_origin_is_allowed_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LASTRO_CORS_ORIGINS", raising=False)
    answer = call_function("system", "answer_preflight")
    assert (answer.status, answer.text) == (204, "")
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_a_configured_origin_may_call_and_another_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LASTRO_CORS_ORIGINS", f"https://loja.example.com,{ORIGIN}")
    answer = call_function("system", "answer_preflight")
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Vary"] == "Origin"
    assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    sent = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"authorization", "content-type", "idempotency-key", "store-id"} <= set(sent)
    assert "Access-Control-Allow-Credentials" not in answer.headers
    other = call_function("system", "answer_preflight", headers={"Origin": "https://example.com"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert other.headers["Vary"] == "Origin"
