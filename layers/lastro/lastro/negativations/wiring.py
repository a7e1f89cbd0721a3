"""Joins the use cases of negative listings to their adapters, once per process; each opens only what it uses."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    import httpx

    from lastro.aws.files import Files
    from lastro.aws.queue import Queue
    from lastro.bureaus.service import Integration, SheetWriter
    from lastro.kernel.retention import PersonalData
    from lastro.negativations.approvals.settings import ListingSettings
    from lastro.negativations.approvals.store import SettingsStore
    from lastro.negativations.boletos.keeping import Boletos
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.collection.keeping import CollectionRuns, Collections
    from lastro.negativations.collection.runs.starting import CollectionStart
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.runs.sweeping import CollectionSweep
    from lastro.negativations.collection.runs.working import CollectionWork
    from lastro.negativations.collection.store import ParametersStore
    from lastro.negativations.deadlines.reading import DeadlineReading
    from lastro.negativations.deadlines.store import DeadlineStore
    from lastro.negativations.deadlines.watching import DeadlineWatch
    from lastro.negativations.debtors.keeping import Debtors
    from lastro.negativations.debtors.store import DebtorStore
    from lastro.negativations.events.receiving import EventReceiving
    from lastro.negativations.events.sources import EventSources
    from lastro.negativations.events.store import EventStore
    from lastro.negativations.imports.keeping import ImportReading, Imports, ImportSweep
    from lastro.negativations.imports.store import ImportStore
    from lastro.negativations.imports.working import ImportWork
    from lastro.negativations.listings.asking.acting import ListingActs, ManualListings
    from lastro.negativations.listings.asking.creating import ListingCreation
    from lastro.negativations.listings.asking.rechecking import ListingRules
    from lastro.negativations.listings.following import ListingFollower, RemovalReasons
    from lastro.negativations.listings.guarantors import GuarantorListings
    from lastro.negativations.listings.reading import ListingReading
    from lastro.negativations.listings.store import ListingStore
    from lastro.negativations.listings.working.sending import ListingProcessor
    from lastro.negativations.listings.working.sweep import ListingSweep
    from lastro.negativations.ports import ListingBureau
    from lastro.negativations.pulls.reconciling import Reconciliation
    from lastro.negativations.reports.reporting import ListingExport, ListingReports

Result = TypeVar("Result")


@cache
def _table() -> Table:
    return Table()


@cache
def _debtors() -> DebtorStore:
    from lastro.negativations.debtors.store import DebtorStore

    return DebtorStore(_table())


@cache
def _boletos() -> BoletoStore:
    from lastro.negativations.boletos.store import BoletoStore

    return BoletoStore(_table())


@cache
def open_debtors() -> Debtors:
    from lastro.negativations.debtors.keeping import Debtors

    return Debtors(_debtors(), CLOCK)


@cache
def open_boletos() -> Boletos:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.boletos.keeping import Boletos

    return Boletos(_boletos(), _debtors(), open_partner_branches(), CLOCK, lambda change: open_follower()(change))


@cache
def open_personal_data() -> PersonalData:
    """What debtors, boletos and listings keep of people."""
    from lastro.negativations.endings.retention import DebtorData
    from lastro.negativations.endings.store import DebtStore

    return DebtorData(DebtStore(_table()))


# listings -----------------------------------------------------------------------------------------------------------


@cache
def _listings() -> ListingStore:
    from lastro.negativations.listings.store import ListingStore

    return ListingStore(_table())


@cache
def _events() -> EventStore:
    from lastro.negativations.events.store import EventStore

    return EventStore(_table())


@cache
def _listing_settings() -> SettingsStore:
    from lastro.negativations.approvals.store import SettingsStore

    return SettingsStore(_table())


@cache
def _listings_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_LISTINGS_QUEUE_URL"))


@cache
def _removal_reasons() -> RemovalReasons:
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.following import RemovalReasons

    return RemovalReasons(open_listing_branches())


@cache
def _listing_rules() -> ListingRules:
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.asking.rechecking import ListingRules

    return ListingRules(_listings(), _boletos(), _debtors(), open_listing_branches(), CLOCK)


@cache
def _guarantor_listings() -> GuarantorListings:
    from lastro.negativations.listings.guarantors import GuarantorListings

    return GuarantorListings(_listings(), _listings_queue(), CLOCK)


@cache
def open_follower() -> ListingFollower:
    from lastro.negativations.listings.following import ListingFollower

    return ListingFollower(_listings(), _removal_reasons(), _listings_queue(), CLOCK, _parameters().place_of)


@cache
def open_listing_creation() -> ListingCreation:
    """How listings are asked for, by people and by the collection."""
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.asking.creating import ListingCreation

    return ListingCreation(
        _listings(),
        _boletos(),
        _debtors(),
        _listing_settings(),
        open_listing_branches(),
        _listings_queue(),
        CLOCK,
    )


@cache
def open_manual_listings() -> ManualListings:
    from lastro.negativations.listings.asking.acting import ManualListings

    return ManualListings(open_listing_creation())


@cache
def open_listing_acts() -> ListingActs:
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.asking.acting import ListingActs

    return ListingActs(
        _listings(),
        _boletos(),
        open_listing_branches(),
        _listing_rules(),
        _removal_reasons(),
        _guarantor_listings(),
        _listings_queue(),
        CLOCK,
    )


@cache
def open_listing_reading() -> ListingReading:
    from lastro.negativations.listings.reading import ListingReading

    return ListingReading(_listings())


@cache
def open_listing_reports() -> ListingReports:
    from lastro.negativations.reports.reporting import ListingReports

    return ListingReports(_listings())


@cache
def open_listing_export() -> ListingExport:
    from lastro.aws.files import Files
    from lastro.aws.reports import ReportFiles
    from lastro.negativations.reports.reporting import ListingExport

    archive = Files(read_setting("LASTRO_INQUIRIES_BUCKET"))
    return ListingExport(_listings(), ReportFiles(_listings(), archive, CLOCK, uuid4), _find_writer)


def _find_writer(kind: str) -> SheetWriter:
    from lastro.bureaus.wiring import find_writer

    return find_writer(kind, "Negativações")


@cache
def open_listing_settings() -> ListingSettings:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.approvals.settings import ListingSettings

    return ListingSettings(_listing_settings(), open_partner_branches())


@cache
def open_event_receiving() -> EventReceiving:
    from lastro.negativations.events.receiving import EventReceiving
    from lastro.vendors.bureaus.serasa.events import read_told

    return EventReceiving(_events(), _listings(), _listings_queue(), CLOCK, read_told)


@cache
def open_event_sources() -> EventSources:
    from secrets import token_urlsafe

    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.events.sources import EventSources

    return EventSources(_events(), open_listing_branches(), token_urlsafe)


@cache
def open_listing_sweep() -> ListingSweep:
    from lastro.negativations.listings.working.sweep import ListingSweep

    return ListingSweep(_listings(), _boletos(), _events(), open_follower(), _listings_queue(), CLOCK)


@cache
def open_reconciliation() -> Reconciliation:
    from lastro.bureaus.wiring import open_access, open_listing_branches
    from lastro.negativations.pulls.reconciling import Reconciliation
    from lastro.negativations.pulls.store import PullStore

    return Reconciliation(
        _listings(),
        PullStore(_table()),
        open_listing_branches(),
        open_access(),
        _open_listings,
        _wait_for,
        _parameters().place_of,
        CLOCK,
    )


@cache
def open_listing_processor() -> ListingProcessor:
    from lastro.bureaus.wiring import open_access, open_listing_branches
    from lastro.negativations.listings.working.sending import ListingProcessor

    return ListingProcessor(
        _listings(),
        _boletos(),
        _listing_rules(),
        _events(),
        open_listing_branches(),
        open_access(),
        _open_listings,
        open_follower(),
        _guarantor_listings(),
        CLOCK,
    )


@cache
def _http() -> httpx.AsyncClient:
    from lastro.vendors.bureaus.http import open_http

    return open_http()


def _open_listings(integration: Integration) -> ListingBureau:
    from lastro.bureaus.wiring import open_access
    from lastro.vendors.bureaus.gateway import open_listings

    fields, integrator = open_access().read_fields(integration)
    return open_listings(
        integration.provider,
        environment=integration.environment,
        fields=fields,
        http=_http(),
        base_url=find_setting("LASTRO_BUREAUS_URL") or None,
        integrator=integrator,
        sms=integration.fields.get("sms_on_inclusion") is True,
    )


# collections ----------------------------------------------------------------------------------------------------------


@cache
def _parameters() -> ParametersStore:
    from lastro.negativations.collection.store import ParametersStore

    return ParametersStore(_table())


@cache
def _runs() -> RunStore:
    from lastro.negativations.collection.runs.store import RunStore

    return RunStore(_table())


@cache
def _collections_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_COLLECTIONS_QUEUE_URL"))


def _wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(work)


@cache
def open_collections() -> Collections:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.collection.keeping import Collections

    return Collections(_parameters(), open_partner_branches(), CLOCK)


@cache
def open_collection_runs() -> CollectionRuns:
    from lastro.negativations.collection.keeping import CollectionRuns

    return CollectionRuns(_runs())


@cache
def open_collection_start() -> CollectionStart:
    from lastro.bureaus.wiring import open_automatic_listings
    from lastro.negativations.collection.runs.starting import CollectionStart

    return CollectionStart(
        _parameters(), _runs(), open_automatic_listings(), _collections_queue(), CLOCK, BOLETO_SHARDS, _wait_for
    )


@cache
def open_collection_work() -> CollectionWork:
    from lastro.negativations.collection.runs.listing import AutomaticOrders
    from lastro.negativations.collection.runs.store import MOST_QUEUED
    from lastro.negativations.collection.runs.walking import CollectionWalk
    from lastro.negativations.collection.runs.working import CollectionWork

    walking = CollectionWalk(_parameters(), _runs(), _collections_queue(), CLOCK, MOST_QUEUED)
    orders = AutomaticOrders(open_listing_creation())
    return CollectionWork(walking, _parameters(), _runs(), _boletos(), _debtors(), orders, CLOCK)


@cache
def open_collection_sweep() -> CollectionSweep:
    from lastro.negativations.collection.runs.sweeping import CollectionSweep

    return CollectionSweep(_runs(), _collections_queue(), CLOCK)


# imports --------------------------------------------------------------------------------------------------------------


@cache
def _imports() -> ImportStore:
    from lastro.negativations.imports.store import ImportStore

    return ImportStore(_table())


@cache
def _import_files() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_INQUIRIES_BUCKET"))


@cache
def _imports_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_IMPORTS_QUEUE_URL"))


@cache
def open_imports() -> Imports:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.imports.keeping import Imports

    return Imports(_imports(), open_partner_branches(), _import_files(), _imports_queue(), CLOCK, uuid4)


@cache
def open_import_reading() -> ImportReading:
    from lastro.negativations.imports.keeping import ImportReading

    return ImportReading(_imports(), _import_files(), CLOCK)


@cache
def open_import_sweep() -> ImportSweep:
    from lastro.negativations.imports.keeping import ImportSweep

    return ImportSweep(_imports(), _imports_queue(), CLOCK)


@cache
def open_import_work() -> ImportWork:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.imports.working import ImportWork
    from lastro.negativations.imports.writing import RowWriter

    writer = RowWriter(_imports(), _debtors(), _boletos(), open_partner_branches(), CLOCK)
    return ImportWork(_imports(), writer, _import_files(), _imports_queue(), CLOCK)


# deadlines ------------------------------------------------------------------------------------------------------------


@cache
def _deadlines() -> DeadlineStore:
    from lastro.negativations.deadlines.store import DeadlineStore

    return DeadlineStore(_table())


@cache
def open_deadlines() -> DeadlineReading:
    from lastro.negativations.deadlines.reading import DeadlineReading

    return DeadlineReading(_deadlines(), _listings(), CLOCK)


@cache
def open_deadline_watch() -> DeadlineWatch:
    from lastro.negativations.deadlines.watching import DeadlineWatch

    return DeadlineWatch(_deadlines(), _listings(), _removal_reasons().reason_for, CLOCK)
