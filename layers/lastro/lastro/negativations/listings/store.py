"""Listings in the table (keys in ``aws/dynamodb/keys``).

One row holds a listing with all of its facts; beside it lies what finds it again: its place among the partner's, with
its boleto and its debtor, its requests by every id, and two locks that keep a debt from being listed twice at a bureau.
What is found by a bureau's word is found within one partner, bureau and environment alone (``Desk``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN
from lastro.aws.dynamodb.keys import negativations as negativation_keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Put, Update, Write
from lastro.kernel.calendar import format_moment
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.boletos.store import claim_for_listing
from lastro.negativations.deadlines.store import watch_writes
from lastro.negativations.listings.entries import ListingEntry, read_entry
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.rows.items import listing_item, to_listing
from lastro.negativations.listings.rows.locks import (
    Desk,
    Held,
    hold_writes,
    holder_of,
    locks_of,
    number_of,
    order_key_of,
    references_of,
    same_contract,
)
from lastro.negativations.pages import merge_newest_first, place_of
from lastro.negativations.providers import LISTING_FACTS
from lastro.negativations.pulls.store import Pull, follow_writes

_SCHEMA = 1


class ListingStore(FirstAnswers):
    """Listings of every partner; reads that decide are consistent."""

    def find(self, listing_id: str) -> Listing | None:
        item = self._table.get(negativation_keys.listing(listing_id))
        return to_listing(item) if item else None

    def find_many(self, listing_ids: Iterable[str]) -> Mapping[str, Listing]:
        """Those that exist, by id."""
        wanted = {negativation_keys.listing(each): each for each in listing_ids}
        return {wanted[key]: to_listing(item) for key, item in self._table.get_many(wanted).items()}

    def look_before(self, listing: Listing, keyed: KeyedRequest | None, now: datetime) -> Held:
        """The first answer to the attempt, and who holds the locks: one round trip.

        Raises ``Conflict`` when its key came with another request.
        """
        locks = locks_of(listing)
        ordered = order_key_of(listing)
        first, found = self._find_with(keyed, now, [*locks, ordered])
        of_boleto, *of_contract = [holder_of(found.get(lock)) for lock in locks]
        return Held(first, of_boleto, next(filter(None, of_contract), None), number_of(found.get(ordered)))

    def find_others(self, listing: Listing) -> Held:
        """Who but the listing itself holds the locks of its debt."""
        locks = locks_of(listing)
        ordered = order_key_of(listing)
        found = self._table.get_many([*locks, ordered])
        of_boleto, *of_contract = [
            None if (name := holder_of(found.get(lock))) == listing.id else name for lock in locks
        ]
        return Held(None, of_boleto, next(filter(None, of_contract), None), number_of(found.get(ordered)))

    def find_earlier_order(self, listing: Listing) -> str | None:
        """Number of an order that an earlier listing of the same boleto and person was told of, before orders had a
        row of their own.
        """
        names = [name for name in self.list_of_boleto(listing.partner_id, listing.boleto_id) if name != listing.id]
        earlier = self.find_many(names).values() if names else ()
        orders = [each for one in earlier if one.person.document == listing.person.document for each in one.orders]
        return orders[-1].number if orders else None

    def find_holder(self, desk: Desk, boleto_id: str, document: str) -> str | None:
        """Id of the listing that a person's debt has at a bureau, if one stands."""
        return holder_of(
            self._table.get(negativation_keys.listing_lock(desk.partner_id, boleto_id, desk.bureau, document))
        )

    def add(self, listing: Listing, boleto: Boleto, answered: Answered | None) -> bool:
        """Keep a new listing; false when the boleto changed, a lock was taken or the same request was first."""
        pointer = {"entity": "listing_pointer", "schema": _SCHEMA, "version": 1, "listing_id": listing.id}
        place = place_of(listing.created_at, listing.id)
        writes: list[Write] = [
            claim_for_listing(boleto),
            # Deletes nothing: it holds only while no order came.
            Delete(order_key_of(listing), {"PK": ABSENT}),
            Put(negativation_keys.listing(listing.id), listing_item(listing), {"PK": ABSENT}),
            Put(negativation_keys.boleto_listing(listing.partner_id, listing.boleto_id, place), pointer),
            Put(
                negativation_keys.debtor_listing(listing.partner_id, listing.guarantor_id or listing.debtor_id, place),
                pointer,
            ),
        ]
        if LISTING_FACTS[listing.provider].follows:
            pull = Pull(listing.partner_id, listing.integration_id, listing.creditor.value)
            writes += follow_writes(self._table, pull, listing.created_at)
        writes += watch_writes(None, listing)
        return self._commit([*writes, *self._take_locks(listing)], answered)

    def change(
        self,
        before: Listing,
        after: Listing,
        answered: Answered | None = None,
        boleto: Boleto | None = None,
        also: Sequence[Write] = (),
    ) -> bool:
        """Put ``after`` in the place of ``before``; false when ``before`` is no longer there.

        With ``boleto`` only while that is as it was read: what is sent excludes every payment. ``also`` is written
        together with it, or neither is.
        """
        writes: list[Write] = [*also]
        if boleto:
            writes += [claim_for_listing(boleto), Delete(order_key_of(after), {"PK": ABSENT})]
        if after.orders != before.orders:
            row = {"entity": "listing_order", "schema": _SCHEMA, "version": 1, "listing_id": after.id}
            writes.append(Put(order_key_of(after), {**row, "number": after.orders[-1].number}))
        writes.append(Put(negativation_keys.listing(after.id), listing_item(after), {"version": before.version}))
        writes += watch_writes(before, after)
        writes += hold_writes(before, after)
        for reference in references_of(after) - references_of(before):
            pointer = {"entity": "listing_request", "schema": _SCHEMA, "version": 1, "listing_id": after.id}
            writes.append(
                Put(negativation_keys.listing_request(after.partner_id, Desk.of(after).bureau, reference), pointer)
            )
        if after.is_open and not before.is_open:
            writes += self._take_locks(after)
        if before.is_open and not after.is_open:
            writes += [
                Update(lock, assign={"held": False}, where={"listing_id": after.id}) for lock in self._own_locks(after)
            ]
        return self._commit(writes, answered)

    def _take_locks(self, listing: Listing) -> list[Write]:
        """The writes that take the locks of a debt, good while nobody holds them."""
        row = {"entity": "listing_lock", "schema": _SCHEMA, "version": 1, "listing_id": listing.id, "held": True}
        writes: list[Write] = []
        for lock in locks_of(listing)[:2]:
            found = self._table.get(lock)
            where = {"listing_id": found["listing_id"], "held": False} if found else {"PK": ABSENT}
            writes.append(Put(lock, row, where))
        return writes

    def _own_locks(self, listing: Listing) -> list[keys.Key]:
        """The locks of a listing, the one of its contract where it was put."""
        of_boleto, *of_contract = locks_of(listing)
        if len(of_contract) == 1:
            return [of_boleto, *of_contract]
        found = self._table.get_many(of_contract)
        mine = [lock for lock in of_contract if lock in found and found[lock]["listing_id"] == listing.id]
        return [of_boleto, *mine]

    def find_by_request(self, desk: Desk, reference: str) -> str | None:
        """Id of the listing that a request, under our id or the bureau's, was about."""
        item = self._table.get(negativation_keys.listing_request(desk.partner_id, desk.bureau, reference))
        return str(item["listing_id"]) if item else None

    def find_by_contract(self, desk: Desk, creditor: str, document: str, contract: str) -> str | None:
        """Id of the newest listing of a person's contract with a creditor."""
        for name in dict.fromkeys((same_contract(contract), contract)):
            if item := self._table.get(
                negativation_keys.listing_contract(desk.partner_id, desk.bureau, creditor, document, name)
            ):
                return str(item["listing_id"])
        return None

    # lists --------------------------------------------------------------------------------------------------------

    def list_of_boleto(self, partner_id: str, boleto_id: str) -> Sequence[str]:
        """Ids of every listing that was made of a boleto, oldest first."""
        pk = negativation_keys.boleto_listing(partner_id, boleto_id, "").pk
        return [item["listing_id"] for item in self._table.query(pk, prefix=negativation_keys.LISTING_PREFIX)]

    def list_of_debtor(self, partner_id: str, debtor_id: str) -> Iterator[str]:
        """Ids of a person's listings, newest first."""
        pk = negativation_keys.debtor_listing(partner_id, debtor_id, "").pk
        for item in self._table.query(pk, prefix=negativation_keys.LISTING_PREFIX, newest_first=True):
            yield item["listing_id"]

    def list_entries(self, partner_id: str, *, since: str, until: str, page: int) -> Iterator[ListingEntry]:
        """A partner's listings made between two ISO moments, or from below a place, newest first."""
        if until < since:
            return
        shards = (
            self._table.query(
                negativation_keys.listing_index(partner_id, shard)["by_owner_pk"],
                index=BY_OWNER,
                newest_first=True,
                at_least=since,
                at_most=until,
                limit=page,
            )
            for shard in range(negativation_keys.BOLETO_SHARDS)
        )
        for place in merge_newest_first([(item["by_owner_sk"] for item in shard) for shard in shards]):
            yield read_entry(place)

    def list_due(self, before: datetime) -> Iterator[str]:
        """Ids of listings that somebody is to look at by a moment, earliest first."""
        partitions = [
            negativation_keys.due_listing_index(shard)["open_pk"] for shard in range(negativation_keys.BOLETO_SHARDS)
        ]
        # "~" stands behind every id of that very moment.
        for item in self._table.query_merged(partitions, index=OPEN, at_most=f"{format_moment(before)}~"):
            yield item["PK"].removeprefix(negativation_keys.listing("").pk)
