"""What is said to who is refused stands once, as a constant of its context: the code raises it, the description
shows it, and neither knows what the other does not. ``call_function`` looks at the same in every call of a test.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import lastro.kernel.errors
from lastro.aws.entrypoints.errors import status_of
from lastro.kernel.errors import DomainError, FieldRule, Refusal
from lastro.webhooks.errors import ADDRESS_TEXTS
from openapi.generate import DOCUMENT
from openapi.routes import ROOT, load_template

SOURCE = ROOT / "layers/lastro/lastro"
FAMILIES = {
    name
    for name, kind in vars(lastro.kernel.errors).items()
    if isinstance(kind, type) and issubclass(kind, DomainError)
}
TOLD_TO_OPERATORS = {
    *("UNKNOWN_PARTNER", "UNKNOWN_PARTNER_KEY", "UNKNOWN_PARTNER_CLIENT", "TOO_MANY_STORES"),
    *("NO_BUREAU", "NO_INTEGRATOR_KEYS", "CATALOGUE_CHANGED", "UNKNOWN_STAFF_MEMBER", "ADDRESS_TAKEN"),
}
TOLD_TO_THE_LOG = {
    *("CREDENTIAL_REQUIRED", "UNKNOWN_KEY", "HOLDER_GONE", "STAFF_GONE"),
    *("INVALID_TOKEN", "FOREIGN_TOKEN", "INVALID_TOKEN_CLIENT", "INVALID_SIGNATURE"),
}
"""Said to API Gateway alone, which answers ``unauthorized`` in their place."""
OF_EVERY_BODY = {
    *("BODY_NOT_UTF_8", "BODY_NO_OBJECT", "BODY_NO_FORM", "BODY_EMPTY", "BODY_NOT_JSON_AT", "BODY_WITH_MARK"),
}
"""Shown by one of their kind, ``BODY_NOT_JSON``."""
OF_NO_OPERATION = {"NO_SUCH_OPERATION"}
"""Said of paths that are none."""
OF_NO_CALL = OF_NO_OPERATION | {"AUTOMATIC_OFF", "DEFAULT_CODE_ABSENT", "DEFAULT_CODE_GONE", "PAYOUT_CANNOT_BECOME"}
"""Said to what runs by itself."""
OF_THE_PANEL = {"WRONG_LOGIN", "WRONG_CODE", "LOGIN_OVER", "TOO_MANY_LOGINS", "NO_SUCH_FILE"}
"""Said at the panel's login and among its files, which are no calls of partners (decision 0027)."""
ELSEWHERE = {
    "vendors/banks/gateway.py": "a bank outside the catalogue, which no request names",
    "kernel/errors.py": "makes them of the constants",
    "wire": "a type brings its sentence along",
}
"""Where texts stand beside the code that says them."""


