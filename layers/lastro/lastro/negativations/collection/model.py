"""The collection of a branch: its steps, and what a day's run makes of one boleto. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.negativations.boletos.model import ENDED, Boleto, Status
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.expiry import may_stand

if TYPE_CHECKING:
    from lastro.negativations.debtors.model import Debtor

MAX_STEPS = 5
LAST_STEP = 5
"""The step that sends to a bureau or a notary, whatever stands before it."""


class Action(StrEnum):
    """What a step does: ``credit_analysis`` asks for a listing, the others are marked for the partner to do."""

    REMIND = "remind"
    REDUCE_SERVICE = "reduce_service"
    BLOCK_SERVICE = "block_service"
    SUSPEND_SERVICE = "suspend_service"
    CANCEL_SERVICE = "cancel_service"
    CREDIT_ANALYSIS = "credit_analysis"
    NOTARY = "notary"


AT_THE_END = frozenset({Action.CREDIT_ANALYSIS, Action.NOTARY})


class Exclusion(StrEnum):
    """Why a boleto that is overdue enough was left alone; codes of refusals of a listing stand beside them."""

    DISPUTED = "disputed"
    RENEGOTIATED = "renegotiated"
    NO_LONGER_OWED = "no_longer_owed"
    PUBLIC_BODY = "public_body"
    OUT_OF_COLLECTION = "out_of_collection"
    HOMOLOGATION = "homologation"
    TOO_OLD = "too_old"
    NO_DEBTOR = "debtor_not_found"


@dataclass(frozen=True)
class Step:
    """From ``days_overdue`` on the action is due. ``number`` is 1 to 5."""

    number: int
    days_overdue: int
    action: Action


@dataclass(frozen=True)
class Parameters:
    """What a branch does about boletos that are not paid; steps in their order, days growing.

    ``listing_cost_cents`` is what a listing costs by contract, for the figures of runs. ``state``, ``yearly`` (month
    and day) and ``single`` are the holidays of the place where the branch works.
    """

    partner_id: str
    branch_id: int
    enabled: bool
    steps: tuple[Step, ...]
    updated_at: datetime
    state: str = ""
    yearly: tuple[str, ...] = ()
    single: tuple[date, ...] = ()
    listing_cost_cents: int = 0
    version: int = 1

    @property
    def place(self) -> PlaceCalendar:
        """The calendar that deadlines of this branch are counted by."""
        yearly = frozenset((int(text[:2]), int(text[3:])) for text in self.yearly)
        return PlaceCalendar(self.state, yearly, frozenset(self.single))

    @property
    def lists(self) -> bool:
        """Whether its last step asks a bureau for listings."""
        return any(step.action is Action.CREDIT_ANALYSIS for step in self.steps)

    def step_for(self, days_overdue: int) -> Step | None:
        """The furthest step that is due after so many days; ``None`` before the first."""
        due = [step for step in self.steps if step.days_overdue <= days_overdue]
        return due[-1] if due else None

    def first_due_by(self, business_date: date) -> date | None:
        """The latest due date of which the first step is due on a day; ``None`` without steps."""
        return business_date - timedelta(days=self.steps[0].days_overdue) if self.steps else None


@dataclass(frozen=True)
class Candidate:
    """What the key of a boleto tells to a run that walks by."""

    boleto_id: str
    debtor_id: str
    due_on: date
    done_step: int
    status: Status
    place: str


@dataclass(frozen=True)
class Verdict:
    """What a run makes of a candidate: left out for a reason, or a step to be worked; neither: nothing is due."""

    exclusion: Exclusion | None = None
    step: Step | None = None


NOTHING_DUE = Verdict()


def judge_candidate(candidate: Candidate, parameters: Parameters, business_date: date) -> Verdict:
    """What can be told from the key alone, so that only what is to be worked is read."""
    step = parameters.step_for((business_date - candidate.due_on).days)
    if step is None or step.number <= candidate.done_step:
        return NOTHING_DUE
    if candidate.status is Status.DISPUTED:
        return Verdict(Exclusion.DISPUTED)
    if candidate.status is Status.RENEGOTIATED:
        return Verdict(Exclusion.RENEGOTIATED)
    return Verdict(step=step)


def judge(
    boleto: Boleto, debtor: Debtor | None, parameters: Parameters, business_date: date, *, homologation: bool
) -> Verdict:
    """What is to be done now, decided on the rows themselves: a payment of a moment ago counts."""
    if boleto.status in ENDED:
        return Verdict(Exclusion.NO_LONGER_OWED)
    candidate = Candidate(boleto.id, boleto.debtor_id, boleto.due_on, boleto.collection_step, boleto.status, place="")
    verdict = judge_candidate(candidate, parameters, business_date)
    if verdict.step is None:
        return verdict
    if debtor is None:
        return Verdict(Exclusion.NO_DEBTOR)
    if not debtor.in_collection:
        return Verdict(Exclusion.OUT_OF_COLLECTION)
    if verdict.step.action not in AT_THE_END:
        return verdict
    if debtor.public_body:
        return Verdict(Exclusion.PUBLIC_BODY)
    if verdict.step.action is Action.CREDIT_ANALYSIS:
        if homologation:
            return Verdict(Exclusion.HOMOLOGATION)
        if not may_stand(boleto.due_on, business_date, boleto.prescription_years):
            return Verdict(Exclusion.TOO_OLD)
    return verdict


# runs -----------------------------------------------------------------------------------------------------------------


class RunStatus(StrEnum):
    """``blocked``: nothing was done, and why is told; it starts when that is mended and the day is run again."""

    RUNNING = "running"
    BLOCKED = "blocked"
    FINISHED = "finished"


@dataclass(frozen=True)
class RunKey:
    """A branch's run of one day."""

    partner_id: str
    branch_id: int
    business_date: date

    @property
    def id(self) -> str:
        return f"{self.branch_id}-{self.business_date.isoformat()}"


