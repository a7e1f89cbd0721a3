"""When somebody has to look at a proposal again: at once what is to be sent or dropped, ever later what banks work on.

Pure. A bank that tells what happens is asked now and then all the same: what it told may have been lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lastro.financing.attempts.model import Attempt
from lastro.financing.attempts.states import State
from lastro.financing.proposals.model import Proposal

SOON = timedelta(minutes=1)
"""What waits in the queue is left to it so long."""
LATEST = timedelta(hours=6)
PAID_SOON, PAID_LATEST, PAID_LASTS = timedelta(hours=1), timedelta(days=1), timedelta(days=90)
"""What was paid may be returned: its bank is asked ever more seldom, each day in the end, for so long."""
GIVES_UP = timedelta(days=180)
"""A proposal that its bank has not ended by then is looked at no more."""
DOUBT_LASTS = timedelta(days=7)
"""What was sent without an answer may turn up at the bank so long after the bank said that it did not know it."""


def due_at(proposal: Proposal) -> datetime | None:
    """The next look at a proposal, ``None`` where nothing is left to do."""
    return min((due for each in proposal.attempts if (due := due_of(proposal, each))), default=None)


def due_of(proposal: Proposal, attempt: Attempt) -> datetime | None:
    """The next look at an attempt: later and later the longer ago it was sent, a quarter of its age."""
    looked = attempt.looked_at or attempt.created_at
    if attempt.concluded_at is not None and not attempt.words:
        is_sought = is_in_doubt(attempt) and looked - attempt.concluded_at < GIVES_UP
        return _later(looked, attempt.concluded_at) if is_sought else None
    if attempt.is_ended:
        return None
    if attempt.state is State.PAID:
        paid = attempt.paid_at or looked
        return None if looked - paid >= PAID_LASTS else _later(looked, paid, PAID_SOON, PAID_LATEST)
    if looked - attempt.created_at >= GIVES_UP:
        return None
    if attempt.words and attempt.cancel_asked_at is not None and is_to_be_dropped(attempt):
        # A bank that does not drop it is not asked every minute.
        return _later(looked, attempt.cancel_asked_at)
    if not attempt.words:
        # What the bank may have, and does not say, is asked about ever more seldom.
        return _later(looked, attempt.sending_until or looked)
    owed = owed_documents(proposal, attempt)
    if owed:
        return _later(looked, max(each.at for each in proposal.documents if each.id in owed))
    return _later(looked, attempt.created_at)


def _later(looked: datetime, since: datetime, least: timedelta = SOON, most: timedelta = LATEST) -> datetime:
    """The next look after one, later and later since a moment."""
    return looked + min(max((looked - since) / 4, least), most)


def is_in_doubt(attempt: Attempt) -> bool:
    """Whether it may turn up at its bank, though it was concluded that the bank never had it."""
    if attempt.concluded_at is None or attempt.words:
        return False
    return (attempt.unknown_at or attempt.concluded_at) - attempt.concluded_at < DOUBT_LASTS


def has_work(proposal: Proposal, attempt: Attempt) -> bool:
    """Whether something is to be done at the bank, beside asking."""
    if attempt.is_ended:
        return False
    return not attempt.words or is_to_be_dropped(attempt) or bool(owed_documents(proposal, attempt))


def is_to_be_dropped(attempt: Attempt) -> bool:
    """Whether the bank is to be asked to drop it: what is a contract by now, it keeps."""
    return attempt.cancel_asked_at is not None and attempt.state not in (State.FORMALISED, State.PAID)


def owed_documents(proposal: Proposal, attempt: Attempt) -> list[str]:
    """Ids of documents that the bank waits for and was not handed."""
    wanted = attempt.pending
    return [each.id for each in proposal.documents if each.kind in wanted and each.id not in attempt.handed_in]
