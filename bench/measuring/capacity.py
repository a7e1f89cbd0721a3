"""What DynamoDB charges for a request, by the published rules for sizes and units. Pure.

Source: DynamoDB Developer Guide, "DynamoDB item sizes and formats" and "Read and write operations": a write unit is
1 KB of an item, a read unit 4 KB read consistently (half a unit otherwise), each rounded up; a transaction doubles
them; a read of nothing costs one unit; a write to an index is a write of its own.
"""

import math
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any

_WRITE_BYTES = 1024
_READ_BYTES = 4096

Item = Mapping[str, Mapping[str, Any]]
"""Attribute values by name as they are on the wire: ``{"S": "text"}``, bytes in base64."""


def item_size(item: Item) -> int:
    """Bytes of an item: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return _number_size(content)
        case "B":
            return len(b64decode(content))
        case "BOOL" | "NULL":
            return 1
        case "NS":
            return sum(map(_number_size, content))
        case "L":
            return 3 + sum(1 + _value_size(each) for each in content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_size(each) for name, each in content.items())
    raise ValueError(f"unknown attribute type {kind}")


def _number_size(text: str) -> int:
    """About a byte for two significant digits and one more."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return 1 + math.ceil(max(1, len(digits)) / 2)


def write_units(item: Item) -> int:
    return max(1, math.ceil(item_size(item) / _WRITE_BYTES))


def read_units(items: Iterable[Item]) -> int:
    """Units of items read consistently by one query, whose sizes are added up before rounding."""
    return max(1, math.ceil(sum(map(item_size, items)) / _READ_BYTES))
