"""The API's reference: the page of the build under its policy, and what is said where none was built."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.panel import build_reference, read_files
from openapi.routes import ROOT
from tests.functions.invocation import load_function, sample_event

LAMBDA_ANSWER_LIMIT = 6 * 1024 * 1024
SOURCE = ROOT / "panel/reference.html"


def ask(operation: str, **parts: Any) -> dict[str, Any]:
    event = {**sample_event("system", operation), **parts}
    answer: dict[str, Any] = load_function("system", operation).handler(event, SimpleNamespace(function_name=operation))
    return answer


def test_a_page_that_was_not_built_leads_to_the_description() -> None:
    answer = ask("get_docs")
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert 'href="openapi.json"' in answer["body"]
    assert "<script" not in answer["body"]


def test_the_page_runs_its_own_scripts_alone_and_nothing_holds_it(tmp_path: Path) -> None:
    (tmp_path / "reference.html").write_text(SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
    page = build_reference(read_files(tmp_path), "once")
    assert 'content="once"' in page.body
    rules = dict(rule.split(" ", 1) for rule in page.headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert (rules["script-src"], rules["connect-src"], rules["frame-ancestors"]) == ("'self'", "'self'", "'none'")
    assert rules["style-src"] == "'self' 'nonce-once'"
    assert [name for name, value in rules.items() if "unsafe" in value] == ["style-src-attr"]
    assert not [value for value in rules.values() if "http" in value or "eval" in value]
    assert page.headers["Cache-Control"] == "no-store"


def test_every_answer_has_a_nonce_of_its_own() -> None:
    policies = {ask("get_docs")["headers"]["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_nothing_of_the_source_comes_from_elsewhere() -> None:
    for file in (SOURCE, *(ROOT / "panel/src/reference").iterdir()):
        assert not re.search(r"https?://", file.read_text(encoding="utf-8")), file.name


@pytest.mark.parametrize("operation", ["get_docs", "get_openapi", "get_asyncapi"])
def test_answers_fit_a_lambda(operation: str) -> None:
    assert len(json.dumps(ask(operation))) < LAMBDA_ANSWER_LIMIT
