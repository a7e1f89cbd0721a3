"""Stores' plus returns in the table (keys in ``aws/dynamodb/keys``), one item for each store."""

from __future__ import annotations

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import sequence
from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Put, Table
from lastro.kernel.keyed_request import Answered
from lastro.simulations.returns.items import rules_item, to_rules
from lastro.simulations.returns.model import RuleSet


class ReturnRuleStore(FirstAnswers):
    """The rules of every store."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, sequence("plus_return_rule"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def find(self, store_id: int) -> RuleSet:
        return to_rules(self._table.get(keys.return_rules(store_id)))

    def replace(self, store_id: int, rule_set: RuleSet, answered: Answered | None = None) -> bool:
        """Put rules in the place of the version before; false when that is no longer there, or the same request was
        first."""
        where = {"version": rule_set.version - 1} if rule_set.version > 1 else {"PK": ABSENT}
        return self._commit([Put(keys.return_rules(store_id), rules_item(rule_set), where)], answered)
