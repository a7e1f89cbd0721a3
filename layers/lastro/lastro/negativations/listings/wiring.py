"""Joins the use cases of negative listings to their adapters, once per process; each opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK
from lastro.negativations.wiring import (
    open_boleto_store,
    open_debtor_store,
    open_event_store,
    open_listing_store,
    open_parameters_store,
    open_settings_store,
)

if TYPE_CHECKING:
    import httpx

    from lastro.aws.queue import Queue
    from lastro.bureaus.service import Integration
    from lastro.negativations.listings.asking.acting import ListingActs, ManualListings
    from lastro.negativations.listings.asking.creating import ListingCreation
    from lastro.negativations.listings.asking.noticing import NoticeRecording
    from lastro.negativations.listings.asking.rechecking import ListingRules
    from lastro.negativations.listings.following.boletos import ListingFollower, RemovalReasons
    from lastro.negativations.listings.following.guarantors import GuarantorListings
    from lastro.negativations.listings.reading import ListingReading
    from lastro.negativations.listings.working.sending import ListingWorker
    from lastro.negativations.listings.working.sweep import ListingSweep
    from lastro.negativations.ports import ListingBureau


@cache
def open_listings_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_LISTINGS_QUEUE_URL"))


@cache
def open_removal_reasons() -> RemovalReasons:
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.following.boletos import RemovalReasons

    return RemovalReasons(open_listing_branches())


@cache
def _listing_rules() -> ListingRules:
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.asking.rechecking import ListingRules

    return ListingRules(open_listing_store(), open_boleto_store(), open_debtor_store(), open_listing_branches(), CLOCK)


@cache
def _guarantor_listings() -> GuarantorListings:
    from lastro.negativations.listings.following.guarantors import GuarantorListings

    return GuarantorListings(open_listing_store(), open_listings_queue(), CLOCK)


@cache
def open_follower() -> ListingFollower:
    from lastro.negativations.listings.following.boletos import ListingFollower

    return ListingFollower(
        open_listing_store(),
        open_boleto_store(),
        open_removal_reasons(),
        open_listings_queue(),
        CLOCK,
        open_parameters_store().place_of,
    )


@cache
def open_listing_creation() -> ListingCreation:
    """How listings are asked for, by people and by the collection."""
    from lastro.bureaus.wiring import open_listing_branches
    from lastro.negativations.listings.asking.creating import ListingCreation

    return ListingCreation(
        open_listing_store(),
        open_boleto_store(),
        open_debtor_store(),
        open_settings_store(),
        open_listing_branches(),
        open_listings_queue(),
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
        open_listing_store(),
        open_boleto_store(),
        open_listing_branches(),
        _listing_rules(),
        open_removal_reasons(),
        _guarantor_listings(),
        open_listings_queue(),
        CLOCK,
        open_parameters_store().place_of,
    )


@cache
def open_notice_recording() -> NoticeRecording:
    from lastro.negativations.listings.asking.noticing import NoticeRecording

    return NoticeRecording(open_listing_store(), open_listings_queue(), CLOCK, open_parameters_store().place_of)


@cache
def open_listing_reading() -> ListingReading:
    from lastro.negativations.listings.reading import ListingReading

    return ListingReading(open_listing_store())


@cache
def open_listing_sweep() -> ListingSweep:
    from lastro.negativations.listings.working.sweep import ListingSweep

    return ListingSweep(
        open_listing_store(), open_boleto_store(), open_event_store(), open_follower(), open_listings_queue(), CLOCK
    )


@cache
def open_listing_worker() -> ListingWorker:
    from lastro.bureaus.wiring import open_access, open_listing_branches
    from lastro.negativations.listings.working.claiming import Claims
    from lastro.negativations.listings.working.sending import ListingWorker

    claims = Claims(
        open_listing_store(), open_boleto_store(), _listing_rules(), open_event_store(), open_follower(), CLOCK
    )
    return ListingWorker(claims, open_listing_branches(), open_access(), open_bureau, _guarantor_listings(), CLOCK)


@cache
def _http() -> httpx.AsyncClient:
    from lastro.vendors.bureaus.http import open_http

    return open_http()


def open_bureau(integration: Integration) -> ListingBureau:
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
