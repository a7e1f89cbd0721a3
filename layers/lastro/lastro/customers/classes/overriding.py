"""Classes that a person sets and revokes, and the history of a customer's class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.customers.classes.model import (
    ClassChange,
    ClassEvent,
    Criteria,
    Override,
    Standing,
    revoke_override,
    set_override,
)
from lastro.customers.classes.requests import ListClassChanges, PutClassOverride, RevokeClassOverride
from lastro.customers.classes.views import ClassChangeList, ClassificationAnswer, show_change, show_classification
from lastro.customers.errors import CUSTOMER_BUSY, CUSTOMER_NOT_FOUND, NO_OVERRIDE, UNKNOWN_CLASS, WRONG_CURSOR
from lastro.customers.people.model import Customer
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.people.store import CustomerStore

_NEWEST = 10**12


@dataclass(frozen=True)
class Overrides:
    """What people set over the criteria."""

    store: CustomerStore
    classes: ClassStore
    clock: Clock

    def put(self, request: PutClassOverride, caller: Caller) -> ClassificationAnswer:
        """Set a class, in place of what was set before; the same again changes nothing.

        Raises ``NotFound`` for the customer, ``InvalidInput`` for a class there is not.
        """
        sent = request.class_override

        def decide(customer: Customer, criteria: Criteria) -> Standing | None:
            if criteria.find(sent.class_id) is None:
                raise InvalidInput([UNKNOWN_CLASS.at("class_override.class_id")])
            override = Override(sent.class_id, sent.reason, sent.set_by, self.clock.now())
            known = customer.standing.override
            if known is not None and replace(override, set_at=known.set_at) == known:
                return None
            return set_override(override, criteria, customer.data, customer.version + 1)

        return self._change(request.customer_id, caller, decide)

    def revoke(self, request: RevokeClassOverride, caller: Caller) -> ClassificationAnswer:
        """Take back what was set: the criteria count again.

        Raises ``NotFound`` for the customer, ``Conflict`` where nothing is set.
        """
        sent = request.revocation

        def decide(customer: Customer, criteria: Criteria) -> Standing:
            if customer.standing.override is None:
                raise NO_OVERRIDE()
            change = ClassChange(
                customer.version + 1,
                self.clock.now(),
                ClassEvent.REVOKED,
                None,
                criteria.version,
                sent.revoked_by,
                sent.reason,
            )
            return revoke_override(criteria, customer.data, change)

        return self._change(request.customer_id, caller, decide)

    def list_changes(self, request: ListClassChanges, caller: Caller) -> ClassChangeList:
        """A page of the history. Raises ``NotFound``, and ``InvalidInput`` for a cursor that was never given."""
        if self.store.find(caller.partner_id, request.customer_id) is None:
            raise CUSTOMER_NOT_FOUND()
        before = _NEWEST
        if request.cursor is not None:
            if not (request.cursor.isascii() and request.cursor.isdigit() and 0 < int(request.cursor) < _NEWEST):
                raise InvalidInput([WRONG_CURSOR.at("cursor")])
            before = int(request.cursor)
        found = self.classes.list_changes(caller.partner_id, request.customer_id, before, request.per_page + 1)
        page = found[: request.per_page]
        following = str(page[-1].version) if len(found) > len(page) else None
        return ClassChangeList(class_changes=[show_change(each) for each in page], next_cursor=following)

    def _change(
        self, customer_id: int, caller: Caller, decide: Callable[[Customer, Criteria], Standing | None]
    ) -> ClassificationAnswer:
        def change_once() -> ClassificationAnswer | None:
            before = self.store.find(caller.partner_id, customer_id)
            if before is None:
                raise CUSTOMER_NOT_FOUND()
            criteria = self.classes.find(caller.partner_id) or Criteria(caller.partner_id)
            standing = decide(before, criteria)
            after = replace(before, standing=standing or before.standing, version=before.version + 1)
            view = show_classification(criteria, after.standing.found, after.standing.override)
            kept = standing is None or self.store.reclassify(after)
            return ClassificationAnswer(classification=view) if kept else None

        return until_committed(change_once, CUSTOMER_BUSY)
