"""Plus returns: the levels of commission that a store lets its banks pay it, and the level that a condition asks for.

A level is a number from 0 to 6, as banks of vehicle finance number them; what it pays, and what it costs the borrower,
each bank says by its price. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from lastro.kernel.dataclass import dataclass

MOST_RULES = 200
"""Rules of a store: they are read with every simulation, together."""


@dataclass(frozen=True)
class Span:
    """A range with its ends; an end that is ``None`` is open."""

    least: int | None = None
    most: int | None = None

    def holds(self, value: int) -> bool:
        return (self.least is None or self.least <= value) and (self.most is None or value <= self.most)

    def meets(self, other: Span) -> bool:
        """Whether some value is in both."""
        return _reaches(self, other) and _reaches(other, self)


def _reaches(one: Span, other: Span) -> bool:
    return one.least is None or other.most is None or one.least <= other.most


@dataclass(frozen=True)
class ReturnRule:
    """Levels that a store's conditions may ask of a bank, of every bank without a rule of its own where ``bank`` is
    ``None``, for terms in ``installments`` and net amounts (cents, the good less the down payment) in ``financed``.
    """

    id: int
    bank: str | None
    installments: Span
    financed: Span
    min_return: int
    max_return: int
    return_preference: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    active: bool = True

    def is_of(self, bank: str | None, installments: int, financed: int) -> bool:
        return self.bank == bank and self.installments.holds(installments) and self.financed.holds(financed)

    def overlaps(self, other: ReturnRule) -> bool:
        """Whether a condition could be of both: which of them counts could then be read in two ways."""
        return (
            self.active
            and other.active
            and self.id != other.id
            and self.bank == other.bank
            and self.installments.meets(other.installments)
            and self.financed.meets(other.financed)
        )


@dataclass(frozen=True)
class RuleSet:
    """The rules of a store, in order of number; version 0 has none."""

    version: int = 0
    rules: tuple[ReturnRule, ...] = ()


def find_rule(rules: Sequence[ReturnRule], bank: str, installments: int, financed: int) -> ReturnRule | None:
    """The active rule that a condition is of: one that names its bank, else one of every bank."""
    for named in (bank, None):
        for rule in rules:
            if rule.active and rule.is_of(named, installments, financed):
                return rule
    return None


def find_overlap(rules: Iterable[ReturnRule], rule: ReturnRule) -> ReturnRule | None:
    return next((each for each in rules if each.overlaps(rule)), None)


class OutsideRule(Exception):
    """What a condition asks for has no level within its store's rule."""


@dataclass(frozen=True)
class RuleBelow:
    """A rule as a condition keeps it for those with a higher down payment that its bank may suggest."""

    id: int
    financed: Span
    min_return: int
    max_return: int
    return_preference: str


def bind_return(asked: Mapping[str, Any], rule: ReturnRule | RuleBelow | None) -> dict[str, Any]:
    """What a condition says of its return within its store's rule: bounds, preference and the rule's number.

    Without a rule it is what was asked. Raises ``OutsideRule`` where no level is left.
    """
    if rule is None:
        return {}
    least = max(asked.get("min_return") or 0, rule.min_return)
    most = min(rule.max_return if asked.get("max_return") is None else asked["max_return"], rule.max_return)
    if least > most:
        raise OutsideRule
    preference = asked.get("return_preference") or rule.return_preference
    return {
        "min_return": least,
        "max_return": most,
        "return_preference": preference,
        "plus_return_rule_id": rule.id,
    }


def level_of(options: Mapping[str, Any]) -> int:
    """The level that a condition asks its bank for: within its bounds always, and the least where nothing says more."""
    least, most = options.get("min_return"), options.get("max_return")
    if options.get("return_preference") == "max" and most is not None:
        return int(most)
    return int(least or 0)


def keep_rules_below(
    asked: Mapping[str, Any], rules: Sequence[ReturnRule], bank: str, installments: int, financed: int
) -> dict[str, Any]:
    """What a condition keeps, in plain values, to bind again what its bank suggests: less than ``financed``.

    Nothing where that is of the same rule, or of none, whatever is suggested.
    """
    found = [
        rule
        for named in (bank, None)
        for rule in rules
        if rule.active and rule.bank == named and rule.installments.holds(installments)
        if rule.financed.least is None or rule.financed.least <= financed
    ]
    if not found or (found[0].financed.least is None and found[0].financed.holds(financed)):
        return {}
    kept = [
        [rule.id, rule.financed.least, rule.financed.most, rule.min_return, rule.max_return, rule.return_preference]
        for rule in found
    ]
    return {"return_asked": {name: asked[name] for name in _ASKED if name in asked}, "return_rules": kept}


def bind_again(options: Mapping[str, Any], financed: int) -> Mapping[str, Any]:
    """The options of a condition for a suggested one of ``financed`` cents, within the rule that it is of.

    Raises ``OutsideRule`` where no level is left.
    """
    if "return_rules" not in options:
        return options
    rules = [RuleBelow(number, Span(least, most), *levels) for number, least, most, *levels in options["return_rules"]]
    rule = next((each for each in rules if each.financed.holds(financed)), None)
    asked = options["return_asked"]
    bare = {name: value for name, value in options.items() if name not in _BOUND}
    return {**bare, **asked, **bind_return(asked, rule)}


_ASKED = ("min_return", "max_return", "return_preference")
_BOUND = frozenset({*_ASKED, "plus_return_rule_id", "return_asked", "return_rules"})
