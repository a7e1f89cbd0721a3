"""What the collection asks of listings."""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import KeyedRequest
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.collection.model import RunKey
from lastro.negativations.listings.asking.creating import ListingCreation, ListingOrder
from lastro.negativations.listings.facts import Origin


@dataclass(frozen=True)
class AutomaticOrders:
    """Asks for listings on behalf of runs: one of a boleto and a run, however often its message comes."""

    creation: ListingCreation

    def __call__(self, boleto: Boleto, run: RunKey) -> None:
        """Raises what ``ListingCreation.place`` raises."""
        keyed = KeyedRequest.of(f"collection#{run.partner_id}", f"{run.id}#{boleto.id}", boleto.id)
        order = ListingOrder(run.partner_id, boleto.id, f"cobrança {run.business_date}", Origin.AUTOMATIC)
        self.creation.place(order, keyed)
