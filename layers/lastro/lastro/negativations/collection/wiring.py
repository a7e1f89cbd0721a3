"""Joins the use cases of the collection to their adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.settings import read_setting
from lastro.kernel.calendar import CLOCK
from lastro.negativations.listings.wiring import open_listing_creation
from lastro.negativations.wiring import (
    open_boleto_store,
    open_debtor_store,
    open_parameters_store,
    open_table,
    wait_for,
)

if TYPE_CHECKING:
    from lastro.aws.queue import Queue
    from lastro.negativations.collection.keeping import CollectionRuns, Collections
    from lastro.negativations.collection.runs.starting import CollectionStart
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.runs.sweep import CollectionSweep
    from lastro.negativations.collection.runs.worker import CollectionWorker


@cache
def _runs() -> RunStore:
    from lastro.negativations.collection.runs.store import RunStore

    return RunStore(open_table())


@cache
def _collections_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_COLLECTIONS_QUEUE_URL"))


@cache
def open_collections() -> Collections:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.collection.keeping import Collections

    return Collections(open_parameters_store(), open_partner_branches(), CLOCK)


@cache
def open_collection_runs() -> CollectionRuns:
    from lastro.negativations.collection.keeping import CollectionRuns

    return CollectionRuns(_runs())


@cache
def open_collection_start() -> CollectionStart:
    from lastro.bureaus.wiring import open_automatic_listings
    from lastro.negativations.collection.runs.starting import CollectionStart

    return CollectionStart(
        open_parameters_store(),
        _runs(),
        open_automatic_listings(),
        _collections_queue(),
        CLOCK,
        BOLETO_SHARDS,
        wait_for,
    )


@cache
def open_collection_worker() -> CollectionWorker:
    from lastro.negativations.collection.runs.listing import AutomaticOrders
    from lastro.negativations.collection.runs.store import MOST_QUEUED
    from lastro.negativations.collection.runs.walking import CollectionWalk
    from lastro.negativations.collection.runs.worker import CollectionWorker

    walking = CollectionWalk(open_parameters_store(), _runs(), _collections_queue(), CLOCK, MOST_QUEUED)
    orders = AutomaticOrders(open_listing_creation())
    return CollectionWorker(
        walking, open_parameters_store(), _runs(), open_boleto_store(), open_debtor_store(), orders, CLOCK
    )


@cache
def open_collection_sweep() -> CollectionSweep:
    from lastro.negativations.collection.runs.sweep import CollectionSweep

    return CollectionSweep(_runs(), _collections_queue(), CLOCK)
