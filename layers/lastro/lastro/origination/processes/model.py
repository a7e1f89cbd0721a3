"""A process (one person's way to a credit), its credits, their steps and their history. Pure.

Every change of a process or credit is a new version of it with exactly one history entry: ``move_…`` for what changes
the status, ``amend_…`` for what does not. Amounts are cents, rates percentages as decimal strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lastro.finance.installment import Installment
from lastro.finance.iof_rates import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace, plan_repayment
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import SAO_PAULO, monthly_due_dates
from lastro.kernel.callers.caller import StatusSpelling
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import MonthlyRate
from lastro.origination.processes.places import place_of
from lastro.origination.processes.statuses import (
    CreditEvent,
    CreditStatus,
    ProcessEvent,
    ProcessStatus,
    next_credit_status,
    next_process_status,
)
from lastro.origination.products.words import DocumentType, ProductType

SEQUENCE_SPAN = 1_000_000


Status = ProcessStatus | CreditStatus
"""How far a process or a credit is."""


class StepName(StrEnum):
    """Work that a change calls for; each name has a queue consumer."""

    ANALYZE = "analyze"
    GENERATE_CONTRACT = "generate_contract"
    SEAL_CONTRACT = "seal_contract"
    DISBURSE = "disburse"
    NOTIFY = "notify"


class Aggregate(StrEnum):
    """What owns history, steps and rows."""

    PROCESS = "process"
    CREDIT = "credit"


@dataclass(frozen=True)
class Owner:
    """A process by its id or a credit by its customer service number."""

    kind: Aggregate
    id: str


@dataclass(frozen=True)
class HistoryEntry:
    """What made version ``version``: who, when, why, and the statuses before (``None`` at the beginning) and after."""

    owner: Owner
    version: int
    at: datetime
    who: str
    event: str
    why: str
    from_status: Status | None
    to_status: Status


@dataclass(frozen=True)
class Step:
    """Work owed to a process or credit: stored with the change that calls for it, gone once it is done.

    ``request_id`` is that of the request behind the change.
    """

    owner: Owner
    partner_id: str
    name: StepName
    id: str
    due_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    request_id: str | None = None


@dataclass(frozen=True)
class Process:
    """``signup`` holds what the person registered with; ``credits`` the customer service numbers, oldest first.

    ``status_spelling`` is that of the credential that registered the person: notices follow it. ``store_id`` is the
    store it was registered for, ``None`` for none of them.
    """

    id: str
    partner_id: str
    cpf: str
    name: str
    status: ProcessStatus
    version: int
    created_at: datetime
    updated_at: datetime
    signup: Mapping[str, Any]
    credits: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    status_spelling: StatusSpelling = StatusSpelling.PAGES
    store_id: int | None = None

    @property
    def owner(self) -> Owner:
        return Owner(Aggregate.PROCESS, self.id)

    @property
    def place(self) -> str:
        """The partner or the store that it is with."""
        return place_of(self.partner_id, self.store_id)


@dataclass(frozen=True)
class AskedCredit:
    """The economic part of a proposal: cents, percent a month as a decimal string, days.

    ``fee_waived``: no registration fee may be charged, whatever the product's bounds of it are.
    """

    net: int
    fee: int
    installments: int
    monthly_rate: str
    release_date: date
    first_due_date: date
    fee_waived: bool = False


@dataclass(frozen=True)
class Terms:
    """What a credit costs, in cents.

    ``gross = net + fee + insurance + iof``. ``principal`` is what the schedule spreads: the gross amount, with the
    interest of the days by which the first period is longer or shorter than a month; ``schedule_of`` draws it.
    ``first_due_date`` is the one agreed; ``due_dates`` are kept where a rule moved them, since the calendar of holidays
    may change and a contract may not. What the last five fields say of a credit kept before there were any is their
    default.
    """

    net: int
    fee: int
    installments: int
    monthly_rate: str
    release_date: date
    first_due_date: date
    gross: int
    iof: int
    principal: int
    installment_value: int
    total: int
    cet_annual: str
    insurance: int = 0
    borrower_class: BorrowerClass = BorrowerClass.NATURAL_PERSON
    offer_id: str | None = None
    day_count: DayCount = DayCount.MONTHLY
    amortization: Amortization = Amortization.PRICE
    due_day_rule: DueDayRule = DueDayRule.SAME_DAY
    grace: Grace = Grace.SIMPLE
    due_dates: tuple[date, ...] = ()

    @property
    def due_days(self) -> tuple[date, ...]:
        """The day each instalment falls due."""
        return self.due_dates or monthly_due_dates(self.first_due_date, self.installments)


@dataclass(frozen=True)
class Credit:
    """One proposal, from its terms to what became of it.

    ``borrower`` is ``{"signup": …, "proposal": …}`` as collected, ``valid_until`` the end of the last day on which it
    may be signed, ``product_version`` the product as it was when the credit was proposed.
    """

    csn: str
    process_id: str
    partner_id: str
    product_id: int
    product_name: str
    product_type: ProductType
    cpf: str
    name: str
    status: CreditStatus
    version: int
    created_at: datetime
    updated_at: datetime
    valid_until: datetime
    terms: Terms
    borrower: Mapping[str, Any]
    required_documents: tuple[DocumentType, ...] = ()
    received_documents: tuple[DocumentType, ...] = ()
    has_contracts: bool = False
    reasons: tuple[str, ...] = ()
    logo: str | None = None
    product_version: int = 1
    store_id: int | None = None

    @property
    def owner(self) -> Owner:
        return Owner(Aggregate.CREDIT, self.csn)

    @property
    def place(self) -> str:
        """The partner or the store that it is with."""
        return place_of(self.partner_id, self.store_id)

    @property
    def owed_documents(self) -> tuple[DocumentType, ...]:
        return tuple(kind for kind in self.required_documents if kind not in self.received_documents)


def schedule_of(terms: Terms) -> tuple[Installment, ...]:
    """The credit's schedule, drawn again from its terms: the same rows every time."""
    plan = plan_repayment(
        MonthlyRate.from_percent(terms.monthly_rate),
        terms.release_date,
        terms.due_days,
        day_count=terms.day_count,
        amortization=terms.amortization,
    )
    return plan.schedule(terms.principal)