def short(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


@cache
def files() -> dict[str, Path]:
    return {short(path): path for path in [*SOURCE.rglob("*.py"), *(ROOT / "functions").rglob("app.py")]}


@cache
def trees() -> dict[str, ast.Module]:
    return {file: ast.parse(path.read_text(encoding="utf-8")) for file, path in files().items()}


@cache
def constants() -> dict[tuple[str, str], Refusal[Any] | FieldRule]:
    """Everything that is said, by its module and name."""
    found: dict[tuple[str, str], Refusal[Any] | FieldRule] = {}
    for file in files():
        if not file.startswith("functions") and Path(file).name in ("errors.py",):
            module = f"lastro.{file.removesuffix('.py').replace('/', '.')}"
            said = vars(importlib.import_module(module)).items()
            found |= {(module, name): each for name, each in said if isinstance(each, Refusal | FieldRule)}
    return found


REFUSALS = {place: said for place, said in constants().items() if isinstance(said, Refusal)}


def pattern(text: str) -> str:
    """A regular expression of what a text may become."""
    return ".+".join(map(re.escape, re.split(r"\{\w+\}", text)))


@cache
def documented() -> set[tuple[int, str, str]]:
    """Status, code and text of every error shown in the description."""
    found: set[tuple[int, str, str]] = set()

    def look(node: Any) -> None:
        if isinstance(node, dict):
            if str(node.get("type", "")).startswith("urn:lastro:error:"):
                found.add((node["status"], node["code"], node["detail"]))
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    return found


GATEWAY = {json.loads(answer["Body"])["detail"] for answer in load_template()["Mappings"]["GatewayAnswers"].values()}
OURS = sorted(error for error in documented() if error[0] < 500 and error[2] not in GATEWAY)


@cache
def said_names() -> dict[str, set[str]]:
    """What each module says of others' and its own constants: ``module:name`` of all that it names."""
    found: dict[str, set[str]] = {}
    for file, tree in trees().items():
        nodes = list(ast.walk(tree))
        named = Counter(node.id for node in nodes if isinstance(node, ast.Name))
        own = f"lastro.{file.removesuffix('.py').replace('/', '.')}"
        imported = {
            f"{node.module}:{each.name}" for node in nodes if isinstance(node, ast.ImportFrom) for each in node.names
        }
        found[file] = {each for each in imported if named[each.partition(":")[2]]}
        found[file] |= {f"{own}:{name}" for name, count in named.items() if count > 1}
    return found


def test_every_constant_is_said_somewhere(subtests: pytest.Subtests) -> None:
    for place in sorted(constants()):
        with subtests.test(place=place):
            assert any(":".join(place) in said for said in said_names().values())


def test_every_refusal_is_shown_by_a_call_that_can_say_it(subtests: pytest.Subtests) -> None:
    for place in sorted(REFUSALS):
        with subtests.test(place=place):
            hidden = TOLD_TO_OPERATORS | TOLD_TO_THE_LOG | OF_EVERY_BODY | OF_NO_CALL | OF_THE_PANEL
            said = REFUSALS[place]
            status = status_of(DomainError.__new__(said.family))
            shown = [
                text
                for code_status, code, text in documented()
                if (code_status, code) == (status, said.code) and re.fullmatch(pattern(said.text), text)
            ]
            if place[1] in hidden:
                assert not shown
            else:
                assert shown


def test_what_is_hidden_is_known() -> None:
    hidden = TOLD_TO_OPERATORS | TOLD_TO_THE_LOG | OF_EVERY_BODY | OF_NO_CALL | OF_THE_PANEL
    assert hidden <= {name for _, name in REFUSALS}


def test_every_documented_text_is_said_by_the_code(subtests: pytest.Subtests) -> None:
    for status, code, text in OURS:
        with subtests.test(status=status, code=code, text=text):
            if code in ("invalid_input", "ambiguous_request"):
                continue  # Made for the description by a request that the entrypoint refuses.
            if code in ADDRESS_TEXTS:
                assert text in ADDRESS_TEXTS.values()
                continue
            said = [each.text for each in REFUSALS.values() if each.code == code]
            said += [each.text for (_, name), each in constants().items() if name == "BELOW_SMALLEST"]
            assert [each for each in said if re.fullmatch(pattern(each), text, re.DOTALL)], (code, text)


def made_by_hand() -> Iterator[tuple[str, ast.Call]]:
    """Everything that makes a refusal, outside of constants."""
    makers = FAMILIES | {"FieldError", "PydanticCustomError"}
    for file, tree in trees().items():
        if any(file == each or file.startswith(f"{each}/") for each in ELSEWHERE):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                yield file, node


def test_no_text_or_code_stands_beside_the_code_that_says_it() -> None:
    found = []
    for file, call in made_by_hand():
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        told = call.args[1:] if name == "FieldError" else call.args[:2]
        told += [keyword.value for keyword in call.keywords if keyword.arg in ("code", "detail", "rule", "message")]
        found += [f"{file}:{call.lineno}" for each in told if isinstance(each, ast.Constant | ast.JoinedStr)]
    assert found == []
    assert len(list(made_by_hand())) > 50


def test_constants_stand_in_the_errors_of_their_context() -> None:
    made = {
        file
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Refusal", "FieldRule")
    }
    assert {Path(file).name for file in made} == {"errors.py"}
    assert len(constants()) > 150


def test_what_is_not_the_callers_fault_has_two_codes() -> None:
    assert {(status, code) for status, code, _ in documented() if status >= 500} == {
        (500, "internal_error"),
        (503, "service_busy"),
    }
