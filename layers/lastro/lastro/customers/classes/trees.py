"""Conditions as JSON: read with the place of every fault, and spelt back.

A node is one of ``{"all_of": [nodes]}``, ``{"any_of": [nodes]}``, ``{"not": node}``, ``{"known": field}`` and a
comparison of a field: ``at_least`` and ``at_most``, both inclusive, of amounts in cents and days; ``among`` ids of a
choice; ``is`` of a flag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from lastro.customers.classes.conditions import (
    FIELDS,
    AllOf,
    AnyOf,
    Between,
    Condition,
    FieldKind,
    Known,
    Not,
    OneOf,
)
from lastro.customers.errors import (
    BOUNDS_CROSSED,
    CONDITION_SHAPE,
    CONDITION_TOO_DEEP,
    CONDITION_TOO_LARGE,
    NO_COMPARISON,
    NO_PARTS,
    TOO_MANY_VALUES,
    UNKNOWN_CHOICE,
    UNKNOWN_FIELD,
    WRONG_COMPARISON,
    WRONG_FLAG,
)
from lastro.customers.people.domains import DOMAINS, find_choice
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import MAX_CENTS, check_bounds, read_whole
from lastro.wire.days import Days

MOST_DEPTH = 8
MOST_NODES = 100
MOST_VALUES = 100

_NOWHERE = AllOf(())
_DAYS = Days()
_COMPARISONS: Mapping[FieldKind, frozenset[str]] = {
    FieldKind.NUMBER: frozenset({"at_least", "at_most"}),
    FieldKind.DAY: frozenset({"at_least", "at_most"}),
    FieldKind.CHOICE: frozenset({"among"}),
    FieldKind.FLAG: frozenset({"is"}),
}


def read_tree(sent: Any, place: str) -> tuple[Condition, list[FieldError]]:
    """The condition that ``sent`` spells, and everything that is wrong with it; of a wrong part nothing is told."""
    reader = _Reader()
    return reader.read(sent, place, 1), reader.faults


def spell_tree(condition: Condition) -> dict[str, Any]:
    """What ``read_tree`` reads as the same condition."""
    match condition:
        case AllOf(parts):
            return {"all_of": [spell_tree(part) for part in parts]}
        case AnyOf(parts):
            return {"any_of": [spell_tree(part) for part in parts]}
        case Not(part):
            return {"not": spell_tree(part)}
        case Known(field):
            return {"known": field}
        case Between(field, least, most):
            bounds = {"at_least": least, "at_most": most}
            return {"field": field, **{name: bound for name, bound in bounds.items() if bound is not None}}
        case OneOf(field, values):
            if FIELDS[field].kind is FieldKind.FLAG:
                return {"field": field, "is": True in values}
            return {"field": field, "among": sorted(values)}


def describe_tree() -> dict[str, Any]:
    """JSON Schema of the leaves, denied or not, and of one level above; nodes may be nested further."""
    leaves = [_node(known={"type": "string", "enum": list(FIELDS)})]
    for names, bound in (
        (_named(FieldKind.NUMBER), {"type": "integer", "minimum": 0, "maximum": MAX_CENTS}),
        (_named(FieldKind.DAY), _DAYS.describe()),
    ):
        leaves += [_node(field={"type": "string", "enum": names}, **{side: bound}) for side in ("at_least", "at_most")]
    for name in _named(FieldKind.CHOICE):
        ids = {"type": "integer", "enum": [choice.id for choice in DOMAINS[FIELDS[name].types].values()]}
        leaves.append(_node(field={"type": "string", "enum": [name]}, among=_list(ids, MOST_VALUES)))
    leaves.append(_node(field={"type": "string", "enum": _named(FieldKind.FLAG)}, **{"is": {"type": "boolean"}}))
    single = [*leaves, _node(**{"not": {"anyOf": leaves}})]
    parts = _list({"anyOf": single}, 5)
    return {"anyOf": [*single, _node(all_of=parts), _node(any_of=parts)]}


def _named(kind: FieldKind) -> list[str]:
    return [name for name, field in FIELDS.items() if field.kind is kind]


def _list(items: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": dict(items), "minItems": 1, "maxItems": most}


def _node(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class _Reader:
    """Walks a tree once; a part beyond the bounds of depth and size is told and not entered."""

    def __init__(self) -> None:
        self.faults: list[FieldError] = []
        self._left = MOST_NODES

    def read(self, sent: Any, place: str, depth: int) -> Condition:
        self._left -= 1
        if self._left < 0:
            if self._left == -1:
                self.faults.append(CONDITION_TOO_LARGE.at(place, most=MOST_NODES))
            return _NOWHERE
        if depth > MOST_DEPTH:
            self.faults.append(CONDITION_TOO_DEEP.at(place, most=MOST_DEPTH))
            return _NOWHERE
        if isinstance(sent, Mapping):
            match sorted(map(str, sent)):
                case ["all_of"]:
                    return AllOf(self._read_parts(sent["all_of"], f"{place}.all_of", depth))
                case ["any_of"]:
                    return AnyOf(self._read_parts(sent["any_of"], f"{place}.any_of", depth))
                case ["not"]:
                    return Not(self.read(sent["not"], f"{place}.not", depth + 1))
                case ["known"]:
                    return Known(self._read_field(sent["known"], f"{place}.known"))
            if "field" in sent:
                return self._read_comparison(sent, place)
        self.faults.append(CONDITION_SHAPE.at(place))
        return _NOWHERE

    def _read_parts(self, sent: Any, place: str, depth: int) -> tuple[Condition, ...]:
        if not isinstance(sent, list) or not sent:
            self.faults.append(NO_PARTS.at(place))
            return ()
        return tuple(self.read(part, f"{place}.{position}", depth + 1) for position, part in enumerate(sent))

    def _read_field(self, sent: Any, place: str) -> str:
        if isinstance(sent, str) and sent in FIELDS:
            return sent
        self.faults.append(UNKNOWN_FIELD.at(place, fields=", ".join(FIELDS)))
        return ""

    def _read_comparison(self, sent: Mapping[str, Any], place: str) -> Condition:
        name = self._read_field(sent["field"], f"{place}.field")
        if not name:
            return _NOWHERE
        field = FIELDS[name]
        known = _COMPARISONS[field.kind]
        told = [str(each) for each in sent if each != "field"]
        wrong = [each for each in told if each not in known]
        self.faults += [WRONG_COMPARISON.at(f"{place}.{each}", known=", ".join(sorted(known))) for each in wrong]
        if not told:
            self.faults.append(NO_COMPARISON.at(place, known=", ".join(sorted(known))))
        if wrong or not told:
            return _NOWHERE
        if field.kind is FieldKind.FLAG:
            return OneOf(name, frozenset({self._read_flag(sent["is"], f"{place}.is")}))
        if field.kind is FieldKind.CHOICE:
            return OneOf(name, self._read_choices(sent["among"], field.types, f"{place}.among"))
        least, most = (self._read_bound(sent, side, field.kind, place) for side in ("at_least", "at_most"))
        if least is not None and most is not None and least > most:
            self.faults.append(BOUNDS_CROSSED.at(f"{place}.at_most"))
        return Between(name, least, most)

    def _read_flag(self, sent: Any, place: str) -> bool:
        if not isinstance(sent, bool):
            self.faults.append(WRONG_FLAG.at(place))
        return sent is True

    def _read_choices(self, sent: Any, types: str, place: str) -> frozenset[int]:
        if not isinstance(sent, Sequence) or isinstance(sent, str) or not 1 <= len(sent) <= MOST_VALUES:
            self.faults.append(TOO_MANY_VALUES.at(place, most=MOST_VALUES))
            return frozenset()
        found: set[int] = set()
        for position, each in enumerate(sent):
            number = each if isinstance(each, int) and not isinstance(each, bool) else 0
            if find_choice(types, number) is None:
                self.faults.append(UNKNOWN_CHOICE.at(f"{place}.{position}", types=types))
            found.add(number)
        return frozenset(found)

    def _read_bound(self, sent: Mapping[str, Any], side: str, kind: FieldKind, place: str) -> Any:
        if side not in sent:
            return None
        try:
            if kind is FieldKind.DAY:
                return _DAYS.read(sent[side]).isoformat()
            number = read_whole(sent[side], written=False)
            check_bounds(number, 0, MAX_CENTS)
        except PydanticCustomError as error:
            self.faults.append(FieldError(f"{place}.{side}", error.type, error.message()))
            return None
        return number
