"""Calling a function in process as API Gateway would: its sample event, changed where a test says so."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import current_thread, local, main_thread
from types import ModuleType, SimpleNamespace
from typing import Any

from lastro.aws import settings
from tests.template.source import load_template, resources_of, variables_of

ROOT = Path(__file__).resolve().parents[2]
CPF = "52998224725"
OTHER_CPF = "11144477735"
CNPJ = "11222333000181"
LETTERED_CNPJ = "12ABC34501DE35"


Event = dict[str, Any]
UNCHANGED: Any = object()


@dataclass(frozen=True)
class Shop:
    """A partner with one API key and its stores, the first one chosen by default."""

    partner_id: str
    api_key: str
    key_id: str
    store_ids: tuple[int, ...]

    @property
    def authorizer(self) -> dict[str, str]:
        return {"partner_id": self.partner_id, "store_ids": ",".join(map(str, self.store_ids)), "scopes": "*"}


@cache
def load_function(context: str, operation: str) -> ModuleType:
    """The module of ``functions/<context>/<operation>/app.py``."""
    path = ROOT / "functions" / context / operation / "app.py"
    spec = importlib.util.spec_from_file_location(f"function_{context}_{operation}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    with _running_it(operation):
        spec.loader.exec_module(module)
    module.__dict__["handler"] = _as_its_own(operation, module.__dict__["handler"])
    return module


class _Running(local):
    """The operation whose function this thread runs; outside of functions nothing is checked.

    A thread's and not a context's: the one event loop keeps the context in which it was first used.
    """

    operation: str | None = None


_running = _Running()
_at_work: list[str] = []
"""Operations whose functions run in any thread."""


def find_running() -> str | None:
    """The operation whose function this thread runs, or, for a thread that a function began, the only one that runs."""
    if _running.operation is None and current_thread() is not main_thread() and len(set(_at_work)) == 1:
        return _at_work[0]
    return _running.operation


class _Environment(Mapping[str, str]):
    """The environment as the function that now runs sees it: of our variables those that the template gives it."""

    def __getitem__(self, name: str) -> str:
        if _running.operation is not None and name.startswith("LASTRO_"):
            assert name in _variables()[_running.operation], f"the template does not give it {name}"
        return os.environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(os.environ)

    def __len__(self) -> int:
        return len(os.environ)


settings.__dict__["os"] = SimpleNamespace(environ=_Environment())


@cache
def _variables() -> dict[str, set[str]]:
    """Names of the variables that each operation's function gets."""
    common = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    functions = resources_of("AWS::Serverless::Function").values()
    return {Path(each["CodeUri"]).name: {*common, *variables_of(each)} for each in functions}


@contextmanager
def _running_it(operation: str) -> Iterator[None]:
    """Meanwhile this thread fails to read a variable that the template does not give the operation's function, and to
    ask AWS for what its role does not allow (``emulation/rights.py``).
    """
    before, _running.operation = _running.operation, operation
    _at_work.append(operation)
    try:
        yield
    finally:
        _at_work.remove(operation)
        _running.operation = before


def _as_its_own(operation: str, handler: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def handle(event: Any, context: Any) -> Any:
        with _running_it(operation):
            return handler(event, context)

    return handle


@cache
def _sample_text(context: str, operation: str) -> str:
    return (ROOT / "events" / context / f"{operation}.json").read_text(encoding="utf-8")


def sample_event(context: str, operation: str) -> Event:
    """A fresh copy of ``events/<context>/<operation>.json``."""
    event: Event = json.loads(_sample_text(context, operation))
    return event


@dataclass(frozen=True)
class Answer:
    """What a function answered; ``json`` is ``None`` for a body that is empty or a page."""

    status: int
    headers: Mapping[str, str]
    text: str
    json: Any

    def rules(self) -> dict[str, str]:
        """Wrong fields by their rules."""
        return {error["field"]: error["rule"] for error in self.json["errors"]}


def call_function(
    context: str,
    operation: str,
    *,
    shop: Shop | None = None,
    store_id: int | str | None = UNCHANGED,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str | list[str]] | None = UNCHANGED,
    body: Any = UNCHANGED,
    headers: Mapping[str, str | None] | None = None,
    source: str | None = None,
) -> Answer:
    """Invoke a function with its sample event, changed where named. ``store_id=None`` leaves the header out.

    A ``body`` that is text is sent as it is, anything else as JSON; a header set to ``None`` is left out. ``source`` is
    the address that API Gateway sees.
    """
    event = sample_event(context, operation)
    if source is not None:
        event["requestContext"]["identity"]["sourceIp"] = source
    if shop is not None:
        event["requestContext"]["authorizer"] = shop.authorizer
        if store_id is UNCHANGED:
            store_id = shop.store_ids[0] if shop.store_ids else None
    sent: dict[str, str | None] = {**event["headers"], **(headers or {})}
    if store_id is not UNCHANGED:
        sent["Store-Id"] = None if store_id is None else str(store_id)
    event["headers"] = {name: value for name, value in sent.items() if value is not None}
    event["multiValueHeaders"] = {name: [value] for name, value in event["headers"].items()}
    if path is not None:
        event["pathParameters"] = dict(path)
    if query is not UNCHANGED:
        many = {name: value if isinstance(value, list) else [value] for name, value in (query or {}).items()}
        event["queryStringParameters"] = {name: values[-1] for name, values in many.items()} or None
        event["multiValueQueryStringParameters"] = many or None
    if body is not UNCHANGED:
        event["body"] = body if isinstance(body, str) or body is None else json.dumps(body)
    answer = load_function(context, operation).handler(event, SimpleNamespace(function_name=operation))
    text = answer["body"]
    parsed: Any = json.loads(text) if text and "json" in answer["headers"].get("Content-Type", "") else None
    if answer["statusCode"] >= 400:
        code = str(parsed["code"])
        assert code in _documented(operation).get(answer["statusCode"], ()), f"{operation} does not document {code}"
    return Answer(answer["statusCode"], answer["headers"], text, parsed)


@cache
def _descriptions() -> dict[str, Any]:
    """The published description of every operation by its name, and its parts."""
    document = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))
    operations = (operation for item in document["paths"].values() for operation in item.values())
    return {**{each["operationId"]: each for each in operations}, "components": document["components"]}


@cache
def _documented(operation: str) -> dict[int, set[str]]:
    """The codes of the errors that an operation's description shows, by status."""
    responses = _descriptions()[operation]["responses"]
    found = {}
    for status, response in responses.items():
        if "$ref" in response:
            response = _descriptions()["components"]["responses"][response["$ref"].rpartition("/")[2]]
        shown = response.get("content", {}).get("application/json", {}).get("examples", {})
        found[int(status)] = {
            str(example["value"].get("code")) for example in shown.values() if isinstance(example["value"], dict)
        }
    return found
