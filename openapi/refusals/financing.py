"""Errors of the calls about proposals at banks, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.financing import errors as financing
from lastro.kernel.errors import STORE_INACTIVE, LastroError

FINANCING: Mapping[str, tuple[LastroError, ...]] = {
    "create_financing_proposal": (
        STORE_INACTIVE(),
        financing.OFFER_TAKEN(proposal=7),
        financing.OFFER_TAKEN_UNSEEN(),
        financing.PROPOSAL_BUSY(),
    ),
    "get_financing_proposal": (financing.PROPOSAL_NOT_FOUND(),),
    "update_financing_proposal": (financing.PROPOSAL_NOT_FOUND(), financing.PROPOSAL_BUSY()),
    "cancel_financing_proposal": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.PROPOSAL_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "take_proposal_ownership": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.READ_ONLY(),
        financing.OWNED_BY_OTHER(),
        financing.PROPOSAL_BUSY(),
    ),
    "leave_proposal_ownership": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.READ_ONLY(),
        financing.OWNED_BY_OTHER(),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_activities": (financing.PROPOSAL_NOT_FOUND(),),
    "add_proposal_document": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.PROPOSAL_ENDED(),
        financing.TOO_MANY_DOCUMENTS(most=40),
        financing.DOCUMENT_TOO_LARGE(most=4_000_000),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_documents": (financing.PROPOSAL_NOT_FOUND(),),
    "comment_proposal": (financing.PROPOSAL_NOT_FOUND(), financing.PROPOSAL_BUSY()),
    "create_proposal_attempt": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.ATTEMPT_ACTIVE(bank="341"),
        financing.ATTEMPT_IN_DOUBT(bank="341"),
        financing.OFFER_TAKEN(proposal=7),
        financing.OFFER_TAKEN_UNSEEN(),
        financing.ANOTHER_BANK_ACTIVE(bank="341"),
        financing.TOO_MANY_ATTEMPTS(most=12),
        financing.PROPOSAL_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "cancel_proposal_attempt": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.ATTEMPT_NOT_FOUND(),
        financing.ATTEMPT_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_attempts": (financing.PROPOSAL_NOT_FOUND(),),
    "get_proposal_attempt": (financing.PROPOSAL_NOT_FOUND(), financing.ATTEMPT_NOT_FOUND()),
    "update_proposal_attempt": (financing.PROPOSAL_NOT_FOUND(), financing.ATTEMPT_NOT_FOUND()),
    "receive_proposal_event": (
        financing.EVENT_SOURCE_NOT_FOUND(),
        financing.UNREADABLE_EVENT(),
    ),
}
