"""Use cases of collections: what a branch does about boletos that are not paid, and what its runs did."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.negativations.collection.cursors import RUNS, read_run_cursor
from lastro.negativations.collection.model import AT_THE_END, LAST_STEP, Parameters, Step
from lastro.negativations.collection.views import (
    ParametersAnswer,
    ParametersList,
    RunList,
    view_parameters,
    view_run,
)
from lastro.negativations.errors import (
    COLLECTION_BUSY,
    COLLECTION_NOT_FOUND,
    NO_BRANCH,
    STEP_NOT_LAST,
    STEP_ORDER,
)

if TYPE_CHECKING:
    from lastro.bureaus.service import PartnerBranches
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller
    from lastro.negativations.collection.requests import FindParameters, ListRuns, PutParameters, WantedParameters
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.store import ParametersStore


@dataclass(frozen=True)
class Collections:
    """What partners do with the collections of their branches."""

    store: ParametersStore
    branches: PartnerBranches
    clock: Clock

    def put(self, request: PutParameters, caller: Caller) -> ParametersAnswer:
        """Put all of a branch's parameters; the same again changes nothing.

        Raises ``NotFound`` for a branch there is not and ``InvalidInput`` for steps out of order.
        """
        if wrong := check_steps(request.collection_parameters):
            raise InvalidInput(wrong)
        if not self.branches.has_branch(caller.partner_id, request.branch_id):
            raise NO_BRANCH()

        def put_once() -> ParametersAnswer | None:
            before = self.store.find(caller.partner_id, request.branch_id)
            moment = self.clock.now()
            after = make_parameters(caller.partner_id, request.branch_id, request.collection_parameters, moment)
            if before is not None:
                if replace(after, updated_at=before.updated_at, version=before.version) == before:
                    return ParametersAnswer(data=view_parameters(before))
                after = replace(after, version=before.version + 1)
            return ParametersAnswer(data=view_parameters(after)) if self.store.put(after) else None

        return until_committed(put_once, COLLECTION_BUSY)

    def show(self, request: FindParameters, caller: Caller) -> ParametersAnswer:
        """Raises ``NotFound``."""
        found = self.store.find(caller.partner_id, request.branch_id)
        if found is None:
            known = self.branches.has_branch(caller.partner_id, request.branch_id)
            raise COLLECTION_NOT_FOUND() if known else NO_BRANCH()
        return ParametersAnswer(data=view_parameters(found))

    def list_all(self, caller: Caller) -> ParametersList:
        """The collection of every branch that has one."""
        found = self.store.list_of_partner(caller.partner_id)
        return ParametersList(data=[view_parameters(each) for each in found])


@dataclass(frozen=True)
class CollectionRuns:
    """Reads what runs did."""

    runs: RunStore

    def list_page(self, request: ListRuns, caller: Caller) -> RunList:
        """One page, newest day first. Raises ``InvalidInput`` for a cursor that was never given."""
        after = read_run_cursor(request.cursor)
        rows = self.runs.list_of_partner(caller.partner_id, after=after, limit=request.per_page + 1)
        shown = []
        for key, _ in rows[: request.per_page]:
            run = self.runs.find(key) if request.branch_id in (None, key.branch_id) else None
            if run is not None:
                shown.append(view_run(run, self.runs.add_up(key)))
        more = len(rows) > request.per_page
        return RunList(data=shown, next_cursor=spell_cursor(rows[request.per_page - 1][1], RUNS) if more else None)


def make_parameters(partner_id: str, branch_id: int, asked: WantedParameters, moment: datetime) -> Parameters:
    return Parameters(
        partner_id=partner_id,
        branch_id=branch_id,
        enabled=asked.enabled,
        steps=tuple(Step(each.step, each.days_overdue, each.action) for each in asked.steps),
        updated_at=moment,
        state=asked.state or "",
        yearly=tuple(sorted(set(asked.yearly_holidays))),
        single=tuple(sorted(set(asked.single_holidays))),
        listing_cost_cents=asked.listing_cost_cents,
    )


def check_steps(asked: WantedParameters) -> list[FieldError]:
    """Steps grow in number and days; the last sends to a bureau or a notary, and no other does."""
    wrong: list[FieldError] = []
    for place, step in enumerate(asked.steps):
        at = f"collection_parameters.steps.{place}"
        before = asked.steps[place - 1] if place else None
        if before and step.step <= before.step:
            wrong.append(STEP_ORDER.at(f"{at}.step"))
        if before and step.days_overdue <= before.days_overdue:
            wrong.append(STEP_ORDER.at(f"{at}.days_overdue"))
        if (step.step == LAST_STEP) != (step.action in AT_THE_END):
            wrong.append(STEP_NOT_LAST.at(f"{at}.action"))
    return wrong
