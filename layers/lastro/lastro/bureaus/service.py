"""What other contexts ask of the bureaus: reports for analyses, branches, and whether listings may run unattended.

Most who ask want a branch or a score: what places inquiries, and the event loop, are imported by who needs them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from lastro.bureaus.errors import BRANCH_NOT_FOUND, BRANCH_WITHOUT_INTEGRATION, BUREAUS_DISABLED
from lastro.bureaus.model import Branch, Inquiry, InquiryStatus, Integration, Purpose, Subject, SubjectKind
from lastro.bureaus.ports import (
    BureauToken,
    BureauUnavailable,
    CodeKind,
    InquiryUnknown,
    RefusedByBureau,
    RestrictionCode,
    SlowDown,
)
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.integrator_keys import check_integrator_keys, integrator_secret
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.setup.codes.defaults import automatic_block, describe_missing
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document
from lastro.kernel.keyed_request import KeyedRequest

if TYPE_CHECKING:
    from datetime import datetime

    from lastro.aws.files import Files
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.orders.inquiring import Inquiring, Placed
    from lastro.bureaus.providers.directory import IntegratedBureaus
    from lastro.bureaus.reports.report import InquiryReport
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.obtaining import TokenKeeper
    from lastro.kernel.retention import PersonalData

__all__ = [
    "AutomaticListings",
    "BureauAccess",
    "BureauReason",
    "BureauToken",
    "BureauUnavailable",
    "CodeKind",
    "CreditAnalysis",
    "InquiryReport",
    "InquiryUnknown",
    "Integration",
    "ListingBranch",
    "ListingBranches",
    "PartnerBranches",
    "Purpose",
    "RefusedByBureau",
    "RestrictionCode",
    "SlowDown",
    "Subject",
    "SubjectKind",
    "SubjectScore",
    "SubjectScores",
    "check_integrator_keys",
    "integrator_secret",
    "keep_personal_data",
]


@dataclass(frozen=True)
class CreditAnalysis:
    """Reports for the analyses of other contexts, under the same rules as any inquiry."""

    inquiring: Inquiring

    async def inquire_for_analysis(
        self,
        partner_id: str,
        document: Document,
        purpose: Purpose = Purpose.CREDIT_ANALYSIS,
        *,
        requested_by: str,
        key: str | None = None,
        subject: Subject | None = None,
        branch_id: int | None = None,
        report: str | None = None,
        features: tuple[str, ...] = (),
    ) -> InquiryReport:
        """The bureau's report on a document: a stored one within the partner's interval, else a paid one.

        The same ``key`` is the same inquiry: asked again it answers what became of it, and nothing is paid twice.
        Raises ``BureauUnavailable`` (ask again later; nothing was charged), ``InquiryUnknown`` (a person decides),
        ``RefusedByBureau``, and what ``Inquiring.place`` raises: ``BusinessRefusal`` without an integration or switched
        off, ``Conflict`` while the same is being asked or its outcome is unknown.
        """
        from lastro.bureaus.orders.inquiring import Order

        order = Order(
            document=document,
            purpose=purpose,
            requested_by=requested_by,
            subject=subject or Subject(SubjectKind.AD_HOC),
            branch_id=branch_id,
            report=report,
            features=features,
        )
        keyed = KeyedRequest.of(f"inquire_for_analysis#{partner_id}", key, document.value)
        return _report_of(await self.inquiring.place(partner_id, order, keyed))


def _report_of(placed: Placed) -> InquiryReport:
    inquiry = placed.inquiry
    if inquiry.status is InquiryStatus.DONE and placed.packed:
        # Analyses alone read reports; whoever wants a branch or a score starts without what they are made of.
        from lastro.bureaus.reports.packing import unpack_report

        return unpack_report(placed.packed)
    detail = f"inquiry {inquiry.id} is {inquiry.status.value}"
    code = _reason_of(inquiry)
    match inquiry.status:
        case InquiryStatus.UNKNOWN:
            raise InquiryUnknown(detail, code=code)
        case InquiryStatus.FAILED:
            raise RefusedByBureau(detail, code=code)
    raise BureauUnavailable(detail, code=code)


def _reason_of(inquiry: Inquiry) -> BureauReason:
    code = inquiry.outcome.code
    return BureauReason(code) if code in set(BureauReason) else BureauReason.UNAVAILABLE


@dataclass(frozen=True)
class SubjectScore:
    """The score of an inquiry; ``value`` is ``None`` in a report without one, which is not zero."""

    inquiry_id: str
    value: int | None


@dataclass(frozen=True)
class SubjectScores:
    """What bureaus said of a partner's clients. Nothing is asked and nothing paid."""

    store: InquiryStore

    def find_latest(self, partner_id: str, client_id: str, since: datetime) -> SubjectScore | None:
        """The score of the newest answered inquiry about a client; ``None`` when none was made from ``since`` on.

        The newest twenty inquiries are looked at.
        """
        places = self.store.list_of_subject(partner_id, SubjectKind.CLIENT, client_id, after="~", limit=20)
        found = self.store.find_many([inquiry_id for _, inquiry_id in places])
        done = (each for each in found if each.status is InquiryStatus.DONE and each.created_at >= since)
        newest = next(done, None)
        return SubjectScore(newest.id, newest.outcome.score) if newest else None


