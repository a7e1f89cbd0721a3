"""Errors of the calls about approvals, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.approvals import errors as approvals
from lastro.approvals.authorities.model import MOST_AUTHORITIES
from lastro.kernel.errors import IN_PROGRESS, LastroError

APPROVALS: Mapping[str, tuple[LastroError, ...]] = {
    "create_approval_rule": (IN_PROGRESS(),),
    "replace_approval_rule": (approvals.RULE_NOT_FOUND(), approvals.RULE_BUSY()),
    "get_approval_rule": (approvals.RULE_NOT_FOUND(),),
    "evaluate_approval_rule": (approvals.RULE_NOT_FOUND(),),
    "put_approval_authority": (
        approvals.TOO_MANY_AUTHORITIES(most=MOST_AUTHORITIES),
        approvals.AUTHORITY_BUSY(),
    ),
    "create_reservation": (approvals.UNIT_RESERVED(reservation=1), IN_PROGRESS()),
    "create_sale": (
        approvals.RESERVATION_NOT_APPROVED(state="recusada"),
        approvals.RESERVATION_SOLD(sale=1),
        IN_PROGRESS(),
    ),
    "get_sale": (approvals.SALE_NOT_FOUND(),),
    "create_assignment": (approvals.SALE_ASSIGNED(assignment=1), IN_PROGRESS()),
    "get_assignment": (approvals.ASSIGNMENT_NOT_FOUND(),),
    "decide_assignment": (
        approvals.ASSIGNMENT_NOT_FOUND(),
        approvals.OWN_ASSIGNMENT(),
        approvals.NO_AUTHORITY(),
        approvals.ASSIGNMENT_DECIDED(state="aprovada"),
        approvals.ASSIGNEE_GONE(),
        approvals.ASSIGNMENT_BUSY(),
    ),
    "get_reservation": (approvals.RESERVATION_NOT_FOUND(),),
    "list_reservations": (approvals.AUTHORITY_NOT_FOUND(),),
    "cancel_reservation": (
        approvals.RESERVATION_NOT_FOUND(),
        approvals.RESERVATION_NOT_HELD(state="recusada"),
        approvals.RESERVATION_BUSY(),
    ),
    "decide_reservation": (
        approvals.RESERVATION_NOT_FOUND(),
        approvals.OWN_RESERVATION(),
        approvals.NO_AUTHORITY(),
        approvals.BELOW_AUTHORITY(rank=2),
        approvals.BEYOND_LIMITS(limits="maximum_cents"),
        approvals.NO_NEXT_AUTHORITY(),
        approvals.RESERVATION_DECIDED(state="aprovada"),
        approvals.RESERVATION_ESCALATED(rank=2),
        approvals.RESERVATION_BUSY(),
    ),
}
