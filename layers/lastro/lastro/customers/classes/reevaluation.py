"""Evaluating every customer by criteria that changed: resumable, in pages, partners in turns.

A customer that was evaluated by the criteria as they are is left alone, so whatever is done twice changes nothing. Who
registered a customer while the criteria changed may have read the ones before: once no such request can live any
longer, what was registered about then is looked at again.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lastro.customers.classes.model import SETTLING, Criteria, Walk, evaluate
from lastro.customers.errors import CUSTOMER_BUSY
from lastro.customers.people.store import place_after
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict
from lastro.kernel.queues.sweeping import SWEEP_TIME

if TYPE_CHECKING:
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.people.store import CustomerStore

PAGE = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reevaluation:
    """The sweep behind a change of the criteria."""

    store: CustomerStore
    classes: ClassStore
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - what is due does not depend on the day
        """Pages of every partner whose criteria changed, in turns, until all are done or the run's time is over."""
        ends = self.clock.now() + SWEEP_TIME
        turns = deque(self.classes.list_walked())
        evaluated = finished = 0
        while turns and self.clock.now() < ends:
            before = turns.popleft()
            try:
                after = self._step(before)
            except Conflict:
                # A customer that others keep writing: its partner goes on with the next run, the others at once.
                _log.warning("customers left for later", extra={"partner_id": before.partner_id})
                continue
            if after is None:
                continue
            evaluated += after.evaluated - (before.walk.evaluated if before.walk else 0)
            if after.finished_at is not None:
                finished += 1
            else:
                turns.append(replace(before, walk=after))
        return {"customers_evaluated": evaluated, "reevaluations_finished": finished}

    def _step(self, criteria: Criteria) -> Walk | None:
        """One page; ``None`` for what is to wait, or was changed again."""
        walk, changed_at = criteria.walk or Walk(), criteria.updated_at
        if walk.finished_at is not None or changed_at is None:
            return None
        found = self.store.list_ids(criteria.partner_id, by_name=False, after=walk.after, limit=PAGE)
        for _, number in found:
            self._reclassify(criteria, number)
        evaluated = walk.evaluated + (0 if walk.closing else len(found))
        now = self.clock.now()
        if found:
            after = replace(walk, after=found[-1][0], evaluated=evaluated)
        elif walk.closing:
            after = replace(walk, finished_at=now)
        elif now < changed_at + SETTLING:
            return None
        else:
            after = replace(walk, after=place_after(format_moment(changed_at - SETTLING)), closing=True)
        return after if self.classes.put_walk(replace(criteria, walk=after)) else None

    def _reclassify(self, criteria: Criteria, number: int) -> None:
        """Evaluate one customer, unless it was by these criteria or later ones."""

        def reclassify_once() -> bool | None:
            customer = self.store.find(criteria.partner_id, number)
            if customer is None or customer.standing.criteria_version >= criteria.version:
                return False
            version, now = customer.version + 1, self.clock.now()
            standing = evaluate(customer.standing, criteria, customer.data, version, now)
            return True if self.store.reclassify(replace(customer, standing=standing, version=version)) else None

        until_committed(reclassify_once, CUSTOMER_BUSY)
