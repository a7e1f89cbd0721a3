"""When the sweep owes an open inquiry a look. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from lastro.bureaus.model import Inquiry, InquiryStatus

GRACE = timedelta(seconds=60)
"""An inquiry that nobody took yet is left to the queue for so long."""
STALE = timedelta(minutes=5)
"""What nobody took so long after its moment is queued once more; taken twice it is asked once."""


def due_moment(inquiry: Inquiry) -> datetime:
    """Once its process counts as dead; else some time after the moment it was to be taken."""
    if inquiry.lease_until is None:
        return inquiry.created_at + GRACE
    return inquiry.lease_until if inquiry.status is InquiryStatus.ASKING else inquiry.lease_until + STALE
