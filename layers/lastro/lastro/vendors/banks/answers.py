"""From what a bank stated to the port's answer: its advice within what it is documented to give, and sanity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from lastro.kernel.banks import Advice, BankFacts
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import BankAnswer, Expense, Offer, OfferRequest
from lastro.vendors.banks.failures import unreadable
from lastro.vendors.kit.amounts import MOST_CENTS

MOST_OFFER_BYTES = 8_000
"""Of the texts and charges of an offer. A condition is kept in one item, which holds 400 KB, and hundreds of them are
answered at once; a bank's token, its table and a dozen charges take a fraction of this.
"""


def answer_of(
    bank: BankFacts,
    *,
    offer: Offer | None = None,
    reason: Reason | None = None,
    minimum: int | None = None,
    ideal: int | None = None,
    available: int | None = None,
) -> BankAnswer:
    """The answer with the advice this bank may give: a kind it is documented never to give is dropped.

    A condition that goes to the credit desk carries none (docs/sources.md, simulations hub).
    """
    desk = reason is Reason.CREDIT_DESK
    return BankAnswer(
        offer=offer,
        reason=reason,
        minimum_down_payment=None if desk or bank.minimum is Advice.NEVER else minimum,
        suggested_down_payment=None if desk or bank.ideal is Advice.NEVER else ideal,
        available_amount=available,
    )


def level_instalments(count: int, value: int, last: int) -> tuple[int, ...]:
    """Instalments of a bank that states how many, the usual value and the last one, in cents."""
    return (*[value] * (count - 1), last)


def checked_offer(offer: Offer, place: str) -> Offer:
    """Give ``offer`` back when it prices something and can be kept.

    Raises ``Permanent`` when an instalment is worth nothing, and for more than ``MOST_OFFER_BYTES``.
    """
    if not offer.installments or min(offer.installments) <= 0 or sum(offer.installments) >= MOST_CENTS:
        raise unreadable(place, "instalments above zero")
    if _size_of(offer) > MOST_OFFER_BYTES:
        raise unreadable(place, f"an offer whose texts and charges take {MOST_OFFER_BYTES} bytes at most")
    return offer


def _size_of(offer: Offer) -> int:
    table = (offer.credit_condition_code, offer.credit_condition_description)
    charges = [(each.type, str(each.value), each.bank_expense_id) for each in offer.expenses]
    texts = chain(table, offer.payload.values(), *charges)
    return sum(len(text.encode()) for text in texts if text is not None)


def checked_answer(answer: BankAnswer, request: OfferRequest) -> BankAnswer:
    """Give ``answer`` back when it answers ``request``. Raises ``Permanent`` when it prices another term."""
    if answer.offer is not None and len(answer.offer.installments) != request.installments:
        raise unreadable("installments", f"{request.installments} instalments")
    return answer


def return_of(text: str | None, place: str) -> str | None:
    """The dealer's return that a bank states, as a plain number: ``3`` for ``R3`` and ``03``, ``None`` for none stated.

    Raises ``Permanent`` for what is no level.
    """
    if text is None:
        return None
    found = re.fullmatch(r"R?0?([0-9])", text, re.ASCII)
    if found is None:
        raise unreadable(place, "a level of return")
    return found[1]


def expenses_of(charges: Iterable[tuple[str, int, str | None]], types: Mapping[str, str]) -> tuple[Expense, ...]:
    """Charges as ``(vendor's type, cents, vendor's id)``; a type the dialect does not know is called ``other_rate``."""
    return tuple(
        Expense(type=types.get(kind, "other_rate"), value=value, bank_expense_id=identifier)
        for kind, value, identifier in charges
    )
