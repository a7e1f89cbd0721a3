"""JSON as vendors speak it: decimals stay ``Decimal`` both ways, and a member that is named twice is no JSON at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

_encode = json.JSONEncoder(separators=(",", ":")).encode
_NAMES, _PLAIN = {str}, {str, int, bool, type(None)}


def parse_json(content: bytes) -> object:
    """What ``content`` says, with exact numbers.

    Raises ``ValueError`` when it is no JSON, or JSON that can be read in two ways or holds what no number can be.
    """
    try:
        parsed: object = json.loads(
            content, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_object
        )
    except (ArithmeticError, RecursionError) as error:
        raise ValueError("numbers or nesting beyond all use") from error
    return parsed


def write_json(value: object) -> bytes:
    """JSON with every ``Decimal`` written as a number, digit for digit. Raises ``TypeError`` for a float."""
    return _written(value).encode()


def present(**members: object) -> dict[str, object]:
    """An object without the members that are ``None``: vendors tell an absent value from a null one."""
    return {name: value for name, value in members.items() if value is not None}


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is named twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        if _PLAIN.issuperset(map(type, value.values())) and _NAMES.issuperset(map(type, value)):
            return _encode(dict(value))
        return "{" + ",".join([f"{_encode(str(name))}:{_written(item)}" for name, item in value.items()]) + "}"
    if isinstance(value, list | tuple):
        if _PLAIN.issuperset(map(type, value)):
            return _encode(value)
        return "[" + ",".join([_written(item) for item in value]) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        raise TypeError("no float goes to a vendor")
    return _encode(value)
