"""Proposals as items of the table, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from lastro.aws.dynamodb.keys import Key, place_of_panel
from lastro.aws.dynamodb.keys import financing as keys
from lastro.aws.dynamodb.table import Item
from lastro.financing.attempts.model import Attempt, Terms
from lastro.financing.attempts.states import State
from lastro.financing.bank_work.due import due_at
from lastro.financing.ports import CounterOffer, DocumentKind, RefusalReason, Word
from lastro.financing.proposals.model import Proposal, StoredDocument
from lastro.financing.records.activities import Activity
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import Panel

SCHEMA = 1
ERASING = "erasing"
"""Attribute of a proposal whose erasure began."""
_PLAIN = (
    *("id", "partner_id", "store_id", "customer_id", "document", "customer_name", "seller_id", "first_attempt_id"),
    *("vehicle", "commercial", "several_banks", "owner", "webhook_url", "comments", "activities", "version"),
)
_PLAIN_OF_ATTEMPT = (
    *("position", "bank", "simulation_id", "condition_id", "pre_approval_status", "offer_token", "secret", "failure"),
    "handed_in",
)
_MOMENTS_OF_ATTEMPT = (
    *("expires_at", "created_at", "sending_until", "looked_at", "cancel_asked_at", "cancelled_at"),
    *("concluded_at", "unknown_at", "paid_at"),
)


def proposal_item(proposal: Proposal) -> Item:
    """A proposal as an item: in its store's list, and among those to be looked at while there is something to do."""
    due = due_at(proposal)
    open_place = keys.open_index(proposal.partner_id, proposal.id, format_moment(due)) if due else {}
    return {
        "entity": "proposal",
        "schema": SCHEMA,
        **{name: getattr(proposal, name) for name in _PLAIN},
        "vehicle": dict(proposal.vehicle),
        "seller_name": proposal.seller_name,
        "attempts": [_attempt_item(each) for each in proposal.attempts],
        "documents": [
            {"id": each.id, "kind": each.kind, "media_type": each.media_type, "size": each.size}
            | {"digest": each.digest, "at": each.at}
            for each in proposal.documents
        ],
        "created_at": proposal.created_at,
        "updated_at": proposal.updated_at,
        "closed_at": proposal.closed_at,
        **({"panel": proposal.panel.value} if proposal.panel else {}),
        **_listed(proposal),
        **open_place,
    }


def is_erasing(item: Mapping[str, Any]) -> bool:
    """Whether the erasure of a proposal began: nobody reads or writes it but who goes on with that."""
    return bool(item.get(ERASING))


def panel_row(proposal: Proposal) -> tuple[Key, Mapping[str, Any]] | None:
    """What places a proposal in the list of the panel that made it, where one did."""
    if proposal.panel is None:
        return None
    at, own = place_of_panel(keys.proposal(proposal.partner_id, proposal.id), _listed(proposal), proposal.panel)
    return at, {"entity": "proposal_of_panel", "schema": SCHEMA, "version": 1, **own}


def _listed(proposal: Proposal) -> Mapping[str, str]:
    return keys.owner_index(proposal.store_id, f"{format_moment(proposal.created_at)}#{proposal.id:012d}")


def to_proposal(item: Mapping[str, Any]) -> Proposal:
    return Proposal(
        **{name: item[name] for name in _PLAIN},
        attempts=tuple(_to_attempt(each) for each in item["attempts"]),
        documents=tuple(
            StoredDocument(
                each["id"],
                DocumentKind(each["kind"]),
                each["media_type"],
                each["size"],
                each["digest"],
                read_moment(each["at"]),
            )
            for each in item["documents"]
        ),
        created_at=read_moment(item["created_at"]),
        updated_at=read_moment(item["updated_at"]),
        closed_at=read_moment(item["closed_at"]),
        seller_name=item.get("seller_name"),
        panel=Panel(item["panel"]) if item.get("panel") else None,
    )


def _attempt_item(attempt: Attempt) -> Item:
    terms = attempt.terms
    return {
        **{name: getattr(attempt, name) for name in _PLAIN_OF_ATTEMPT},
        **{name: getattr(attempt, name) for name in _MOMENTS_OF_ATTEMPT},
        "terms": {each.name: getattr(terms, each.name) for each in fields(Terms)},
        "words": [_word_item(each) for each in attempt.words],
    }


def _to_attempt(item: Mapping[str, Any]) -> Attempt:
    known = item["terms"]
    first_due = known["first_due_date"]
    terms = Terms(
        **{
            **known,
            "installments": tuple(known["installments"]),
            "expenses": tuple((kind, value) for kind, value in known["expenses"]),
            "first_due_date": date.fromisoformat(first_due) if first_due else None,
        }
    )
    plain = {name: item[name] for name in _PLAIN_OF_ATTEMPT}
    moments: dict[str, Any] = {name: read_moment(item.get(name)) for name in _MOMENTS_OF_ATTEMPT}
    return Attempt(
        **{**plain, "handed_in": tuple(item["handed_in"])},
        **moments,
        terms=terms,
        words=tuple(_to_word(each) for each in item["words"]),
    )


def _word_item(word: Word) -> Item:
    counter = word.counter
    return {
        "key": word.key,
        "number": word.number,
        "sequence": word.sequence,
        "state": word.state,
        "reason": word.reason,
        "pending": list(word.pending),
        "counter": {each.name: getattr(counter, each.name) for each in fields(CounterOffer)} if counter else None,
        "contract": word.contract,
        "lien": word.lien,
    }


def _to_word(item: Mapping[str, Any]) -> Word:
    reason, counter = item["reason"], item["counter"]
    return Word(
        key=item["key"],
        number=item["number"],
        sequence=item["sequence"],
        state=State(item["state"]),
        reason=RefusalReason(reason) if reason else None,
        pending=tuple(DocumentKind(each) for each in item["pending"]),
        counter=CounterOffer(**counter) if counter else None,
        contract=item["contract"],
        lien=item["lien"],
    )


def activity_item(activity: Activity) -> Item:
    return {
        "entity": "proposal_activity",
        "schema": SCHEMA,
        **{each.name: getattr(activity, each.name) for each in fields(Activity)},
    }


def to_activity(item: Mapping[str, Any]) -> Activity:
    plain = {each.name: item[each.name] for each in fields(Activity)}
    return Activity(**{**plain, "at": read_moment(item["at"])})