@dataclass(frozen=True)
class PartnerBranches:
    """The branches whose integrations ask the bureaus."""

    store: SetupStore

    def has_branch(self, partner_id: str, branch_id: int) -> bool:
        """Whether the partner has this branch, with or without an integration."""
        return self.store.find_setup(partner_id).branch(branch_id) is not None


@dataclass(frozen=True)
class AutomaticListings:
    """Whether negative listings may be made and removed without a person."""

    store: SetupStore

    async def check(self, partner_id: str, branch_id: int) -> Integration:
        """The integration automatic runs of a branch go through.

        Raises ``NotFound`` for an unknown branch and ``BusinessRefusal`` saying why automatic runs may not happen: no
        integration, switched off, no default code, or one the provider's list no longer holds.
        """
        import asyncio

        setup = await asyncio.to_thread(self.store.find_setup, partner_id)
        branch = setup.branch(branch_id)
        if branch is None:
            raise BRANCH_NOT_FOUND()
        integration = setup.integration(branch.integration_id) if branch.integration_id is not None else None
        if integration is None or not setup.settings.enabled:
            raise BRANCH_WITHOUT_INTEGRATION()
        codes = (await asyncio.to_thread(self.store.find_codes, [integration.id])).get(integration.id)
        if block := automatic_block(integration, codes):
            names = ", ".join(describe_missing(integration, codes))
            raise block(names=names, branch=branch.id, integration=integration.id)
        return integration


@dataclass(frozen=True)
class ListingBranch:
    """A branch with the integration its debts are listed through, and the provider's codes as last pulled."""

    branch: Branch
    integration: Integration
    codes: tuple[RestrictionCode, ...] | None


@dataclass(frozen=True)
class ListingBranches:
    """Through which integration the debts of a branch are listed."""

    store: SetupStore

    def find(self, partner_id: str, branch_id: int) -> ListingBranch:
        """Raises ``NotFound`` for an unknown branch, ``BusinessRefusal`` without an integration or switched off."""
        setup = self.store.find_setup(partner_id)
        if not setup.settings.enabled:
            raise BUREAUS_DISABLED()
        branch = setup.branch(branch_id)
        if branch is None:
            raise BRANCH_NOT_FOUND()
        integration = setup.integration(branch.integration_id) if branch.integration_id is not None else None
        if integration is None:
            raise BRANCH_WITHOUT_INTEGRATION()
        return ListingBranch(branch, integration, self.find_codes(integration.id))

    def find_codes(self, integration_id: int) -> tuple[RestrictionCode, ...] | None:
        """The provider's codes of an integration as last pulled; ``None`` before."""
        pulled = self.store.find_codes([integration_id]).get(integration_id)
        return pulled.codes if pulled else None

    def find_integration(self, partner_id: str, integration_id: int) -> Integration | None:
        """An integration by its number, while there is one."""
        return self.store.find_setup(partner_id).integration(integration_id)

    def is_closing(self, partner_id: str, integration_id: int, now: datetime) -> bool:
        """Whether an integration may be gone, or in another environment, in a moment: nothing new is to leave."""
        return self.store.is_closing(partner_id, integration_id, now)


Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class BureauAccess:
    """An integration's way into its bureau: its secrets, and a token where the provider wants one."""

    bureaus: IntegratedBureaus
    tokens: TokenKeeper

    def read_fields(self, integration: Integration) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Fields of the integration, secrets included, and our own keys at the provider."""
        return self.bureaus.read_fields(integration)

    async def call(
        self, partner_id: str, integration: Integration, act: Callable[[BureauToken | None], Awaitable[Outcome]]
    ) -> Outcome:
        """Do ``act`` with a good token; once more after a login when the bureau no longer takes it.

        Raises what the act or the login raises.
        """
        if not BUREAUS[integration.provider].uses_tokens:
            return await act(None)
        import asyncio

        from lastro.bureaus.tokens.obtaining import TokenOwner

        bureau = await asyncio.to_thread(self.bureaus.open, integration)
        return await self.tokens.call(TokenOwner.of(partner_id, integration), bureau, act)

    def forget(self, integration: Integration) -> None:
        """Read its secrets afresh next time: the bureau refused them."""
        self.bureaus.forget(integration)


def keep_personal_data(store: InquiryStore, archive: Files) -> PersonalData:
    """What inquiries keep of people, as ``lastro/retention`` works it."""
    from lastro.bureaus.inquiries.retention import InquiryData

    return InquiryData(store, archive)
