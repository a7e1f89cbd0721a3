"""Use cases of branches: the partner's units, each served by at most one integration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.bureaus.errors import (
    BRANCH_BUSY,
    BRANCH_EXISTS,
    BRANCH_HAS_LISTINGS,
    BRANCH_IN_USE,
    BRANCH_NOT_FOUND,
    BRANCH_TAKEN,
    CNPJ_UNCHANGEABLE,
    INTEGRATION_NOT_FOUND,
    TOO_MANY_BRANCHES,
)
from lastro.bureaus.model import MAX_BRANCHES, Branch, Setup
from lastro.bureaus.setup.requests import CreateBranch, FindBranch, LinkIntegration, UpdateBranch
from lastro.bureaus.setup.views import BranchAnswer, BranchList, BranchView
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.bureaus.setup.store import SetupStore


@dataclass(frozen=True)
class Branches:
    """What partners do with branches."""

    store: SetupStore
    clock: Clock

    def create(self, request: CreateBranch, caller: Caller) -> BranchAnswer:
        """Keep a new branch; the same request again answers the same branch as it is now.

        Raises ``Conflict`` when a branch has this CNPJ, when there are too many, or when the Idempotency-Key came with
        another request; ``Forbidden`` for a store of somebody else.
        """
        asked = request.branch
        if asked.store_id is not None:
            caller.own_store(asked.store_id)
        scope = f"create_branch#{caller.holder}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, asked.model_dump_json())

        def create_once() -> BranchAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            setup = self.store.find_setup(caller.partner_id)
            if first is not None:
                return _answer(_found(setup.branch(int(first)), caller))
            _check_new(setup, asked.cnpj)
            branch_id = self.store.reserve_id("branch")
            branch = Branch(branch_id, asked.name, Cnpj(asked.cnpj), now, now, asked.store_id)
            answered = Answered.to(keyed, str(branch_id), now)
            return _answer(branch) if self.store.add_branch(caller.partner_id, branch, answered) else None

        return until_committed(create_once, BRANCH_BUSY)

    def list(self, caller: Caller) -> BranchList:
        """Every branch; with a chosen store its own and those of no store."""
        branches = self.store.find_setup(caller.partner_id).branches
        return BranchList(data=[view_branch(branch) for branch in branches if caller.shares(branch.store_id)])

    def show(self, request: FindBranch, caller: Caller) -> BranchAnswer:
        """Raises ``NotFound``."""
        return _answer(self._find(request.branch_id, caller)[1])

    def update(self, request: UpdateBranch, caller: Caller) -> BranchAnswer:
        """Change what was sent and nothing else; no change makes no version.

        Raises ``NotFound``, ``Forbidden`` and ``InvalidInput``.
        """
        sent = request.branch
        if sent.store_id is not None:
            caller.own_store(sent.store_id)

        def update_once() -> BranchAnswer | None:
            _, branch = self._find(request.branch_id, caller)
            if sent.cnpj not in (None, branch.cnpj.value):
                raise InvalidInput([CNPJ_UNCHANGEABLE.at("branch.cnpj")])
            changed = replace(
                branch,
                name=sent.name or branch.name,
                store_id=sent.store_id if "store_id" in sent.model_fields_set else branch.store_id,
            )
            if changed == branch:
                return _answer(branch)
            changed = replace(changed, updated_at=self.clock.now(), version=branch.version + 1)
            return _answer(changed) if self.store.replace_branch(caller.partner_id, changed) else None

        return until_committed(update_once, BRANCH_BUSY)

    def delete(self, request: FindBranch, caller: Caller) -> None:
        """Forget a branch.

        Raises ``NotFound``, and ``Conflict`` while an integration serves it or names it, or listings of it may stand.
        """

        def delete_once() -> bool | None:
            setup, branch = self._find(request.branch_id, caller)
            named = any(integration.branch_id == branch.id for integration in setup.integrations)
            if branch.integration_id is not None or named:
                raise BRANCH_IN_USE()
            if self.store.has_listings(caller.partner_id, "branch", branch.id):
                raise BRANCH_HAS_LISTINGS()
            return self.store.remove_branch(caller.partner_id, branch) or None

        until_committed(delete_once, BRANCH_BUSY)

    def link(self, request: LinkIntegration, caller: Caller) -> BranchAnswer:
        """Let a branch ask with an integration; the same one again changes nothing.

        Raises ``NotFound`` for an unknown branch or integration and ``Conflict`` when the branch has another one, be
        it that of a request a moment earlier.
        """
        wanted = request.bureau_integration.id

        def link_once() -> BranchAnswer | None:
            setup, branch = self._find(request.branch_id, caller)
            integration = setup.integration(wanted)
            if integration is None or not setup.shows(integration, caller):
                raise INTEGRATION_NOT_FOUND()
            if branch.integration_id == wanted:
                return _answer(branch)
            if branch.integration_id is not None:
                raise BRANCH_TAKEN()
            if not self.store.link(caller.partner_id, branch, integration, self.clock.now()):
                return None
            return _answer(self._find(branch.id, caller)[1])

        return until_committed(link_once, BRANCH_BUSY)

    def unlink(self, request: FindBranch, caller: Caller) -> None:
        """Take a branch's integration away; without one nothing changes. Raises ``NotFound``."""

        def unlink_once() -> bool | None:
            _, branch = self._find(request.branch_id, caller)
            if branch.integration_id is None:
                return True
            moment = self.clock.now()
            return self.store.unlink(caller.partner_id, branch, branch.integration_id, moment) or None

        until_committed(unlink_once, BRANCH_BUSY)

    def _find(self, branch_id: int, caller: Caller) -> tuple[Setup, Branch]:
        setup = self.store.find_setup(caller.partner_id)
        return setup, _found(setup.branch(branch_id), caller)


def view_branch(branch: Branch) -> BranchView:
    return BranchView(
        id=branch.id,
        name=branch.name,
        cnpj=branch.cnpj.formatted,
        store_id=branch.store_id,
        bureau_integration_id=branch.integration_id,
        created_at=format_moment(branch.created_at),
        updated_at=format_moment(branch.updated_at),
    )


def _check_new(setup: Setup, cnpj: str) -> None:
    if any(branch.cnpj.value == cnpj for branch in setup.branches):
        raise BRANCH_EXISTS()
    if len(setup.branches) >= MAX_BRANCHES:
        raise TOO_MANY_BRANCHES(most=MAX_BRANCHES)


def _found(branch: Branch | None, caller: Caller) -> Branch:
    if branch is None or not caller.shares(branch.store_id):
        raise BRANCH_NOT_FOUND()
    return branch


def _answer(branch: Branch) -> BranchAnswer:
    return BranchAnswer(data=view_branch(branch))
