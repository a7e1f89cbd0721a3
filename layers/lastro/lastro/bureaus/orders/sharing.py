"""Whose key an inquiry uses: the panel's own, else a manager's that is shared with it. Pure.

Source: CV CRM, "Integração com Outros Painéis" (docs/sources.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from lastro.bureaus.errors import (
    AMBIGUOUS_BRANCH,
    BRANCH_NOT_FOUND,
    BRANCH_WITHOUT_INTEGRATION,
    KEY_NOT_SHARED,
    NO_INTEGRATION,
)
from lastro.bureaus.model import Branch, Integration, Setup, is_seen
from lastro.kernel.callers.caller import Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput


@dataclass(frozen=True)
class ChosenKey:
    """The integration that will be charged, the branch it serves here, and whether the key is somebody else's."""

    integration: Integration
    branch: Branch
    shared: bool


def choose_key(setup: Setup, panel: Panel, branch_id: int | None, store_id: int | None = None) -> ChosenKey:
    """The key an inquiry of ``panel`` for ``branch_id`` uses.

    A manager asks with the key of the branch named. A broker or an agency asks with a key of its own, the named
    branch's first, and only without one with a manager's key that is shared with its panel. A branch of another store
    than ``store_id`` is not found. Raises ``NotFound`` for an unknown branch, ``InvalidInput`` when several keys would
    do and no branch is named, ``BusinessRefusal`` when the branch has no integration and ``Forbidden`` when there is
    one that this panel may not use.
    """
    branches = [branch for branch in setup.branches if is_seen(branch.store_id, store_id)]
    if branch_id is not None and branch_id not in {branch.id for branch in branches}:
        raise BRANCH_NOT_FOUND()
    served = [
        (branch, integration)
        for branch in branches
        if branch.integration_id is not None and (integration := setup.integration(branch.integration_id)) is not None
    ]
    own = [ChosenKey(integration, branch, False) for branch, integration in served if integration.panel is panel]
    if found := _pick(own, branch_id, strict=panel is Panel.MANAGER):
        return found
    shared = [
        ChosenKey(integration, branch, True)
        for branch, integration in served
        if integration.panel is Panel.MANAGER and panel in integration.shared_with
    ]
    if found := _pick(shared, branch_id, strict=False):
        return found
    if branch_id is not None and branch_id not in {branch.id for branch, _ in served}:
        raise BRANCH_WITHOUT_INTEGRATION()
    if not served:
        raise NO_INTEGRATION()
    raise KEY_NOT_SHARED()


def _pick(found: Sequence[ChosenKey], branch_id: int | None, *, strict: bool) -> ChosenKey | None:
    """The key of the branch named; else the only one there is, unless ``strict`` wants the branch's own."""
    named = next((key for key in found if key.branch.id == branch_id), None)
    if named or not found or (strict and branch_id is not None):
        return named
    if len({key.integration.id for key in found}) > 1:
        raise InvalidInput([AMBIGUOUS_BRANCH.at("branch_id")])
    return found[0]
