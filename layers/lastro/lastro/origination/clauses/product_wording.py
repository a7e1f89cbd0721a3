"""The clauses a partner adds to the contracts of one product, after those that every contract has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict
from lastro.origination.clauses.requests import GetProductClauses, PutProductClauses
from lastro.origination.clauses.views import ProductClausesAnswer, show_clauses
from lastro.origination.contracts.model import ClauseText, ProductClauses
from lastro.origination.errors import CLAUSES_CHANGED, PRODUCT_NOT_FOUND

if TYPE_CHECKING:
    from lastro.origination.clauses.store import ClauseStore
    from lastro.origination.products.store import ProductStore

CheckClauses = Callable[[Sequence[ClauseText]], None]
"""Raises ``InvalidInput`` for texts that are more than words, variables and conditions."""


@dataclass(frozen=True)
class ClauseReading:
    """Reads clauses from the products and the shelf."""

    products: ProductStore
    shelf: ClauseStore

    def read(self, request: GetProductClauses, caller: Caller) -> ProductClausesAnswer:
        """A product's own clauses. Raises ``NotFound`` ``product_not_found``."""
        return show_clauses(self.find(request.product_id, caller))

    def find(self, product_id: int, caller: Caller) -> ProductClauses:
        """The same as they are kept."""
        if self.products.find(caller.partner_id, product_id) is None:
            raise PRODUCT_NOT_FOUND(product=product_id)
        return self.shelf.find(caller.partner_id, product_id)


@dataclass(frozen=True)
class ClauseWriting:
    """Keeps clauses, checked by the engine that will fill them in."""

    reading: ClauseReading
    clock: Clock
    check: CheckClauses

    def put(self, request: PutProductClauses, caller: Caller) -> ProductClausesAnswer:
        """Replace a product's own clauses; the contracts of credits proposed from now on hold them.

        The clauses in force sent again make no version.

        Raises ``NotFound`` ``product_not_found``, ``InvalidInput`` and, when somebody else wrote since ``version``,
        ``Conflict`` ``clauses_changed``.
        """
        known = self.reading.find(request.product_id, caller)
        if request.version not in (None, known.version):
            raise _changed()
        clauses = tuple(ClauseText(each.title, tuple(each.paragraphs)) for each in request.clauses)
        if clauses == known.clauses:
            return show_clauses(known)
        if clauses:
            self.check(clauses)
        now = self.clock.now()
        after = ProductClauses(known.partner_id, known.product_id, known.version + 1, clauses, now)
        if not self.reading.shelf.replace(after):
            raise _changed()
        return show_clauses(after)


def _changed() -> Conflict:
    return CLAUSES_CHANGED()
