"""Changes to a credit that are decided on one version of it, once for an ``Idempotency-Key``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.keyed_request import KeyedRequest
from lastro.origination.errors import PROPOSAL_CHANGED
from lastro.origination.processes.changes import StoredCredit
from lastro.origination.processes.reading import own_credit

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


def change_once(
    store: OriginationStore,
    csn: str,
    caller: Caller,
    keyed: KeyedRequest | None,
    now: datetime,
    change: Callable[[StoredCredit], str | None],
) -> str:
    """The first answer to a keyed request, else what ``change`` commits to the caller's credit and answers.

    ``change`` answers ``None`` where it did not come to commit. What others made of the credit meanwhile is not decided
    on again: raises ``Conflict`` ``changed_meanwhile``, beside what ``own_credit`` and ``change`` raise.
    """
    seen: int | None = None

    def round_of() -> str | None:
        nonlocal seen
        first = store.find_answer(keyed, now)
        if first is not None:
            return first
        stored = own_credit(store, csn, caller)
        seen = seen or stored.credit.version
        if stored.credit.version != seen:
            raise PROPOSAL_CHANGED()
        return change(stored)

    return until_committed(round_of, PROPOSAL_CHANGED)
