"""Listings as a partner reads them (the models of ``views.py``), made without building those models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import format_moment
from lastro.negativations.deadlines.model import shown_deadline
from lastro.negativations.listings.changing.noticing import prior_notices
from lastro.negativations.listings.model import Listing, concerns_of

if TYPE_CHECKING:
    from lastro.negativations.listings.facts import ToldNotice


def answer_with(listing: Listing) -> str:
    """The envelope of one listing."""
    return json.dumps({"data": render_listing(listing)}, ensure_ascii=False, separators=(",", ":"))


def answer_with_page(listings: Iterable[Listing], next_cursor: str | None = None) -> str:
    """A page of listings, and what follows it."""
    data = [render_listing(each) for each in listings]
    return json.dumps({"data": data, "next_cursor": next_cursor}, ensure_ascii=False, separators=(",", ":"))


def render_listing(listing: Listing) -> dict[str, Any]:
    notices = prior_notices(listing)
    concerns = [each.value for each in concerns_of(listing)]
    removal = listing.removal
    return {
        "id": listing.id,
        "boleto_id": listing.boleto_id,
        "debtor_id": listing.debtor_id,
        "guarantor_id": listing.guarantor_id,
        "branch_id": listing.branch_id,
        "provider": listing.provider,
        "environment": listing.environment,
        "status": listing.status.value,
        "origin": listing.origin.value,
        "amount_cents": listing.debt.amount,
        "due_on": listing.debt.due_on.isoformat(),
        "contract_number": listing.debt.contract,
        "nature_code": listing.debt.nature,
        "requested_by": listing.requested_by,
        "created_at": format_moment(listing.created_at),
        "included_at": format_moment(listing.included_at),
        "active_from": listing.active_from.isoformat() if listing.active_from else None,
        "notice": _render_notice(_counting(notices)) if notices else None,
        "notices": [_render_notice(each) for each in notices],
        "letter_due_on": listing.letter_due_on.isoformat() if listing.letter_due_on else None,
        "listed_at": format_moment(listing.listed_at),
        "removal": {
            "reason": removal.reason,
            "requested_at": format_moment(removal.requested_at),
            "requested_by": removal.requested_by,
        }
        if removal
        else None,
        "removal_orders": [
            {
                "kind": each.kind.value,
                "number": each.number,
                "issued_on": each.issued_on.isoformat(),
                "recorded_at": format_moment(each.recorded_at),
                "recorded_by": each.recorded_by,
            }
            for each in listing.orders
        ],
        "removal_due_on": _day(shown_deadline(listing)),
        "removed_at": format_moment(listing.removed_at),
        "critical": bool(concerns),
        "concerns": concerns,
        "attempts": [
            {
                "transaction_id": each.transaction_id,
                "act": each.act.value,
                "sent_at": format_moment(each.sent_at),
                "receipt": each.receipt,
                "answer": each.answer.value if each.answer else None,
                "answered_at": format_moment(each.answered_at),
                "code": each.code,
                "in_doubt": each.lost,
            }
            for each in listing.sendings
        ],
        "history": [
            {
                "at": format_moment(each.at),
                "event": each.event,
                "by": each.by,
                "detail": each.detail,
                "transaction_id": each.transaction_id,
            }
            for each in listing.history
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _counting(notices: Sequence[ToldNotice]) -> ToldNotice:
    """The earliest that is proven, else the first."""
    proven = [each for each in notices if each.notice.told_on]
    return min(proven, key=lambda each: each.notice.told_on or date.max, default=notices[0])


def _render_notice(told: ToldNotice) -> dict[str, Any]:
    notice = told.notice
    return {
        "id": told.id,
        "channel": notice.channel.value,
        "address": notice.address,
        "sent_on": notice.sent_on.isoformat(),
        "delivered_on": notice.delivered_on.isoformat() if notice.delivered_on else None,
        "proof": notice.proof or None,
        "told_by": "partner" if told.recorded_by else "bureau",
        "recorded_at": format_moment(told.recorded_at),
        "recorded_by": told.recorded_by,
        "proven_by": told.proven_by,
    }
