"""The operator's loads of a partner's table of models."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.vehicles.catalogue.model import Catalogue, merge_table
from lastro.vehicles.catalogue.table import read_table
from lastro.vehicles.errors import CATALOGUE_CHANGED

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.store import CatalogueStore


@dataclass(frozen=True)
class Loading:
    """Tables put in force, each whole."""

    store: CatalogueStore
    clock: Clock
    new_load: Callable[[], str]

    def load(self, partner_id: str, content: bytes) -> Catalogue:
        """The catalogue after a table; the same table again changes no model.

        Raises ``InvalidInput`` naming lines and columns, and ``Conflict`` ``catalogue_changed`` when another load ended
        meanwhile: nothing of this one is in force then.
        """
        now = self.clock.now()
        table = read_table(content, local_date(now))
        catalogue = merge_table(self.store.find(partner_id).catalogue, table, now)
        if not self.store.replace(partner_id, catalogue, self.new_load(), now):
            raise CATALOGUE_CHANGED()
        return catalogue
