"""Every code that a call can answer is documented, and every documented text is said by the code: both are looked up
in the code itself.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import lastro.kernel.errors
from lastro.kernel.errors import DomainError
from lastro.webhooks.callbacks.addresses import AddressFault
from openapi.generate import DOCUMENT
from openapi.routes import ROOT, load_template

SOURCE = ROOT / "layers/lastro/lastro"
FAMILIES: dict[str, type[DomainError]] = {
    name: kind
    for name, kind in vars(lastro.kernel.errors).items()
    if isinstance(kind, type) and issubclass(kind, DomainError)
}
TOLD_TO_OPERATORS = {"too_many_stores"}
"""Said by the operator's command alone."""
TOLD_BY_THE_GATEWAY = {"invalid_token"}
"""Said to API Gateway alone, which answers ``unauthorized`` in its place."""
TOLD_TO_NOBODY = {"domain_error", "business_refusal", "conflict", "too_many_requests", "unsupported_media_type"}
"""Defaults of families: whoever raises one gives it a code of its own."""
SAID_OF_VALUES: dict[str, type[Enum]] = {"fault.value": AddressFault}
"""Codes that are the values of an enumeration."""
PASSED_ON = {
    "errors.py": "code",
    "bureaus/service.py": "block",
    "origination/proposals/terms.py": "error.code",
}
"""Codes that another place makes: those of refusals raised elsewhere, and of runs nobody waits for."""


@cache
def constants() -> dict[str, str]:
    """Every text that a module keeps under a name, by that name."""
    return {
        target.id: node.value.value
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@cache
def trees() -> dict[str, ast.Module]:
    files = [*SOURCE.rglob("*.py"), *(ROOT / "functions").rglob("app.py")]
    return {_short(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def _short(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


def refusals() -> Iterator[tuple[str, ast.AST, ast.Call]]:
    """File, surrounding module or function, and call of everything that makes a refusal."""
    for file, tree in trees().items():
        scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))]
        innermost = {id(node): scope for scope in scopes for node in ast.walk(scope)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAMILIES:
                yield file, innermost[id(node)], node
        for node in _inherited(tree):
            yield file, innermost[id(node)], node


def _inherited(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of ``super().__init__`` in children of the families."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.ClassDef) and any(ast.unparse(base) in FAMILIES for base in owner.bases):
            for node in ast.walk(owner):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
                    yield node


def codes_of(file: str, call: ast.Call) -> list[str]:
    """The codes a refusal may carry. Fails for one that cannot be told from the code."""
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)
    if given is None:
        return [FAMILIES[call.func.id].default_code] if isinstance(call.func, ast.Name) else []
    if isinstance(given, ast.Constant):
        return [str(given.value)]
    if isinstance(given, ast.Name) and given.id in constants():
        return [constants()[given.id]]
    text = ast.unparse(given)
    if text in SAID_OF_VALUES:
        return [member.value for member in SAID_OF_VALUES[text]]
    assert PASSED_ON.get(file) == text, f"{file}:{call.lineno}: which code is {text}?"
    return []


def patterns_of(scope: ast.AST, value: ast.expr) -> list[str]:
    """Regular expressions of the texts a refusal may say."""
    match value:
        case ast.Constant():
            return [re.escape(str(value.value))]
        case ast.JoinedStr():
            parts = [patterns_of(scope, part)[0] if isinstance(part, ast.Constant) else ".*" for part in value.values]
            return ["".join(parts)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [a + b for a in patterns_of(scope, left) for b in patterns_of(scope, right)]
        case ast.IfExp(body=body, orelse=orelse):
            return patterns_of(scope, body) + patterns_of(scope, orelse)
        case ast.Name(id=name) if name in constants():
            return [re.escape(constants()[name])]
        case ast.Name(id=name):
            assigned = [
                node.value
                for node in ast.walk(scope)
                if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
            ]
            return [each for found in assigned for each in patterns_of(scope, found)] or [".*"]
    return [".*"]


@cache
def said() -> dict[str, list[str]]:
    """Texts by code, as regular expressions."""
    found: dict[str, list[str]] = defaultdict(list)
    for file, scope, call in refusals():
        for code in codes_of(file, call):
            found[code] += patterns_of(scope, call.args[0]) if call.args else [".*"]
    return dict(found)


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


def test_every_code_in_the_code_is_documented() -> None:
    told = {code for _, code, _ in documented()}
    hidden = TOLD_TO_OPERATORS | TOLD_BY_THE_GATEWAY | TOLD_TO_NOBODY
    assert said().keys() - told == (TOLD_TO_OPERATORS | TOLD_BY_THE_GATEWAY) & said().keys()
    assert not told & hidden
    assert len(told) > 60


@pytest.mark.parametrize(("status", "code", "text"), OURS, ids=[f"{code}_{n}" for n, (_, code, _) in enumerate(OURS)])
def test_every_documented_text_is_said_by_the_code(status: int, code: str, text: str) -> None:
    if code in ("invalid_input", "ambiguous_request"):
        return  # Made for the description by a request that the entrypoint refuses.
    assert [pattern for pattern in said().get(code, []) if re.fullmatch(pattern, text, re.DOTALL)], (code, text)


def test_what_is_not_the_callers_fault_has_two_codes() -> None:
    assert {(status, code) for status, code, _ in documented() if status >= 500} == {
        (500, "internal_error"),
        (503, "service_busy"),
    }
