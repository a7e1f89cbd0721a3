"""JSON as banks speak it: decimals stay ``Decimal`` both ways, and a surprise names its place, never a ``KeyError``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NoReturn, TypeVar

from lastro.vendors.banks.failures import unreadable
from lastro.vendors.kit.send import Answer

_LONGEST_TEXT = 2_000

Meaning = TypeVar("Meaning")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def read_json(response: Answer) -> object:
    """The body of ``response`` with exact numbers. Raises ``Permanent`` (``generic_reason``) when it is not JSON."""
    try:
        parsed: object = json.loads(response.body, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise unreadable("body", "JSON") from error
    return parsed


def read_json_or_none(response: Answer) -> object:
    """The body of an error answer, which may be no JSON at all: then ``None``."""
    try:
        parsed: object = json.loads(response.body, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return parsed


def write_json(value: object) -> bytes:
    """JSON with every ``Decimal`` written as a number, digit for digit. Raises ``TypeError`` for a float."""
    return _written(value).encode()


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(name))}:{_written(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(item) for item in value) + "]"
    if isinstance(value, float):
        raise TypeError("no float goes to a bank")
    return json.dumps(value)


def present(**members: object) -> dict[str, object]:
    """An object without the members that are ``None``: banks tell an absent value from a null one."""
    return {name: value for name, value in members.items() if value is not None}


class Fields:
    """One JSON object of a bank's answer. Every method raises ``Permanent`` naming the place it could not read.

    An absent member and a null one are alike.
    """

    __slots__ = ("_place", "_values")

    def __init__(self, value: object, place: str = "body") -> None:
        if not isinstance(value, dict):
            raise unreadable(place, "an object")
        self._values: dict[str, object] = value
        self._place = place

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}"

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def within(self, name: str) -> Fields:
        """The object called ``name``."""
        return Fields(self._values.get(name), self._at(name))

    def within_or_none(self, name: str) -> Fields | None:
        return self.within(name) if self.has(name) else None

    def items(self, name: str) -> list[tuple[object, str]]:
        """The members of the array called ``name``, each with its place."""
        value = self._values.get(name)
        if not isinstance(value, list):
            raise unreadable(self._at(name), "an array")
        return [(item, f"{self._at(name)}[{index}]") for index, item in enumerate(value)]

    def objects(self, name: str) -> list[Fields]:
        """The members of the array called ``name``, each an object; an absent array is empty."""
        return [Fields(item, place) for item, place in self.items(name)] if self.has(name) else []

    def members(self, name: str) -> dict[str, object]:
        """The object called ``name`` as it is, for one whose member names are data."""
        return dict(self.within(name)._values)

    def text(self, name: str) -> str:
        """A text with something in it."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT:
            raise unreadable(self._at(name), "a text")
        return value

    def text_or_none(self, name: str) -> str | None:
        value = self._values.get(name)
        return None if value is None or value == "" else self.text(name)

    def one_of(self, name: str, meanings: Mapping[str, Meaning]) -> Meaning:
        """What the text called ``name`` stands for in a closed list."""
        value = self.text(name)
        if value not in meanings:
            raise unreadable(self._at(name), "one of " + ", ".join(meanings))
        return meanings[value]

    def read(self, name: str, reader: Callable[[object, str], int]) -> int:
        """What ``reader`` makes of the member called ``name``; it is given the value and its place."""
        return reader(self._values.get(name), self._at(name))

    def read_or_none(self, name: str, reader: Callable[[object, str], int]) -> int | None:
        value = self._values.get(name)
        return None if value is None or value == "" else reader(value, self._at(name))

    def read_rate(self, name: str, reader: Callable[[object, str], str]) -> str:
        """A monthly percentage as a decimal string, as ``reader`` understands the member called ``name``."""
        return reader(self._values.get(name), self._at(name))
