"""Every operation of the published description as it is asked: its sample event, with the things of somebody in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from openapi.routes import ROOT
from tests.functions.api.described import PATHS
from tests.functions.invocation import sample_event

READING = ("get", "head")


@dataclass(frozen=True)
class Thing:
    """Something that belongs to somebody: its name in requests, another of which there is none, and the boundaries
    that keep it from others.
    """

    name: str
    absent: str
    within: frozenset[str]


@dataclass(frozen=True)
class Operation:
    """One call of the description."""

    name: str
    method: str
    path: str
    public: bool

    @property
    def context(self) -> str:
        return _context_of(self.name)

    @property
    def reads(self) -> bool:
        return self.method in READING

    def sample(self) -> dict[str, Any]:
        return sample_event(self.context, self.name)

    def variables(self) -> Iterator[tuple[str, str]]:
        """Each variable of the path with the path up to it, which tells what it names."""
        before = []
        for part in self.path.strip("/").split("/"):
            before.append(part)
            if part.startswith("{"):
                yield part.strip("{}").rstrip("+"), "/" + "/".join(before)


@cache
def _context_of(name: str) -> str:
    [event] = (ROOT / "events").glob(f"*/{name}.json")
    return event.parent.name


OPERATIONS = [
    Operation(item["operationId"], method, path, not item["security"])
    for path, methods in PATHS.items()
    for method, item in methods.items()
]


@dataclass(frozen=True)
class Request:
    """A call with its parts, the things that they name, and the same call about what nobody has."""

    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, Any] | None
    body: Any
    things: tuple[Thing, ...] = ()
    absent: Request | None = None


def requests_of(operation: Operation, places: Mapping[str, Thing | str], fields: Mapping[str, Thing]) -> list[Request]:
    """The sample of an operation about these things; a list is asked for without its filters too.

    ``places`` has by path what its last variable names, or a text where it names nothing that anybody owns; ``fields``
    what stands under ``query.<name>`` or ``body.<name>``, or in a context under ``<context>.body.<name>``. Fails by
    name for a variable that is not there.
    """
    event = operation.sample()
    query = event.get("multiValueQueryStringParameters") or event.get("queryStringParameters")
    body = json.loads(event["body"]) if event.get("body") else None
    for _, place in operation.variables():
        assert place in places, f"{operation.name}: say what of the owner's {place} names (world.py)"

    def make(query: Any, spell: Callable[[Thing], str]) -> Request:
        things: list[Thing] = []

        def fill(part: Any, name: str = "") -> Any:
            if isinstance(part, dict):
                prefix = name.split(".")[0]
                return {each: fill(value, f"{prefix}.{each}") for each, value in part.items()}
            thing = fields.get(f"{operation.context}.{name}", fields.get(name))
            if thing is not None:
                things.append(thing)
                named = spell(thing)
                return [named] if isinstance(part, list) else int(named) if isinstance(part, int) else named
            return [fill(value, name) for value in part] if isinstance(part, list) else part

        path = {}
        for variable, place in operation.variables():
            found = places[place]
            path[variable] = spell(found) if isinstance(found, Thing) else found
            things += [found] if isinstance(found, Thing) else []
        return Request(operation, path, fill(query, "query"), fill(body, "body"), tuple(things))

    def pair(query: Any) -> Request:
        return replace(make(query, lambda thing: thing.name), absent=make(query, lambda thing: thing.absent))

    return [pair(query), *([pair(None)] if operation.reads and query else [])]
