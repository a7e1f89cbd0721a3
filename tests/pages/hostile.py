"""Hostile texts for every field of text that the API describes, and which of them were planted.

A field of text is a string of a request's body that is no choice of few and whose description takes a hostile text:
where a pattern or a length keeps it out, the API's own tests hold it to that. What is planted by one call counts for
every call that has the same field, for a record is changed by what it was made with.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any

import httpx

from sandbox.cloud.settings import PROJECT

Path = tuple[str, ...]

DESCRIPTION: Any = json.loads((PROJECT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))
MARK = "¤{number}¤"
"""Tells a planted text from others, wherever it is shown."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

TEXTS = (
    # Ways out of a text that a page may leave open: an element, an attribute, a link, a template, an entity, a formula.
    "A\"'><img src=x onerror=stolen=1><script>stolen=1</script>{{7*7}}${7*7}<a href=javascript:stolen=1>&lt;x</a>"
    + "W" * 60
    + "|=HYPERLINK(1)",
    'A"><img src=x onerror=stolen=1>',
    "A<b onclick=x>",
)
_ADMITTED = TEXTS[-1] + MARK.format(number="zzzz")


def _deref(schema: Any) -> Any:
    while "$ref" in schema:
        found = DESCRIPTION
        for name in schema["$ref"].split("/")[1:]:
            found = found[name]
        schema = found
    return schema


def _strings(schema: Any, place: Path = (), seen: tuple[str, ...] = ()) -> Iterator[tuple[Path, Any]]:
    if reference := schema.get("$ref"):
        if reference in seen:
            return
        seen, schema = (*seen, reference), _deref(schema)
    for way in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(way, ()):
            yield from _strings(each, place, seen)
    kinds = schema.get("type")
    if "string" in (kinds if isinstance(kinds, list) else [kinds]) and not {"enum", "const"} & set(schema):
        yield place, schema
    for name, each in schema.get("properties", {}).items():
        yield from _strings(each, (*place, name), seen)
    for name, key in (("[]", "items"), ("{}", "additionalProperties")):
        if isinstance(schema.get(key), dict):
            yield from _strings(schema[key], (*place, name), seen)


def _admits(schema: Any, text: str) -> bool:
    if schema.get("format") or len(text) > schema.get("maxLength", 10**9):
        return False
    return bool(re.search(schema["pattern"], text)) if "pattern" in schema else True


def _read_operations() -> dict[str, tuple[str, str, Any]]:
    found = {}
    for path, item in DESCRIPTION["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                found[operation["operationId"]] = (method.upper(), path, operation)
    return found


OPERATIONS = _read_operations()


def fields_of(operation: str) -> dict[Path, list[Any]]:
    """The fields of text of a call, by their places in its body, each with what describes it."""
    found: dict[Path, list[Any]] = {}
    body = OPERATIONS[operation][2].get("requestBody")
    for content in _deref(body)["content"].values() if body else ():
        for place, schema in _strings(content["schema"]):
            if _admits(schema, _ADMITTED):
                found.setdefault(place, []).append(schema)
    return found


def example_of(operation: str) -> Any:
    """The published example of a call's body."""
    [content] = _deref(OPERATIONS[operation][2]["requestBody"])["content"].values()
    return json.loads(json.dumps(next(iter(content["examples"].values()))["value"]))


@dataclass
class Planter:
    """Makes calls whose every field of text is hostile."""

    base: httpx.Client
    headers: Mapping[str, str]
    planted: dict[Path, list[str]] = field(default_factory=dict)
    """Texts that the API took, by the field's place."""
    refused: dict[Path, str] = field(default_factory=dict)
    """The rule by which it took none, by the field's place."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(secrets.randbelow(len(_DIGITS) ** 4 - 10**4)))

    def call(
        self,
        operation: str,
        body: Any,
        headers: Mapping[str, str] | None = None,
        keep: Sequence[str] = (),
        longest: Mapping[str, int] = MappingProxyType({}),
        **ids: Any,
    ) -> Any:
        """The answer to a call with ``body``, whose fields of text are hostile but for those named in ``keep``.

        ``longest`` names fields that another call takes shorter texts from.

        A text that is given back is followed by a tamer one, and in the end by the one that stands in the body.
        """
        method, path, _ = OPERATIONS[operation]
        places = {
            place: [
                {**kind, "maxLength": min(kind.get("maxLength", 10**9), longest.get(place[-1], 10**9))}
                for kind in kinds
            ]
            for place, kinds in fields_of(operation).items()
            if place[-1] not in keep
        }
        tried: dict[Path, int] = {}
        while True:
            texts: dict[Path, str] = {}
            sent = self._plant(body, (), places, tried, texts)
            answer = self.base.request(method, path.format(**ids), json=sent, headers=headers or self.headers)
            assert answer.status_code < 500, f"{operation}: {answer.status_code} {answer.text}"
            if answer.is_success:
                for place, text in texts.items():
                    self.planted.setdefault(place, []).append(text)
                return answer.json() if answer.content else None
            wrong = {
                place: each["rule"]
                for each in answer.json().get("errors", ())
                for place in texts
                if _is_at(place, each["field"])
            }
            assert wrong, f"{operation}: {answer.status_code} {answer.text}"
            for place, rule in wrong.items():
                tried[place] = next(at for at, text in enumerate(TEXTS) if texts[place].startswith(text)) + 1
                self.refused |= {place: rule} if tried[place] == len(TEXTS) else {}

    def _plant(
        self, value: Any, place: Path, places: Mapping[Path, Any], tried: Mapping[Path, int], texts: dict[Path, str]
    ) -> Any:
        if isinstance(value, dict):
            return {name: self._plant(each, (*place, name), places, tried, texts) for name, each in value.items()}
        if isinstance(value, list):
            return [self._plant(each, (*place, "[]"), places, tried, texts) for each in value]
        if not isinstance(value, str) or place not in places:
            return value
        if MARK[0] in value:
            texts[place] = value
            return value
        mark = _spell_mark(next(self._numbers))
        for text in TEXTS[tried.get(place, 0) :]:
            if any(_admits(schema, text + mark) for schema in places[place]):
                texts[place] = text + mark
                return text + mark
        return value


def _spell_mark(number: int) -> str:
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, len(_DIGITS))
        digits += _DIGITS[digit]
    return MARK.format(number=digits)


def _is_at(place: Path, field_name: str) -> bool:
    """Whether an error's field is the one of that place: lists are told by their numbers."""
    told = re.sub(r"\[(\d+)\]", r".\1", field_name).split(".")
    return len(told) <= len(place) and all(
        here == there or (there == "[]" and here.isdigit())
        for here, there in zip(reversed(told), reversed(place), strict=False)
    )
