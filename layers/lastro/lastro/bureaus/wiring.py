"""Joins the bureau use cases to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from functools import cache, partial
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
    from lastro.bureaus.inquiries.access_requests import AccessRequests
    from lastro.bureaus.inquiries.asking import Asking
    from lastro.bureaus.inquiries.processing import InquiryProcessor
    from lastro.bureaus.inquiries.reading import InquiryFiles, InquiryReading
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.inquiries.sweep import InquirySweep
    from lastro.bureaus.model import Integration
    from lastro.bureaus.orders.inquiring import Inquiring
    from lastro.bureaus.orders.ordering import InquiryOrders
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
    from lastro.bureaus.setup.branches import Branches
    from lastro.bureaus.setup.code_lists import CodeLists, CodeRefresh
    from lastro.bureaus.setup.integrations import IntegrationReading, Integrations
    from lastro.bureaus.setup.preferences import Preferences
    from lastro.bureaus.setup.secret_changes import SecretChanges, SecretTests
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.statistics.counting import InquiryStatistics
    from lastro.bureaus.statistics.exporting import InquiryExport, SheetWriter
    from lastro.bureaus.tokens.obtaining import TokenKeeper
    from lastro.bureaus.tokens.refreshing import TokenRefresh
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.bureaus.tokens.vaults import IntegrationSecrets
    from lastro.kernel.retention import PersonalData

Result = TypeVar("Result")

# parts --------------------------------------------------------------------------------------------------------------


@cache
def _table() -> Table:
    return Table()


@cache
def _setups() -> SetupStore:
    from lastro.bureaus.setup.store import SetupStore

    return SetupStore(_table())


@cache
def _inquiries() -> InquiryStore:
    from lastro.bureaus.inquiries.store import InquiryStore

    return InquiryStore(_table())


@cache
def _token_records() -> TokenStore:
    from lastro.bureaus.tokens.store import TokenStore

    return TokenStore(_table())


@cache
def _secrets() -> Secrets:
    from lastro.aws.secrets import Secrets

    return Secrets(read_setting("LASTRO_SECRETS_PREFIX"))


@cache
def _vault() -> IntegrationSecrets:
    from lastro.bureaus.tokens.vaults import IntegrationSecrets

    return IntegrationSecrets(_secrets())


@cache
def _keeper() -> TokenKeeper:
    from lastro.bureaus.tokens.obtaining import TokenKeeper
    from lastro.bureaus.tokens.vaults import TokenSecrets

    return TokenKeeper(_token_records(), TokenSecrets(_secrets()), CLOCK)


@cache
def _bureaus() -> IntegratedBureaus:
    from lastro.bureaus.providers.directory import IntegratedBureaus

    return IntegratedBureaus(_vault(), _open_bureau)


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
def _archive() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_INQUIRIES_BUCKET"))


@cache
def _queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_INQUIRIES_QUEUE_URL"))


@cache
def _asking() -> Asking:
    from lastro.bureaus.inquiries.asking import Asking

    return Asking(_inquiries(), _bureaus(), _keeper(), _archive(), CLOCK)


@cache
def _inquiring() -> Inquiring:
    from lastro.bureaus.orders.inquiring import Inquiring

    return Inquiring(_setups(), _inquiries(), _asking, _queue(), CLOCK, uuid4)


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    from lastro.aws.entrypoints.loop import run_to_end

    return run_to_end(work)


# set-up -------------------------------------------------------------------------------------------------------------


@cache
def open_branches() -> Branches:
    from lastro.bureaus.setup.branches import Branches

    return Branches(_setups(), CLOCK)


@cache
def open_integrations() -> Integrations:
    from lastro.bureaus.setup.integrations import Integrations

    return Integrations(_setups(), _token_records(), _vault(), CLOCK)


@cache
def open_integration_reading() -> IntegrationReading:
    from lastro.bureaus.setup.integrations import IntegrationReading

    return IntegrationReading(_setups(), _token_records())


@cache
def open_secret_changes() -> SecretChanges:
    from lastro.bureaus.setup.secret_changes import SecretChanges

    return SecretChanges(_setups(), _token_records(), _vault(), CLOCK)


@cache
def open_secret_tests() -> SecretTests:
    from lastro.bureaus.setup.secret_changes import SecretTests

    return SecretTests(_setups(), _bureaus(), _run)


@cache
def open_code_lists() -> CodeLists:
    from lastro.bureaus.setup.code_lists import CodeLists

    return CodeLists(_setups())


@cache
def open_code_refresh() -> CodeRefresh:
    from lastro.bureaus.setup.code_lists import CodeRefresh

    return CodeRefresh(_setups(), _bureaus(), _keeper(), CLOCK, _run)


@cache
def open_preferences() -> Preferences:
    from lastro.bureaus.setup.preferences import Preferences

    return Preferences(_setups(), CLOCK)


# inquiries ----------------------------------------------------------------------------------------------------------


@cache
def open_orders() -> InquiryOrders:
    """Asking bureaus, with the one HTTP client."""
    from lastro.bureaus.orders.ordering import InquiryOrders

    return InquiryOrders(_inquiring(), _run)


@cache
def open_analysis() -> CreditAnalysis:
    """Reports for the analyses of other contexts."""
    from lastro.bureaus.service import CreditAnalysis

    return CreditAnalysis(_inquiring())


@cache
def open_partner_branches() -> PartnerBranches:
    """Branches as other contexts see them."""
    from lastro.bureaus.service import PartnerBranches

    return PartnerBranches(_setups())


@cache
def open_subject_scores() -> SubjectScores:
    """Scores of a partner's clients, as other contexts read them."""
    from lastro.bureaus.service import SubjectScores

    return SubjectScores(_inquiries())


