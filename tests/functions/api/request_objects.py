"""Every object that a body is made of, found in the requests that the functions declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from lastro.wire.objects import WireObject, spellings
from lastro.wire.requests import Request
from openapi.examples.samples import sample_body
from openapi.handlers import Operation

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class SentField:
    """A field of a body: the object it belongs to, where that stands, and the name it is sent under."""

    kind: type[WireObject]
    place: Path
    name: str
    info: FieldInfo

    @property
    def path(self) -> str:
        return ".".join(map(str, (*self.place, self.name)))


def fields_of(operation: Operation) -> list[SentField]:
    """Every field of the operation's sample body and of the objects in it, sent or not."""
    assert operation.request
    elsewhere = {*operation.path_names, *operation.header_names, *operation.query_names, "idempotency_key"}
    return [each for each in _fields(operation.request, (), sample_body(operation)) if each.path not in elsewhere]


def _fields(kind: type[WireObject], place: Path, sent: Mapping[str, Any]) -> Iterator[SentField]:
    for field, info in kind.model_fields.items():
        names = spellings(kind)[field]
        name = next((each for each in names if each in sent), info.alias or names[0])
        yield SentField(kind, place, name, info)
        value = sent.get(name)
        parts: list[tuple[Path, Any]] = [((), value)]
        if isinstance(value, list):
            parts = [((position,), part) for position, part in enumerate(value)]
        for position, part in parts:
            inner = _object_of(info.annotation, part) if isinstance(part, dict) else None
            if inner:
                yield from _fields(inner, (*place, name, *position), part)


def _object_of(annotation: Any, value: Any) -> type[WireObject] | None:
    """Which of the objects that an annotation names takes the value."""
    for kind in models_in(annotation):
        try:
            kind.model_validate(value)
        except ValidationError:
            continue
        assert issubclass(kind, WireObject)
        return kind
    return None


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names, at any depth of lists and choices."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def kinds_in(request: type[Request]) -> set[type[BaseModel]]:
    """Every object that a request is made of."""
    found: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [request]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += [part for info in kind.model_fields.values() for part in models_in(info.annotation)]
    return found


def changed(body: Any, place: Path, change: Mapping[str, Any]) -> Any:
    """A copy of ``body`` whose object at ``place`` has other fields; ``...`` leaves one out."""
    if not place:
        return {name: value for name, value in {**body, **change}.items() if value is not ...}
    first, *rest = place
    copy: Any = list(body) if isinstance(body, list) else dict(body)
    copy[first] = changed(body[first], tuple(rest), change)
    return copy
