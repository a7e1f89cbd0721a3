"""What was true when a listing was asked for, looked at again before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import (
    BOLETO_NOT_FOUND,
    CONTRACT_LISTED,
    LISTING_EXISTS,
    NO_SUCH_DEBTOR,
    REMOVAL_ORDERED,
)
from lastro.negativations.listings.asking.checking import check_listable, check_principal
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.bureaus.service import ListingBranches
    from lastro.negativations.boletos.model import Boleto
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.debtors.store import DebtorStore
    from lastro.negativations.listings.model import Listing
    from lastro.negativations.listings.store import ListingStore


@dataclass(frozen=True)
class ListingRules:
    """The rules of ``ListingCreation.place``, for a listing there is: one list for approval, resend and sending."""

    store: ListingStore
    boletos: BoletoStore
    debtors: DebtorStore
    branches: ListingBranches
    clock: Clock

    def check(self, listing: Listing) -> Boleto:
        """The boleto, which may be listed still.

        Raises ``NotFound``, ``InvalidInput`` and ``BusinessRefusal`` where it may not, and ``Conflict`` where another
        listing of the debt stands or an order took it down.
        """
        boleto = self.boletos.find(listing.partner_id, listing.boleto_id)
        if boleto is None:
            raise BOLETO_NOT_FOUND()
        listed = self.debtors.find(listing.partner_id, listing.guarantor_id or listing.debtor_id)
        if listed is None:
            raise InvalidInput([NO_SUCH_DEBTOR.at("negativation.boleto_id")])
        facts, codes = LISTING_FACTS[listing.provider], self.branches.find_codes(listing.integration_id)
        today = local_date(self.clock.now())
        if wrong := check_listable(boleto, listed, listing.debt.nature, facts, codes, today):
            raise InvalidInput(wrong)
        if listing.principal_id is not None:
            check_principal(self.store.find(listing.principal_id))
        held = self.store.find_others(listing)
        if order_number := held.order or self.store.find_earlier_order(listing):
            raise REMOVAL_ORDERED(order=order_number)
        if held.of_boleto:
            raise LISTING_EXISTS(listing=held.of_boleto)
        if held.of_contract:
            raise CONTRACT_LISTED(listing=held.of_contract)
        return boleto
