"""A store's plus returns as one item of the table, and back: they are read with every simulation, together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lastro.aws.dynamodb.table import Item
from lastro.kernel.calendar import format_moment, read_moment
from lastro.simulations.returns.model import ReturnRule, RuleSet, Span

_PLAIN = ("id", "bank", "name", "active", "min_return", "max_return", "return_preference")


def rules_item(rule_set: RuleSet) -> Item:
    return {
        "entity": "plus_return_rules",
        "schema": 1,
        "version": rule_set.version,
        "rules": [
            {
                **{name: getattr(rule, name) for name in _PLAIN},
                "installments": [rule.installments.least, rule.installments.most],
                "financed": [rule.financed.least, rule.financed.most],
                "created_at": format_moment(rule.created_at),
                "updated_at": format_moment(rule.updated_at),
            }
            for rule in rule_set.rules
        ],
    }


def to_rules(item: Mapping[str, Any] | None) -> RuleSet:
    """The rules of an item; none where there is no item."""
    if item is None:
        return RuleSet()
    return RuleSet(item["version"], tuple(_to_rule(each) for each in item["rules"]))


def _to_rule(kept: Mapping[str, Any]) -> ReturnRule:
    moments: dict[str, Any] = {name: read_moment(kept[name]) for name in ("created_at", "updated_at")}
    return ReturnRule(
        **{name: kept[name] for name in _PLAIN},
        **moments,
        installments=Span(*kept["installments"]),
        financed=Span(*kept["financed"]),
    )
