"""Classes, their versions and the history of a customer's class in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import ABSENT, Put, Update
from lastro.customers.classes.items import WALKED, criteria_item, to_change, to_criteria, walk_attributes
from lastro.customers.classes.model import ClassChange, Criteria


class ClassStore(FirstAnswers):
    """Every partner's classes; reads of them are consistent."""

    def reserve_ids(self, count: int) -> int:
        """The first of so many numbers; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("customer_class"), count)

    def find(self, partner_id: str, version: int | None = None) -> Criteria | None:
        """The classes as they are, or as they were in ``version``; ``None`` for a version there never was."""
        key = customer_keys.classes(partner_id, version)
        item = self._table.get(key)
        if item is None:
            return Criteria(partner_id) if version is None else None
        return to_criteria(item)

    def put(self, criteria: Criteria) -> bool:
        """Keep the next version, whose walk begins; false when somebody else was first."""
        where = {"version": criteria.version - 1} if criteria.version > 1 else {"PK": ABSENT}
        kept = replace(criteria, walk=None)
        return self._commit(
            [
                Put(customer_keys.classes(criteria.partner_id), criteria_item(criteria), where),
                Put(customer_keys.classes(criteria.partner_id, criteria.version), criteria_item(kept), {"PK": ABSENT}),
            ]
        )

    def list_walked(self) -> Iterator[Criteria]:
        """Classes by which customers are still to be evaluated, the longest changed first; an index may tell late."""
        found = self._table.query_merged(keys.open_partitions(WALKED), index=OPEN)
        return (to_criteria(item) for item in self._table.read_whole(found))

    def put_walk(self, criteria: Criteria) -> bool:
        """Keep how far the walk is; false once there is a later version."""
        told = walk_attributes(criteria)
        finished = () if "open_pk" in told else ("open_pk", "open_sk")
        key = customer_keys.classes(criteria.partner_id)
        return self._commit([Update(key, told, remove=finished, where={"version": criteria.version})])

    def list_changes(self, partner_id: str, customer_id: int, before: int, limit: int) -> Sequence[ClassChange]:
        """Up to ``limit`` changes of a customer's class, the newest first, from below a version of the customer."""
        first = customer_keys.class_change(partner_id, customer_id, 0)
        last = customer_keys.class_change(partner_id, customer_id, before - 1)
        found = self._table.query(first.pk, newest_first=True, at_least=first.sk, at_most=last.sk, limit=limit)
        return [to_change(item) for item in islice(found, limit)]
