"""Switching a callback off, and telling its partner so. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lastro.kernel.calendar import format_moment
from lastro.webhooks.callbacks.model import Callback
from lastro.webhooks.deliveries.model import Notice
from lastro.webhooks.service import make_notice

GONE = "gone"
"""The receiver answered 410: it wants no more notices."""
FAILING = "failing"
"""It has not taken a single notice for five days."""

EVENT = "callback_disabled"


def switched_off(callback: Callback, reason: str, at: datetime) -> tuple[Callback, Notice | None]:
    """The callback that is off, and the notice of it.

    A partner that asked for it by 410 is told nothing. The notice is kept among the deliveries, where the partner sees
    it, and goes to the callback that the partner puts next.
    """
    off = replace(callback, disabled_at=at, disabled_reason=reason)
    if reason != FAILING:
        return off, None
    shown = callback.base + ("?***" if callback.has_query else "")
    body = {"event": EVENT, "callback": {"url": shown, "disabled_at": format_moment(at), "disabled_reason": reason}}
    return off, make_notice(callback.partner_id, EVENT, "callback", format_moment(callback.updated_at), body, at)