@dataclass(frozen=True)
class Run:
    """``homologation``: its integration is a test's, so that it lists nobody. ``integration_id`` is the one it lists
    through, ``None`` where it lists nobody or there is none. Moments are aware."""

    key: RunKey
    status: RunStatus
    started_at: datetime
    homologation: bool = False
    ended_at: datetime | None = None
    blocked_code: str | None = None
    blocked_text: str | None = None
    integration_id: int | None = None
    version: int = 1


@dataclass(frozen=True)
class Walk:
    """How far a shard of a run was walked, and what was counted on the way."""

    cursor: str = ""
    done: bool = False
    looked_at: int = 0
    queued: int = 0
    excluded: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What a run did about one boleto: ``outcome`` is ``done`` (``code``: the action), ``excluded`` or ``failed``."""

    outcome: str
    code: str
    cost_cents: int = 0


@dataclass(frozen=True)
class Figures:
    """A run in numbers. ``worked`` of ``queued`` boletos have a result.

    ``last_at`` is the moment of the newest result or step of a walk, ``None`` where none is known.
    """

    looked_at: int
    queued: int
    worked: int
    done: dict[str, int]
    excluded: dict[str, int]
    failed: dict[str, int]
    cost_cents: int
    walked: bool
    last_at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        return self.walked and self.worked >= self.queued

    def ended_at(self, run: Run) -> datetime | None:
        """When the run ended, whoever tells so later; ``None`` while it runs."""
        if run.ended_at is not None:
            return run.ended_at
        return max(self.last_at or run.started_at, run.started_at) if self.is_finished else None


def add_up(
    walks: Sequence[Walk], shards: int, tallies: Sequence[dict[str, int]], last_at: datetime | None = None
) -> Figures:
    """One run's figures from its shards' walks and the tallies of its results, the newest of them at ``last_at``."""
    found: dict[str, dict[str, int]] = {"done": {}, "excluded": {}, "failed": {}}
    cost = worked = 0
    for walk in walks:
        for code, number in walk.excluded.items():
            found["excluded"][code] = found["excluded"].get(code, 0) + number
    for tally in tallies:
        for name, number in tally.items():
            outcome, _, code = name.partition(":")
            if outcome == "cost":
                cost += number
            else:
                worked += number
                found[outcome][code] = found[outcome].get(code, 0) + number
    return Figures(
        looked_at=sum(walk.looked_at for walk in walks),
        queued=sum(walk.queued for walk in walks),
        worked=worked,
        done=found["done"],
        excluded=found["excluded"],
        failed=found["failed"],
        cost_cents=cost,
        walked=len(walks) == shards and all(walk.done for walk in walks),
        last_at=last_at,
    )
