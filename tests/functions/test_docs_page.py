"""The documentation page: everything it shows comes from this API, at relative addresses."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from openapi.markup import render_inline, render_text
from openapi.page import render_page
from openapi.routes import ROOT
from tests.functions.invocation import load_function, sample_event

LOADING = ("src", "href", "action", "srcset", "data", "poster")
LAMBDA_ANSWER_LIMIT = 6 * 1024 * 1024


def ask(operation: str, **parts: Any) -> dict[str, Any]:
    event = {**sample_event("system", operation), **parts}
    answer: dict[str, Any] = load_function("system", operation).handler(event, SimpleNamespace(function_name=operation))
    return answer


def text_of(answer: dict[str, Any]) -> str:
    body: str = answer["body"]
    assert answer["isBase64Encoded"] is False
    return body


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def addresses(self) -> list[str]:
        return [value for _, attributes in self.found for name in LOADING if (value := attributes.get(name))]


@pytest.fixture(scope="module")
def page() -> str:
    return text_of(ask("get_docs"))


def test_page_is_html_under_a_strict_policy() -> None:
    answer = ask("get_docs")
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == "text/html; charset=utf-8"
    rules = dict(rule.split(" ", 1) for rule in answer["headers"]["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}


def test_page_obeys_its_policy(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in ("script", "style", "iframe", "object", "form", "base")
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_every_element_is_closed(page: str) -> None:
    assert Elements(page).open == []


def test_nothing_comes_from_elsewhere(page: str) -> None:
    for address in Elements(page).addresses():
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("", ""), address


@pytest.mark.parametrize("base", ["http://127.0.0.1:3000/docs", "https://api.example.com/live/docs"])
def test_addresses_hold_with_and_without_a_stage(page: str, base: str) -> None:
    root = base.removesuffix("docs")
    found = {urljoin(base, address).partition("?")[0] for address in Elements(page).addresses() if address[0] != "#"}
    assert found == {f"{root}docs/docs.css", f"{root}docs/icon.svg", f"{root}openapi.json", f"{root}asyncapi.json"}


def test_every_file_of_the_page_is_served(page: str) -> None:
    names = {address.partition("?")[0] for address in Elements(page).addresses() if address.startswith("docs/")}
    for name in names:
        assert ask("get_docs_asset", pathParameters={"asset": name.removeprefix("docs/")})["statusCode"] == 200


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    elements = Elements(page)
    targets = [attributes["id"] for _, attributes in elements.found if attributes.get("id")]
    assert len(targets) == len(set(targets))
    assert {address[1:] for address in elements.addresses() if address.startswith("#")} <= set(targets)


def test_page_shows_every_operation_and_schema(page: str) -> None:
    document = json.loads(text_of(ask("get_openapi")))
    targets = {attributes.get("id") for _, attributes in Elements(page).found}
    shown = {operation["operationId"] for item in document["paths"].values() for operation in item.values()}
    assert shown | {f"esquema-{name}" for name in document["components"]["schemas"]} <= targets
    assert "<title>Lastro — API</title>" in page
    assert '<html lang="pt-BR">' in page


@pytest.mark.parametrize(("asset", "kind"), [("docs.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml")])
def test_assets_have_their_types_and_may_be_kept_for_long(asset: str, kind: str) -> None:
    answer = ask("get_docs_asset", pathParameters={"asset": asset})
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == kind
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["headers"]["Cache-Control"]
    assert text_of(answer) == (ROOT / "functions/system/get_docs_asset" / asset).read_text(encoding="utf-8")
    assert "url(" not in text_of(answer)
    assert "@import" not in text_of(answer)


@pytest.mark.parametrize("asset", ["docs.js", "app.py", "../app.py", "%2e%2e/app.py", ".", "DOCS.CSS"])
def test_any_other_file_is_not_there(asset: str) -> None:
    answer = ask("get_docs_asset", pathParameters={"asset": asset})
    assert answer["statusCode"] == 404
    assert json.loads(answer["body"])["error"]["status"] == 404


def test_an_overlong_name_is_refused() -> None:
    assert ask("get_docs_asset", pathParameters={"asset": "a" * 65})["statusCode"] == 422


@pytest.mark.parametrize("operation", ["get_docs", "get_docs_asset", "get_openapi", "get_asyncapi"])
def test_answers_fit_a_lambda(operation: str) -> None:
    assert len(json.dumps(ask(operation))) < LAMBDA_ANSWER_LIMIT


def test_what_the_document_says_is_text_and_never_markup() -> None:
    assert render_inline("<b>`<i>`</b>") == "&lt;b&gt;<code>&lt;i&gt;</code>&lt;/b&gt;"
    assert render_text("- a\n- **b**\n\nc\nd") == "<ul><li>a</li><li><strong>b</strong></li></ul><p>c d</p>"
    document = json.loads(text_of(ask("get_openapi")))
    document["paths"]["/health"]["get"]["summary"] = "<script>alert(1)</script>"
    shown = render_page(document, ROOT / "functions/system/get_docs_asset")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
