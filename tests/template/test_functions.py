"""One folder, one resource, one sample event and one test per function; every function file short and thin."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.template.source import ROOT, Resource, load_template, resources_of, setting_of

FUNCTIONS = resources_of("AWS::Serverless::Function")
FOLDERS = {
    f"{app.parent.parent.name}/{app.parent.name}": app for app in sorted((ROOT / "functions").glob("*/*/app.py"))
}

CONTEXTS = {
    "access",
    "simulations",
    "surveys",
    "origination",
    "bureaus",
    "negativations",
    "approvals",
    "customers",
    "retention",
    "vehicles",
    "financing",
    "webhooks",
    "system",
}
"""The design's contexts, and ``system`` for what belongs to none: health and documentation."""

MOST_LINES = 40
FORBIDDEN_MODULES = {"boto3", "botocore", "os", "httpx", "requests", "urllib"}


def folder_of(function: Resource) -> str:
    return str(function["CodeUri"]).removeprefix("functions/").strip("/")


def test_resources_and_folders_are_the_same() -> None:
    assert sorted(map(folder_of, FUNCTIONS.values())) == sorted(FOLDERS)


def test_contexts_are_the_designs() -> None:
    assert {folder.split("/")[0] for folder in FOLDERS} <= CONTEXTS
    packages = {path.name for path in (ROOT / "layers/lastro/lastro").iterdir() if (path / "service.py").is_file()}
    assert packages <= CONTEXTS


def test_names_follow_the_operation(subtests: pytest.Subtests) -> None:
    for name, function in FUNCTIONS.items():
        with subtests.test(name=name):
            operation = folder_of(function).split("/")[1]
            assert function["FunctionName"] == {"Fn::Sub": f"${{AWS::StackName}}-{operation}"}
            assert name == "".join(word.capitalize() for word in operation.split("_"))
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation)
            assert setting_of(function, "Handler") == "app.handler"
            # Every function has the two of ``Globals``; the transform puts its own beside them.
            assert load_template()["Globals"]["Function"]["Layers"] == [
                {"Ref": "LastroLayer"},
                {"Ref": "DependenciesLayer"},
            ]
            assert [layer["Ref"] for layer in function.get("Layers", [])] in (
                [],
                ["SoapLayer"],
                ["ContractsLayer"],
                ["ReportsLayer"],
            )


@cache
def read_tests() -> tuple[tuple[str, str], ...]:
    """Each file of tests with the folder it is under, which is its context."""
    root = ROOT / "tests/functions"
    return tuple((path.relative_to(root).parts[0], path.read_text(encoding="utf-8")) for path in root.rglob("*.py"))


def test_there_is_a_sample_event_and_a_test_that_uses_it(subtests: pytest.Subtests) -> None:
    for folder in FOLDERS:
        with subtests.test(folder=folder):
            context, operation = folder.split("/")
            assert (ROOT / "events" / f"{folder}.json").is_file()
            calls = re.compile(r"sample_event\(|call\(|call_function\(|\.ask\(")
            users = [
                text
                for place, text in read_tests()
                if f'"{operation}"' in text and (place == context or f'"{context}"' in text)
            ]
            assert any(calls.search(text) for text in users), f"no test calls {folder}"


def test_no_sample_event_without_its_function() -> None:
    events = ROOT / "events"
    found = {path.relative_to(events).with_suffix("") for path in events.rglob("*.json")}
    # Those of the vendor's client libraries stand in a folder for each way they write.
    clients = {path for path in found if path.parts[0] == "clients"}
    assert {str(path) for path in found - clients} == set(FOLDERS)
    assert {f"origination/{path.name}" for path in clients} <= set(FOLDERS)


def test_a_function_file_only_translates_and_delegates(subtests: pytest.Subtests) -> None:
    for folder in FOLDERS:
        with subtests.test(folder=folder):
            text = FOLDERS[folder].read_text(encoding="utf-8")
            tree = ast.parse(text)
            assert len(text.splitlines()) <= MOST_LINES
            assert ast.get_docstring(tree)
            imported = set(imports_of(tree))
            assert not {module.split(".")[0] for module in imported} & FORBIDDEN_MODULES
            assert not any(isinstance(node, ast.Try | ast.TryStar | ast.While) for node in ast.walk(tree))
            # Of our own code a function knows the entrypoints, its context and what both speak in. A schedule is shared
            # by contexts: it may name the wiring of each.
            context = folder.split("/")[0]
            known = (
                "lastro.aws.",
                f"lastro.{context}.",
                "lastro.kernel.callers.caller",
                "lastro.kernel.queues.delivery",
                "lastro.kernel.errors",
                "lastro.kernel.callers.scopes",
                "lastro.kernel.observing.version",
                "lastro.wire.",
            )
            if "lastro.aws.entrypoints.schedule" in imported:
                imported -= {f"lastro.{other}.wiring" for other in CONTEXTS}
            assert [module for module in imported if module.startswith("lastro") and not module.startswith(known)] == []
            entrypoints = {module for module in imported if module.startswith("lastro.aws.entrypoints.")}
            assert entrypoints <= {
                f"lastro.aws.entrypoints.{name}"
                for name in ("http", "consumer", "schedule", "authorizer", "subscription", "challenge")
            }


def test_a_function_opens_its_use_cases_when_its_process_starts(subtests: pytest.Subtests) -> None:
    """Lambda gives a process more to start with than to answer with, and what is amiss shows before the first call."""
    for folder in FOLDERS:
        with subtests.test(folder=folder):
            tree = ast.parse(FOLDERS[folder].read_text(encoding="utf-8"))
            handlers = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
            called = [call.func for node in handlers for call in ast.walk(node) if isinstance(call, ast.Call)]
            names = [name.id for name in called if isinstance(name, ast.Name)]
            assert [name for name in names if name.startswith("open_")] == []
            wired = [
                node for node in tree.body if isinstance(node, ast.ImportFrom) and str(node.module).endswith("wiring")
            ]
            names = [alias.name for node in wired for alias in node.names]
            assert [name for name in names if not name.startswith(("open_", "read_"))] == []


def imports_of(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("text", ["import os.path", "from boto3 import client", "def f():\n    import botocore.config"])
def test_forbidden_imports_are_seen_wherever_they_are(text: str) -> None:
    assert {module.split(".")[0] for module in imports_of(ast.parse(text))} & FORBIDDEN_MODULES


def test_function_folders_hold_no_other_code() -> None:
    others = [path for path in (ROOT / "functions").rglob("*.py") if path.name != "app.py"]
    assert [str(path) for path in others if "__pycache__" not in path.parts] == []
    assert all(path.is_relative_to(ROOT / "functions") for path in map(Path, FOLDERS.values()))
