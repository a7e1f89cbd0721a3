"""What a look-up says about a payout, and what may be done next. Pure.

``found`` is the payer's answer under the payout's key, ``None`` when it knows none as yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from lastro.origination.disbursements.model import Payout, PayoutStatus, displaced_row, payout_key, to_payout
from lastro.origination.disbursements.ports import PayoutAnswer
from lastro.origination.processes.changes import StoredCredit


class Act(StrEnum):
    """What to do with a payout."""

    SEND = "send"
    WAIT = "wait"
    SETTLE = "settle"
    STAND = "stand"
    """It ended, and the payer says nothing else of it."""
    REPORT = "report"
    """The payer took it and does not know it any more: a person has to ask."""


class Fate(StrEnum):
    """What became of a payout that another is to replace."""

    GONE = "gone"
    """It moved no money and never will."""
    OPEN = "open"
    TAKEN = "taken"
    """Its money went out, and came back perhaps."""


_UNKNOWN: Mapping[PayoutStatus, Act] = {
    PayoutStatus.SENT: Act.REPORT,
    PayoutStatus.CONFIRMED: Act.STAND,
    PayoutStatus.REFUSED: Act.STAND,
    PayoutStatus.RETURNED: Act.STAND,
    PayoutStatus.CANCELLED: Act.STAND,
}
_FATES: Mapping[PayoutStatus, Fate] = {
    PayoutStatus.REQUESTED: Fate.OPEN,
    PayoutStatus.SENT: Fate.OPEN,
    PayoutStatus.CONFIRMED: Fate.TAKEN,
    PayoutStatus.REFUSED: Fate.GONE,
    PayoutStatus.RETURNED: Fate.TAKEN,
    PayoutStatus.CANCELLED: Fate.GONE,
}


def next_act(payout: Payout, found: PayoutAnswer | None, now: datetime) -> Act:
    """What to do with a payout after looking it up.

    One that may have been sent is sent again only once the payer, asked after the settling time, does not know it.
    """
    if found is not None:
        return Act.STAND if found.status is payout.status else Act.SETTLE
    if payout.status is not PayoutStatus.REQUESTED:
        return _UNKNOWN[payout.status]
    return Act.SEND if not payout.sends or now >= payout.settles_at else Act.WAIT


def fate_of(payout: Payout, found: PayoutAnswer | None, now: datetime) -> Fate:
    """Whether another payout may take this one's place."""
    if found is not None:
        return _FATES[found.status]
    fate = _FATES[payout.status]
    return Fate.OPEN if fate is Fate.GONE and payout.sends and now < payout.settles_at else fate


def displaced_payout(stored: StoredCredit, number: int, current: Payout) -> Payout:
    """Payout ``number`` of a credit whose payout that counts is another one."""
    row = stored.rows.get(displaced_row(number))
    if row is not None:
        return to_payout(row)
    # Displaced before such rows were kept: it was refused, and last sent before the next was asked for.
    return replace(
        current,
        number=number,
        key=payout_key(current.csn, number),
        status=PayoutStatus.REFUSED,
        sends=1,
        last_sent_at=current.requested_at,
        reference=None,
        reason=None,
    )