def spell_csn(now: datetime, number: int) -> str:
    """A customer service number: São Paulo's ``YYYYMMDDhhmmssSSS`` and six digits of a sequence."""
    local = now.astimezone(SAO_PAULO)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}{number % SEQUENCE_SPAN:06d}"


def begin_process(process: Process, who: str) -> HistoryEntry:
    """The first entry of a process that was just built (version 1)."""
    return HistoryEntry(process.owner, process.version, process.created_at, who, "created", "", None, process.status)


def begin_credit(credit: Credit, who: str) -> HistoryEntry:
    """The first entry of a credit that was just built (version 1)."""
    return HistoryEntry(credit.owner, credit.version, credit.created_at, who, "created", "", None, credit.status)


def move_process(
    process: Process, event: ProcessEvent, now: datetime, who: str, why: str = "", **changes: Any
) -> tuple[Process, HistoryEntry]:
    """The next version of a process in the status ``event`` leads to. Raises ``Conflict`` ``wrong_state``.

    ``changes`` are other fields that change with it; ``who`` a principal or the name of a consumer.
    """
    status = next_process_status(process.status, event)
    after = replace(process, status=status, version=process.version + 1, updated_at=now, **changes)
    return after, _entry(after.owner, after.version, after.updated_at, who, event, why, process.status, status)


def move_credit(
    credit: Credit, event: CreditEvent, now: datetime, who: str, why: str = "", **changes: Any
) -> tuple[Credit, HistoryEntry]:
    """The next version of a credit in the status ``event`` leads to. Raises ``Conflict`` ``wrong_state``."""
    status = next_credit_status(credit.status, event)
    after = replace(credit, status=status, version=credit.version + 1, updated_at=now, **changes)
    return after, _entry(after.owner, after.version, after.updated_at, who, event, why, credit.status, status)


def amend_process(
    process: Process, event: str, now: datetime, who: str, why: str = "", **changes: Any
) -> tuple[Process, HistoryEntry]:
    """The next version of a process in the same status; ``event`` says what happened (``callback_delivered``)."""
    after = replace(process, version=process.version + 1, updated_at=now, **changes)
    return after, _entry(after.owner, after.version, after.updated_at, who, event, why, process.status, after.status)


def amend_credit(
    credit: Credit, event: str, now: datetime, who: str, why: str = "", **changes: Any
) -> tuple[Credit, HistoryEntry]:
    """The next version of a credit in the same status; ``event`` says what happened (``contract_generated``)."""
    after = replace(credit, version=credit.version + 1, updated_at=now, **changes)
    return after, _entry(after.owner, after.version, after.updated_at, who, event, why, credit.status, after.status)


def _entry(
    owner: Owner, version: int, at: datetime, who: str, event: str, why: str, before: Status, after: Status
) -> HistoryEntry:
    return HistoryEntry(owner, version, at, who, str(event), why, before, after)
