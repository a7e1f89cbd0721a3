"""Attributes of the table as JSON has them: ``{"S": "…"}``, ``{"M": {…}}`` and the others that hold no bytes."""

from __future__ import annotations

from typing import Any


def are_alike_in_json(value: Any, shape: Any) -> bool:
    """Whether this is a map of attributes by their names in which everything is of its type, and nothing is bytes.

    Then it is right by its description, and requests and answers spell it as it is. ``shape`` is botocore's or moto's.
    """
    return shape.value.name == "AttributeValue" and type(value) is dict and _are_named(value)


def _are_named(values: dict[Any, Any]) -> bool:
    return all(type(name) is str and _is_right(value) for name, value in values.items())


def _is_right(attribute: Any) -> bool:
    if type(attribute) is not dict or len(attribute) != 1:
        return False
    [(kind, held)] = attribute.items()
    match kind:
        case "S" | "N":
            return type(held) is str
        case "M":
            return type(held) is dict and _are_named(held)
        case "BOOL" | "NULL":
            return type(held) is bool
        case "L":
            return type(held) is list and all(map(_is_right, held))
        case "SS" | "NS":
            return type(held) is list and all(type(each) is str for each in held)
    return False
