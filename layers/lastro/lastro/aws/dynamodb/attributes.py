"""Python values to DynamoDB attribute values and back.

Numbers are whole (cents, counters, ids): a fraction is refused both ways, so no float can enter the table. Decimals
that must be kept travel as strings. Moments, days and members of an enumeration are kept as their texts; whoever reads
an item back gives them their types. Bytes are in base64, as on the wire.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lastro.kernel.calendar import format_moment


def encode(value: Any) -> dict[str, Any]:
    """One attribute value; raises ``TypeError`` for a float or any type the table does not hold."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case StrEnum():
            return {"S": value.value}
        case str():
            return {"S": value}
        case datetime():
            return {"S": format_moment(value)}
        case date():
            return {"S": value.isoformat()}
        case int():
            return {"N": str(value)}
        case bytes():
            return {"B": b64encode(value).decode()}
        case dict():
            return {"M": {str(name): encode(inner) for name, inner in value.items()}}
        case list() | tuple():
            return {"L": [encode(inner) for inner in value]}
        case set() | frozenset():
            return {"NS": [str(number) for number in sorted(value)]}
    raise TypeError(f"the table holds no {type(value).__name__}")


def decode(attribute: dict[str, Any]) -> Any:
    """The inverse of :func:`encode`."""
    ((kind, value),) = attribute.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "B":
            return b64decode(value)
        case "N":
            return int(value)
        case "NULL":
            return None
        case "M":
            return {name: decode(inner) for name, inner in value.items()}
        case "L":
            return [decode(inner) for inner in value]
        case "NS":
            return {int(number) for number in value}
    raise TypeError(f"the table holds no attribute of type {kind}")


def encode_item(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: encode(value) for name, value in item.items()}


def decode_item(item: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: decode(value) for name, value in item.items()}
