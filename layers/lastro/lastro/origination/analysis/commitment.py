"""How much of a person's income the instalments of their credits take. Pure; amounts are cents."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus

SIGNED = frozenset({CreditStatus.CONTRACTED, CreditStatus.DISBURSED, CreditStatus.PENDING})
"""Credits whose instalments are owed."""


def signed_installments(credits: Sequence[Credit], credit: Credit) -> int:
    """What a month of the other signed credits costs."""
    return sum(each.terms.installment_value for each in credits if each.csn != credit.csn and each.status in SIGNED)


def prior_installments(credits: Sequence[Credit], credit: Credit) -> int:
    """What a month of the others costs that are signed, or were proposed before this one and may still be.

    ``credits`` in the order they were proposed in. Of two unsigned ones the later counts the earlier, never both each
    other: what is proposed first is decided as if it stood alone.
    """
    order = [each.csn for each in credits]
    place = order.index(credit.csn) if credit.csn in order else len(order)
    open_before = (each for each in credits[:place] if each.status in BEFORE_CONTRACT)
    return signed_installments(credits, credit) + sum(each.terms.installment_value for each in open_before)


def commitment_exceeded(credit: Credit, others: int, maximum: Decimal) -> bool:
    """Whether the instalment, with those of others, is above ``maximum`` percent of the income the proposal states.

    An income that is not stated was for a person to judge.
    """
    proposal = credit.borrower.get("proposal") or {}
    income = (proposal.get("business") or {}).get("income")
    return income is not None and income > 0 and (credit.terms.installment_value + others) * 100 > income * maximum
