"""The web panel as it is served: which files there are, and what its page may load and run."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.panel import build_page, read_files
from tests.functions.invocation import load_function, sample_event

INDEX = '<meta name="style-nonce" content="STYLE-NONCE" /><script type="module" src="./panel/index-a1.js"></script>'


def ask(name: str = "get_panel", **parts: Any) -> dict[str, Any]:
    event = {**sample_event("system", name), **parts}
    answer: dict[str, Any] = load_function("system", name).handler(event, SimpleNamespace(function_name=name))
    return answer


def policy_of(answer: dict[str, Any]) -> dict[str, str]:
    parts = answer["headers"]["Content-Security-Policy"].split("; ")
    return dict(part.partition(" ")[::2] for part in parts)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "panel").mkdir()
    (tmp_path / "panel/index-a1.js").write_text("export {}")
    (tmp_path / "panel/index-a1.css").write_text("p{}")
    (tmp_path / "panel/index-a1.js.map").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"resource": "/panel", "path": "/panel", "pathParameters": None},
        {"name": "get_portal"},
    ],
)
def test_panel_and_portal_answer_their_page_under_a_strict_policy(parts: dict[str, Any]) -> None:
    answer = ask(**parts)
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer["headers"]["Cache-Control"] == "no-store"
    policy = policy_of(answer)
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'none'")
    assert "unsafe" not in answer["headers"]["Content-Security-Policy"]
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"


def test_the_page_may_also_call_where_files_of_imports_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LASTRO_UPLOAD_ORIGINS", "https://files.example.com https://files.eu.example.com")
    policy = policy_of(ask())
    assert policy["connect-src"] == "'self' https://files.example.com https://files.eu.example.com"
    assert policy["form-action"] == "'none'"


def test_a_style_sheet_in_the_page_carries_the_nonce_of_its_own_answer(built: Path) -> None:
    first, second = (build_page(read_files(built), nonce) for nonce in ("aaa", "bbb"))
    assert 'content="aaa"' in first.body
    assert "style-src 'self' 'nonce-aaa'" in first.headers["Content-Security-Policy"]
    assert (first.body, first.headers) != (second.body, second.headers)
    assert policy_of(ask())["style-src"] != policy_of(ask())["style-src"]


def test_files_have_their_types_and_may_be_kept_for_ever(built: Path) -> None:
    files = read_files(built)
    assert {name: page.content_type.partition(";")[0] for name, page in files.items()} == {
        "index-a1.css": "text/css",
        "index-a1.js": "text/javascript",
        "index.html": "text/html",
    }
    assert "immutable" in files["index-a1.js"].headers["Cache-Control"]
    assert files["index-a1.js"].headers["X-Content-Type-Options"] == "nosniff"


def test_where_nothing_was_built_the_page_says_so(tmp_path: Path) -> None:
    for name in ("index.html", "portal.html"):
        page = build_page(read_files(tmp_path / "none"), "aaa", name)
        assert "ainda não foi construído" in page.body
        assert "<script" not in page.body


def test_panel_and_portal_have_a_page_each(built: Path) -> None:
    (built / "portal.html").write_text('<script type="module" src="./panel/portal-b2.js"></script>')
    assert "portal-b2" in build_page(read_files(built), "aaa", "portal.html").body
    assert "portal-b2" not in build_page(read_files(built), "aaa").body


@pytest.mark.parametrize("asset", ["app.py", "../app.py", "%2e%2e/app.py", ".", "INDEX.HTML", "index-a1.js.map"])
def test_any_other_file_is_not_there(asset: str) -> None:
    answer = ask(pathParameters={"asset": asset})
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (404, "not_found")


def test_an_overlong_name_is_refused() -> None:
    assert ask(pathParameters={"asset": "a" * 65})["statusCode"] == 422


def test_head_is_answered_without_the_page() -> None:
    answer = ask(httpMethod="HEAD")
    assert (answer["statusCode"], answer["body"]) == (200, "")
