"""All rows of one debtor, found together and erased together (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import Delete, Table
from lastro.kernel.dataclass import dataclass
from lastro.negativations.boletos.store import BoletoStore
from lastro.negativations.debtors.store import DebtorStore
from lastro.negativations.events.store import EventStore
from lastro.negativations.listings.rows.locks import Desk, locks_of, order_key_of, references_of
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.pages import place_of

if TYPE_CHECKING:
    from lastro.negativations.boletos.model import Boleto
    from lastro.negativations.debtors.model import Debtor
    from lastro.negativations.events.model import BureauEvent
    from lastro.negativations.listings.model import Listing


@dataclass(frozen=True)
class Debts:
    """What is kept of a debtor. ``debtor`` is ``None`` while the rest of one that ended is still being erased.

    ``guaranteed`` are boletos of others that the debtor answers for; ``listings`` those of the debtor, and those of its
    guarantors for its boletos, which name it.
    """

    debtor: Debtor | None
    boletos: Sequence[Boleto]
    guaranteed: Sequence[Boleto]
    listings: Sequence[Listing]


class DebtStore:
    """Debtors with everything that hangs on them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._debtors = DebtorStore(table)
        self._boletos = BoletoStore(table)
        self._listings = ListingStore(table)
        self._events = EventStore(table)

    def find(self, partner_id: str, debtor_id: str) -> Debts | None:
        """``None`` where there is nothing of a debtor."""
        own, guaranteed, listed = self._names(partner_id, debtor_id)
        boletos = self._boletos.find_many(partner_id, [*own, *guaranteed])
        names = dict.fromkeys(listed)
        for boleto_id in own:
            names |= dict.fromkeys(self._listings.list_of_boleto(partner_id, boleto_id))
        debtor = self._debtors.find(partner_id, debtor_id)
        if debtor is None and not own and not listed and not guaranteed:
            return None
        return Debts(
            debtor,
            [boletos[each] for each in own if each in boletos],
            [each for name in guaranteed if (each := boletos.get(name)) and debtor_id in each.guarantor_ids],
            list(self._listings.find_many(names).values()),
        )

    def find_events(self, listing: Listing) -> Sequence[BureauEvent]:
        """What the bureau pushed about a listing."""
        bureau = Desk.of(listing).bureau
        found = [self._events.find(listing.partner_id, bureau, each) for each in sorted(references_of(listing))]
        return [event for events in found for event in events]

    def erase(self, partner_id: str, debtor_id: str, document: str, debts: Debts) -> bool:
        """Remove a debtor first, so that nothing more hangs on it, then what hung on it, what leads there last.

        False when the debtor was changed meanwhile. What a crash leaves is found again by what leads there.
        """
        at = keys.debtor(partner_id, debtor_id)
        if debts.debtor and not self._table.commit([Delete(at, {"version": debts.debtor.version})]):
            return False
        for listing in debts.listings:
            self._table.delete_many(self._around(listing))
            self._table.delete_many(self._rows(keys.listing(listing.id).pk))
            self._table.delete_many(self._pointers(listing))
        for boleto in debts.boletos:
            self._table.delete_many(self._rows(keys.boleto(partner_id, boleto.id).pk))
        strangers = keys.foreign_record(partner_id, document, "", 0)
        found = self._table.query(strangers.pk, prefix=f"{document}#", only=("PK", "SK"))
        self._table.delete_many(Key(item["PK"], item["SK"]) for item in found)
        self._table.delete_many(self._rows(at.pk))
        return True

    def _names(self, partner_id: str, debtor_id: str) -> tuple[list[str], list[str], list[str]]:
        """Ids of the debtor's boletos, of those it guarantees, and of the listings that it is in."""
        own = [name for name, _ in self._boletos.list_of_debtor(partner_id, debtor_id, after="", page=100)]
        prefix = keys.guaranteed_boleto(partner_id, debtor_id, "")
        rows = self._table.query(prefix.pk, prefix=prefix.sk)
        guaranteed = [item["SK"].removeprefix(prefix.sk) for item in rows]
        return own, guaranteed, list(self._listings.list_of_debtor(partner_id, debtor_id))

    def _around(self, listing: Listing) -> Iterator[Key]:
        """What leads to a listing by a bureau's word, and what the bureau said."""
        bureau = Desk.of(listing).bureau
        for reference in sorted(references_of(listing)):
            yield from self._rows(keys.bureau_event(listing.partner_id, bureau, reference, "").pk)
            yield keys.listing_request(listing.partner_id, bureau, reference)
        for lock in (*locks_of(listing), order_key_of(listing)):
            held = self._table.get(lock)
            # Another listing of the same debt may hold it by now.
            if held is not None and held["listing_id"] == listing.id:
                yield lock

    def _pointers(self, listing: Listing) -> list[Key]:
        place = place_of(listing.created_at, listing.id)
        return [
            keys.boleto_listing(listing.partner_id, listing.boleto_id, place),
            keys.debtor_listing(listing.partner_id, listing.guarantor_id or listing.debtor_id, place),
        ]

    def _rows(self, pk: str) -> list[Key]:
        return [Key(item["PK"], item["SK"]) for item in self._table.query(pk, only=("PK", "SK"))]
