"""Approval rules in the table (keys in ``aws/dynamodb/keys``). Percentages are kept as decimal text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from pydantic import TypeAdapter

from lastro.approvals.rules.checks import Checks
from lastro.approvals.rules.model import ApprovalRule, Cycle
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Write
from lastro.kernel.calendar import format_moment
from lastro.kernel.keyed_request import Answered

_SCHEMA = 1
_LAST_ID = 10**12 - 1
_MOST_OF_SALE = 10
_CHECKS = TypeAdapter(Checks)


class RuleStore(FirstAnswers):
    """A partner's rules and every version of them; each read is consistent."""

    def reserve_id(self) -> int:
        """The next number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("approval_rule"), 1)

    def find(self, partner_id: str, rule_id: int, version: int | None = None) -> ApprovalRule | None:
        """The rule as it is, or as it was in ``version``; ``None`` when unknown or another partner's."""
        at = approval_keys.approval_rule(partner_id, rule_id)
        item = self._table.get(
            at if version is None else approval_keys.approval_rule_version(partner_id, rule_id, version)
        )
        return _to_rule(item) if item else None

    def list_after(self, partner_id: str, rule_id: int, limit: int) -> list[ApprovalRule]:
        """Up to ``limit`` rules with a higher number, in order."""
        first, last = (
            approval_keys.approval_rule(partner_id, rule_id + 1),
            approval_keys.approval_rule(partner_id, _LAST_ID),
        )
        if rule_id >= _LAST_ID:
            return []
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=limit)
        return [_to_rule(item) for item in islice(found, limit)]

    def list_for_sale(self, partner_id: str, development: str, price_table: str) -> list[int]:
        """Numbers of up to ten rules for a development and a price table; capitals do not tell names apart."""
        first = approval_keys.rule_of_sale(partner_id, development, price_table, 0)
        last = approval_keys.rule_of_sale(partner_id, development, price_table, _LAST_ID)
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=_MOST_OF_SALE)
        return [item["rule_id"] for item in islice(found, _MOST_OF_SALE)]

    def put_new(self, partner_id: str, rule: ApprovalRule, answered: Answered | None) -> bool:
        """Keep a new rule with its first version. False when the same request was first."""
        put = Put(approval_keys.approval_rule(partner_id, rule.id), _to_item(rule), {"PK": ABSENT})
        return self._commit([put, _version_of(partner_id, rule), _of_sale(partner_id, rule)], answered)

    def replace(self, partner_id: str, before: ApprovalRule, rule: ApprovalRule) -> bool:
        """Keep the next version of a rule. False when somebody else changed it meanwhile."""
        put = Put(approval_keys.approval_rule(partner_id, rule.id), _to_item(rule), {"version": before.version})
        writes: list[Write] = [put, _version_of(partner_id, rule), _of_sale(partner_id, rule)]
        left = _sale_key(partner_id, before)
        if left != _sale_key(partner_id, rule):
            writes.append(Delete(left))
        return self._commit(writes)


def _sale_key(partner_id: str, rule: ApprovalRule) -> Key:
    return approval_keys.rule_of_sale(partner_id, rule.development, rule.price_table, rule.id)


def _of_sale(partner_id: str, rule: ApprovalRule) -> Put:
    item = {"entity": "approval_rule_of_sale", "schema": _SCHEMA, "version": 1, "rule_id": rule.id}
    return Put(_sale_key(partner_id, rule), item)


def _version_of(partner_id: str, rule: ApprovalRule) -> Put:
    key = approval_keys.approval_rule_version(partner_id, rule.id, rule.version)
    return Put(key, _to_item(rule), {"PK": ABSENT})


def _to_item(rule: ApprovalRule) -> Item:
    return {
        "entity": "approval_rule",
        "schema": _SCHEMA,
        "version": rule.version,
        "id": rule.id,
        "name": rule.name,
        "development": rule.development,
        "price_table": rule.price_table,
        "cycles": [
            {
                "start_month": cycle.start_month,
                "end_month": cycle.end_month,
                "minimum_percent": str(cycle.minimum_percent),
                "maximum_percent": None if cycle.maximum_percent is None else str(cycle.maximum_percent),
                "cumulative": cycle.cumulative,
            }
            for cycle in rule.cycles
        ],
        "checks": _CHECKS.dump_python(rule.checks, mode="json"),
        "created_at": format_moment(rule.created_at),
        "updated_at": format_moment(rule.updated_at),
    }


def _to_rule(item: Mapping[str, Any]) -> ApprovalRule:
    return ApprovalRule(
        id=item["id"],
        name=item["name"],
        development=item["development"],
        price_table=item["price_table"],
        cycles=tuple(
            Cycle(
                cycle["start_month"],
                cycle["end_month"],
                Decimal(cycle["minimum_percent"]),
                None if cycle["maximum_percent"] is None else Decimal(cycle["maximum_percent"]),
                cycle["cumulative"],
            )
            for cycle in item["cycles"]
        ),
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        version=item["version"],
        checks=_CHECKS.validate_python(item.get("checks", {})),
    )
