"""What a function file says of itself: its docstring, what it takes, what it answers."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from lastro.aws.entrypoints.http import Page
from lastro.kernel.callers.caller import Caller, Source
from lastro.wire.requests import Request
from openapi.routes import Route


class Undocumented(Exception):
    """A function cannot be described; the text names it and says why."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A route with what its handler declares. ``answer`` is ``None`` where nothing, or a page, is answered."""

    route: Route
    summary: str
    description: str
    request: type[Request] | None
    needs_caller: bool
    answer: type[BaseModel] | None
    page_types: tuple[str, ...]
    status: HTTPStatus
    entrypoint: Any

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.route.path)

    @property
    def has_body(self) -> bool:
        if self.request is None or self.route.method not in ("post", "put", "patch"):
            return False
        sent = {field.alias or name for name, field in self.request.model_fields.items()}
        elsewhere = {*self.path_names, *self.header_names, *self.query_names, "idempotency_key"}
        return bool(sent - elsewhere)

    @property
    def reads_body(self) -> bool:
        """Whether a body is looked at, be it only to see that nothing is in it."""
        return self.request is not None and self.route.method in ("post", "put", "patch")

    @property
    def body_limit(self) -> int:
        """Bytes of the longest body."""
        return self.request.max_body_bytes if self.request else 0

    @property
    def query_names(self) -> frozenset[str]:
        """Fields of a writing call that are read from the query."""
        return self.request.query_fields if self.request else frozenset()

    @property
    def headers(self) -> Mapping[str, str]:
        """Fields of the request that are read from headers, with the headers' names."""
        return self.request.header_fields if self.request else {}

    @property
    def header_names(self) -> tuple[str, ...]:
        """Fields of the request that are read from headers."""
        return tuple(self.headers)

    @property
    def is_idempotent(self) -> bool:
        return self.request is not None and "idempotency_key" in self.request.model_fields


@contextmanager
def variables(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables that are not set, and take them away again."""
    added = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def read_operation(route: Route) -> Operation:
    """Import a function and read its annotations. Raises ``Undocumented``."""
    if not route.source.is_file():
        raise Undocumented(f"{route.method.upper()} {route.path}: there is no {route.context}/{route.operation}/app.py")
    name = f"documented_{route.context}_{route.operation}"
    spec = importlib.util.spec_from_file_location(name, route.source)
    if spec is None or spec.loader is None:
        raise Undocumented(f"{route.source} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    entrypoint = module.handler
    hints = get_type_hints(entrypoint.handler, include_extras=True)
    answer, page_types = _read_answer(route, hints.pop("return"))
    requests = [kind for kind in hints.values() if kind not in (Caller, Source)]
    summary, description = _read_docstring(route, module.__doc__ or "")
    return Operation(
        route=route,
        summary=summary,
        description=description,
        request=requests[0] if requests else None,
        needs_caller=Caller in hints.values(),
        answer=answer,
        page_types=page_types,
        status=HTTPStatus.NO_CONTENT if answer is None and not page_types else entrypoint.status,
        entrypoint=entrypoint,
    )


def _read_answer(route: Route, annotation: Any) -> tuple[type[BaseModel] | None, tuple[str, ...]]:
    """``Model``, ``Annotated[str, Model]`` when already rendered, ``Annotated[Page, content types...]`` or ``None``.

    A model of the second kind may be told by its dotted name: the function need not load what it does not render.
    """
    if annotation is type(None):
        return None, ()
    if get_origin(annotation) is Annotated:
        base, *details = get_args(annotation)
        if base is Page:
            return None, tuple(details)
        annotation = _find_model(details[0]) if isinstance(details[0], str) else details[0]
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        raise Undocumented(f"{route.context}/{route.operation}: {annotation} tells nothing of the answer")
    return annotation, ()


def _find_model(name: str) -> Any:
    module, _, model = name.rpartition(".")
    return getattr(importlib.import_module(module), model)


def _read_docstring(route: Route, text: str) -> tuple[str, str]:
    """Summary and description of ``METHOD /path: summary. More of it.``; the head must be the template's own."""
    head = f"{route.method.upper()} {route.path}: "
    if not text.startswith(head):
        raise Undocumented(f"{route.context}/{route.operation}: the docstring does not begin with '{head}'")
    paragraphs = [" ".join(part.split()) for part in text.removeprefix(head).strip().split("\n\n")]
    first, _, rest = paragraphs[0].partition(". ")
    summary = first.removesuffix(".")
    description = "\n\n".join(part for part in (rest, *paragraphs[1:]) if part)
    return summary[0].upper() + summary[1:], description.replace("``", "`")
