"""Defining classes of customers, and reading them as they are and as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.customers.classes.model import Criteria, CustomerClass, Walk
from lastro.customers.classes.requests import GetCustomerClasses, PutCustomerClasses, SentClass
from lastro.customers.classes.trees import read_tree
from lastro.customers.classes.views import CustomerClassesAnswer, show_classes
from lastro.customers.errors import CLASSES_BUSY, CLASSES_NOT_FOUND, UNKNOWN_CLASS
from lastro.customers.people.model import fold_name
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.customers.classes.store import ClassStore


@dataclass(frozen=True)
class Classes:
    """A partner's classes."""

    store: ClassStore
    clock: Clock

    def replace(self, request: PutCustomerClasses, caller: Caller) -> CustomerClassesAnswer:
        """All classes anew: the next version, by which every customer is evaluated from then on.

        What changes nothing makes no version. Raises ``InvalidInput`` for the number of a class there is not,
        ``Conflict`` when others keep changing them.
        """
        sent = request.customer_classes.classes

        def replace_once() -> CustomerClassesAnswer | None:
            before = self.store.find(caller.partner_id) or Criteria(caller.partner_id)
            unknown = [
                UNKNOWN_CLASS.at(f"customer_classes.classes.{position}.id")
                for position, each in enumerate(sent)
                if each.id is not None and before.find(each.id) is None
            ]
            if unknown:
                raise InvalidInput(unknown)
            if _is_same(before, sent):
                return show_classes(before)
            now = self.clock.now()
            after = Criteria(caller.partner_id, before.version + 1, self._number(before, sent), now, Walk())
            return show_classes(after) if self.store.put(after) else None

        return until_committed(replace_once, CLASSES_BUSY)

    def show(self, request: GetCustomerClasses, caller: Caller) -> CustomerClassesAnswer:
        """Raises ``NotFound`` for a version there never was."""
        criteria = self.store.find(caller.partner_id, request.version)
        if criteria is None:
            raise CLASSES_NOT_FOUND()
        return show_classes(criteria)

    def _number(self, before: Criteria, sent: list[SentClass]) -> tuple[CustomerClass, ...]:
        """A class without a number is the one of its name, where there is one: repeating a request makes no other."""
        named = {fold_name(one.name): one.id for one in before.classes}
        taken = {each.id for each in sent}
        known = [each.id or _untaken(named.get(fold_name(each.name)), taken) for each in sent]
        new = known.count(None)
        numbers = iter(range(first, first + new)) if new and (first := self.store.reserve_ids(new)) else iter(())
        return tuple(
            CustomerClass(number or next(numbers), each.name, read_tree(each.condition, "")[0])
            for number, each in zip(known, sent, strict=True)
        )


def _untaken(number: int | None, taken: set[int | None]) -> int | None:
    return None if number in taken else number


def _is_same(before: Criteria, sent: list[SentClass]) -> bool:
    """Whether these are the classes there are; a class that was sent without its number is known by its name."""
    told = [(each.id, each.name, read_tree(each.condition, "")[0]) for each in sent]
    known = [(one.id, one.name, one.condition) for one in before.classes]
    return len(told) == len(known) and all(
        number in (None, one[0]) and (name, condition) == one[1:]
        for (number, name, condition), one in zip(told, known, strict=True)
    )
