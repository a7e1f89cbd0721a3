"""Opens the stores and ways to bureaus that all parts share, and what other contexts take, once per process."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    import httpx

    from lastro.aws.files import Files
    from lastro.aws.queue import Queue
    from lastro.aws.secrets import Secrets
    from lastro.bureaus.inquiries.reading import InquiryReading
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.inquiries.working.asking import Asking
    from lastro.bureaus.model import Integration
    from lastro.bureaus.orders.inquiring import Inquiring
    from lastro.bureaus.ports import Bureau
    from lastro.bureaus.providers.directory import IntegratedBureaus
    from lastro.bureaus.service import (
        AutomaticListings,
        BureauAccess,
        CreditAnalysis,
        ListingBranches,
        PartnerBranches,
        SubjectScores,
    )
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.obtaining import TokenKeeper
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.bureaus.tokens.vaults import IntegrationSecrets
    from lastro.kernel.retention import PersonalData

Result = TypeVar("Result")


@cache
def open_table() -> Table:
    return Table()


@cache
def open_setup_store() -> SetupStore:
    from lastro.bureaus.setup.store import SetupStore

    return SetupStore(open_table())


@cache
def open_inquiry_store() -> InquiryStore:
    from lastro.bureaus.inquiries.store import InquiryStore

    return InquiryStore(open_table())


@cache
def open_inquiry_reading() -> InquiryReading:
    from lastro.bureaus.inquiries.reading import InquiryReading

    return InquiryReading(open_inquiry_store())


@cache
def open_token_store() -> TokenStore:
    from lastro.bureaus.tokens.store import TokenStore

    return TokenStore(open_table())


@cache
def _secrets() -> Secrets:
    from lastro.aws.secrets import Secrets

    return Secrets(read_setting("LASTRO_SECRETS_PREFIX"))


@cache
def open_vault() -> IntegrationSecrets:
    from lastro.bureaus.tokens.vaults import IntegrationSecrets

    return IntegrationSecrets(_secrets())


@cache
def open_keeper() -> TokenKeeper:
    from lastro.bureaus.tokens.obtaining import TokenKeeper
    from lastro.bureaus.tokens.vaults import TokenSecrets

    return TokenKeeper(open_token_store(), TokenSecrets(_secrets()), CLOCK)


@cache
def open_bureaus() -> IntegratedBureaus:
    from lastro.bureaus.providers.directory import IntegratedBureaus

    return IntegratedBureaus(open_vault(), _open_bureau)


def _open_bureau(integration: Integration, fields: Mapping[str, str], integrator: Mapping[str, str]) -> Bureau:
    """What an inquiry that waits in the queue, or is answered out of the table, never loads."""
    from lastro.vendors.bureaus.gateway import open_bureau

    return open_bureau(
        integration.provider,
        environment=integration.environment,
        fields=fields,
        http=_http(),
        clock=CLOCK,
        base_url=find_setting("LASTRO_BUREAUS_URL") or None,
        integrator=integrator,
    )


@cache
def _http() -> httpx.AsyncClient:
    from lastro.vendors.bureaus.http import open_http

    return open_http()


@cache
def open_archive() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_INQUIRIES_BUCKET"))


@cache
def open_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_INQUIRIES_QUEUE_URL"))


@cache
def open_asking() -> Asking:
    from lastro.bureaus.inquiries.working.asking import Asking

    return Asking(open_inquiry_store(), open_bureaus(), open_keeper(), open_archive(), CLOCK)


@cache
def open_inquiring() -> Inquiring:
    from lastro.bureaus.orders.inquiring import Inquiring

    return Inquiring(open_setup_store(), open_inquiry_store(), open_asking, open_queue(), CLOCK, uuid4)


def wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(work)


@cache
def open_analysis() -> CreditAnalysis:
    """Reports for the analyses of other contexts."""
    from lastro.bureaus.service import CreditAnalysis

    return CreditAnalysis(open_inquiring())


@cache
def open_partner_branches() -> PartnerBranches:
    """Branches as other contexts see them."""
    from lastro.bureaus.service import PartnerBranches

    return PartnerBranches(open_setup_store())


@cache
def open_subject_scores() -> SubjectScores:
    """Scores of a partner's clients, as other contexts read them."""
    from lastro.bureaus.service import SubjectScores

    return SubjectScores(open_inquiry_store())


@cache
def open_listing_branches() -> ListingBranches:
    from lastro.bureaus.service import ListingBranches

    return ListingBranches(open_setup_store())


@cache
def open_access() -> BureauAccess:
    """The way of listings into a bureau."""
    from lastro.bureaus.service import BureauAccess

    return BureauAccess(open_bureaus(), open_keeper())


@cache
def open_automatic_listings() -> AutomaticListings:
    from lastro.bureaus.service import AutomaticListings

    return AutomaticListings(open_setup_store())


@cache
def open_personal_data() -> PersonalData:
    """What inquiries keep of people."""
    from lastro.bureaus.service import keep_personal_data

    return keep_personal_data(open_inquiry_store(), open_archive())
