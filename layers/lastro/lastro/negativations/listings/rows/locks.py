"""What a listing holds: the locks of its debt at a bureau, its integration and its branch; and where they lie."""

from __future__ import annotations

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import bureaus as bureau_keys
from lastro.aws.dynamodb.keys import negativations as negativation_keys
from lastro.aws.dynamodb.table import Delete, Item, Put, Write
from lastro.kernel.dataclass import dataclass
from lastro.negativations.listings.model import Listing, may_be_listed

_SCHEMA = 1


@dataclass(frozen=True)
class Desk:
    """One partner's dealings with one bureau in one environment."""

    partner_id: str
    provider: str
    environment: str

    @classmethod
    def of(cls, listing: Listing) -> Desk:
        return cls(listing.partner_id, listing.provider, listing.environment)

    @property
    def bureau(self) -> str:
        return f"{self.provider}.{self.environment}"


@dataclass(frozen=True)
class Held:
    """Who holds the two locks of a debt at a bureau; ``None`` where nobody does. ``order`` is the number of the order
    that took it down for good.
    """

    first_answer: str | None
    of_boleto: str | None
    of_contract: str | None
    order: str | None = None

    @property
    def is_held(self) -> bool:
        return bool(self.of_boleto or self.of_contract)


def hold_writes(before: Listing, after: Listing) -> list[Write]:
    """The writes that keep what a listing holds on to: its integration, which alone takes it down, and its branch.

    The bureaus' set-up takes neither away while there is such a row. Put anew by each change while the listing may
    stand, so that one from before there were such rows has them by the next.
    """
    holds = (("integration", after.integration_id), ("branch", after.branch_id))
    places = [bureau_keys.bureau_hold(after.partner_id, kind, number, after.id) for kind, number in holds]
    if _stands(after):
        row = {"entity": "bureau_hold", "schema": _SCHEMA, "version": 1}
        return [Put(place, row) for place in places]
    return [Delete(place) for place in places] if _stands(before) else []


def _stands(listing: Listing) -> bool:
    """Whether there may be something to take down."""
    return bool(listing.again_due_on) or (listing.is_open and may_be_listed(listing))


def same_contract(number: str) -> str:
    """What tells a contract from others: its number without blanks and whatever the case, as bureaus compare it."""
    return "".join(number.split()).upper()


def locks_of(listing: Listing) -> tuple[keys.Key, ...]:
    """The locks of a debt: of its boleto, of its contract, and of the contract as it is written, under which rows of
    before lie.
    """
    document, bureau = listing.person.document.value, Desk.of(listing).bureau
    contract = listing.debt.contract
    return (
        negativation_keys.listing_lock(listing.partner_id, listing.boleto_id, bureau, document),
        *(
            negativation_keys.listing_contract(listing.partner_id, bureau, listing.creditor.value, document, name)
            for name in dict.fromkeys((same_contract(contract), contract))
        ),
    )


def order_key_of(listing: Listing) -> keys.Key:
    """Where an order about the listing's boleto and person lies, whatever the bureau."""
    return negativation_keys.listing_order(listing.partner_id, listing.boleto_id, listing.person.document.value)


def number_of(item: Item | None) -> str | None:
    return str(item["number"]) if item else None


def holder_of(item: Item | None) -> str | None:
    return str(item["listing_id"]) if item and item["held"] else None


def references_of(listing: Listing) -> set[str]:
    named = {each.transaction_id for each in listing.sendings}
    return named | {each.receipt for each in listing.sendings if each.receipt}
