"""What partners and their customers read is in Portuguese, what operators and logs say is in English."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lastro.aws.entrypoints.errors import FAULT_TEXT, title_of
from lastro.bureaus.reasons import BureauReason
from lastro.simulations.conditions.reasons import Reason
from lastro.webhooks.errors import ADDRESS_TEXTS
from lastro.wire.sentences import SENTENCES
from openapi.document import DESCRIPTION, describe_api
from openapi.generate import DOCUMENT
from openapi.portuguese import catalogue, in_portuguese, texts_in
from openapi.routes import load_template
from tests.functions.api.test_error_codes import TOLD_TO_OPERATORS, TOLD_TO_THE_LOG, constants, trees

ENGLISH = re.compile(
    r"\b(the|an|of|and|or|is|are|was|were|be|been|it|its|this|that|these|there|to|at|in|on|by|from|with|without|than|"
    r"not|only|must|may|can|cannot|should|least|most|other|another|same|such|every|each|any|all|no longer|again|"
    r"send|sent|try|look|read|name|wrong|valid|invalid|missing|request|body|header|value|text|number|product|"
    r"branch|inquiry|proposal|contract|bank|bureau|your)\b",
    re.IGNORECASE,
)
"""Words that an English sentence cannot do without, none of them Portuguese."""
PORTUGUESE = re.compile(r"[áàâãéêíóôõúç]|\b(não|uma?|de|do|da|que|com|para|este|esta)\b", re.IGNORECASE)
NAMES = re.compile(
    r"`[^`]*`|[a-zA-Z]+[_/.:][\w/.:?=]*|\{\w+\}|\{\{.*?\}\}|\{%.*?%\}|<\w+>|"
    r"\b(GET|POST|PUT|Idempotency-Key|Store-Id|Authorization: Bearer|HTTP Basic)\b|"
    r"\b(value|installments|monthlyTax|bank|base64|data:|true|false|null|min|max|default)\b"
)
"""Names of the wire, which stay as they are."""
IN_ENGLISH = TOLD_TO_OPERATORS | TOLD_TO_THE_LOG
IN_ENGLISH |= {"WRONG_DOCUMENT", "LIMIT_RANGE", "NO_BANK", "NO_STORE", "SCOPE_MISSING", "PAYER_KEY", "INVALID_CNPJ"}
IN_ENGLISH |= {"KEYS_NO_OBJECT", "WRONG_INTEGRATOR_KEY", "UNKNOWN_INTEGRATOR_KEY"}
IN_ENGLISH |= {"ADDRESS_TAKEN", "UNKNOWN_STAFF_MEMBER", "STAFF_GONE"}
WORDS_OF_THE_WIRE = {
    "text, flag, code, cpf, cnpj, federal_unit ou reports",
    "requested, sent, confirmed, refused ou returned",
    "pefin, refin, overdue, spc, protest, cheque, lawsuit, bankruptcy ou other",
    "Nome em telas; o mesmo que name",
    "Esta única requisição; também em x-request-id",
}
"""Texts that name values and fields."""
VENDORS_OWN = {"Endpoint requested not found"}
"""Said in the words that clients of the vendor know."""


def english_in(text: str) -> str | None:
    found = ENGLISH.search(NAMES.sub("", text))
    return found[0] if found else None


def sentences_of_types() -> Iterator[str]:
    """What the types of the wire, and shapes that contexts make of them, say of a value."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            place = {"PydanticCustomError": 1, "Shape": 2}.get(node.func.id)
            if place is not None and len(node.args) > place:
                told = node.args[place]
                if isinstance(told, ast.Constant) and isinstance(told.value, str):
                    yield told.value


def _errors_shown() -> Iterator[dict[str, Any]]:
    """The errors that the description shows, and those of the gateway."""

    def look(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if str(node.get("type", "")).startswith("urn:lastro:error:"):
                yield node
            for value in node.values():
                yield from look(value)
        elif isinstance(node, list):
            for value in node:
                yield from look(value)

    yield from look(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    for answer in load_template()["Mappings"]["GatewayAnswers"].values():
        yield from look(json.loads(answer["Body"]))


def shown_errors() -> Iterator[str]:
    """Every text of these errors."""
    for error in _errors_shown():
        yield from (error["title"], error["detail"], error["message"], error["error"]["message"])
        yield from (wrong["message"] for wrong in error["errors"])


def test_a_refusal_is_in_the_language_of_its_reader(subtests: pytest.Subtests) -> None:
    for place in sorted(constants()):
        with subtests.test(place=place):
            text = constants()[place].text
            if place[1] in IN_ENGLISH:
                assert not PORTUGUESE.search(text)
            else:
                assert english_in(text) is None, text


def test_what_is_kept_in_english_is_known() -> None:
    assert {name for _, name in constants()} >= IN_ENGLISH


def test_reasons_sentences_and_titles_are_in_portuguese() -> None:
    told = [*(each.text for each in Reason), *(each.text for each in BureauReason), *ADDRESS_TEXTS.values()]
    told += [*SENTENCES.values(), *sentences_of_types(), FAULT_TEXT]
    told += [title_of(status) for status in (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)]
    assert [(text, word) for text in told if (word := english_in(text))] == []
    assert len(told) > 150


def test_errors_are_shown_in_portuguese() -> None:
    told = set(shown_errors()) - VENDORS_OWN
    assert [(text, word) for text in told if (word := english_in(text))] == []
    assert len(told) > 90


@pytest.fixture(scope="module")
def described() -> set[str]:
    """Every paragraph of the description as it stands in the code, but those that are written in Portuguese there."""
    own = set(DESCRIPTION.split("\n\n")) | {error["detail"] for error in _errors_shown()}
    return {text for text in texts_in(describe_api()) if text not in own and not text.startswith("- `")}


def test_every_text_of_the_description_has_its_portuguese(described: set[str]) -> None:
    assert sorted(described - catalogue().keys()) == []


def test_the_catalogue_holds_no_text_that_is_not_described(described: set[str]) -> None:
    assert sorted(catalogue().keys() - described) == []


def test_the_description_is_published_in_portuguese() -> None:
    published = set(texts_in(json.loads(DOCUMENT.read_text(encoding="utf-8")))) - WORDS_OF_THE_WIRE
    assert [(text, word) for text in published if (word := english_in(text))] == []
    assert not published & {text for text, told in catalogue().items() if text != told} - set(catalogue().values())


def test_names_of_the_wire_stay_as_they_are() -> None:
    named = re.compile(r"`[^`]*`")
    told = {text: in_portuguese(text) for text in catalogue()}
    assert [text for text, own in told.items() if sorted(named.findall(text)) != sorted(named.findall(own))] == []


@pytest.mark.parametrize("text", ["There is no such branch.", "Send a text.", "value is above the maximum."])
def test_english_is_seen(text: str) -> None:
    assert english_in(text)