@cache
def open_listing_branches() -> ListingBranches:
    from lastro.bureaus.service import ListingBranches

    return ListingBranches(_setups())


@cache
def open_access() -> BureauAccess:
    """The way of listings into a bureau."""
    from lastro.bureaus.service import BureauAccess

    return BureauAccess(_bureaus(), _keeper())


@cache
def open_automatic_listings() -> AutomaticListings:
    from lastro.bureaus.service import AutomaticListings

    return AutomaticListings(_setups())


@cache
def open_processor() -> InquiryProcessor:
    from lastro.bureaus.inquiries.processing import InquiryProcessor

    return InquiryProcessor(_setups(), _inquiries(), _asking(), CLOCK)


@cache
def open_personal_data() -> PersonalData:
    """What inquiries keep of people."""
    from lastro.bureaus.service import keep_personal_data

    return keep_personal_data(_inquiries(), _archive())


@cache
def open_sweep() -> InquirySweep:
    from lastro.bureaus.inquiries.sweep import InquirySweep

    return InquirySweep(_inquiries(), _queue(), CLOCK)


@cache
def open_refresh() -> TokenRefresh:
    from lastro.bureaus.tokens.refreshing import TokenRefresh

    return TokenRefresh(_token_records(), _setups(), _bureaus(), _keeper(), CLOCK, _run)


@cache
def open_reading() -> InquiryReading:
    from lastro.bureaus.inquiries.reading import InquiryReading

    return InquiryReading(_inquiries())


@cache
def open_files() -> InquiryFiles:
    from lastro.bureaus.inquiries.reading import InquiryFiles

    return InquiryFiles(_inquiries(), _archive(), CLOCK)


@cache
def open_statistics() -> InquiryStatistics:
    from lastro.bureaus.statistics.counting import InquiryStatistics

    return InquiryStatistics(_inquiries())


@cache
def open_export() -> InquiryExport:
    from lastro.aws.reports import ReportFiles
    from lastro.bureaus.orders.store import AttemptStore
    from lastro.bureaus.statistics.exporting import InquiryExport

    files = ReportFiles(AttemptStore(_table()), _archive(), CLOCK, uuid4)
    return InquiryExport(_inquiries(), files, find_writer)


@cache
def open_access_requests() -> AccessRequests:
    from lastro.bureaus.inquiries.access_requests import AccessRequests
    from lastro.bureaus.orders.store import AttemptStore

    return AccessRequests(_inquiries(), AttemptStore(_table()), CLOCK, uuid4)


def find_writer(kind: str, title: str = "Consultas") -> SheetWriter:
    """The writer of a format, imported when it is wanted."""
    if kind == "xlsx":
        from lastro.bureaus.statistics.sheets.xlsx_file import write_xlsx

        return partial(write_xlsx, title=title)
    from lastro.bureaus.statistics.sheets.csv_file import write_csv

    return write_csv
