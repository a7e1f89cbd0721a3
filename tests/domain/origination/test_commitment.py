"""How much of an income instalments take, in the order in which credits were proposed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lastro.origination.analysis.commitment import SIGNED, commitment_exceeded, prior_installments, signed_installments
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus
from tests.domain.origination.credit_samples import TERMS, sample_credit


def credit(number: int, status: CreditStatus, installment: int = 100_00, income: int | None = 1_000_00) -> Credit:
    borrower = {"signup": {}, "proposal": {"business": {"income": income}}}
    terms = replace(TERMS, installment_value=installment)
    return sample_credit(status, csn=f"{number:023d}", terms=terms, borrower=borrower)


def test_an_open_proposal_counts_those_before_it_and_the_signed() -> None:
    ended = (CreditStatus.DENIED, CreditStatus.EXPIRED, CreditStatus.RETURNED)
    for status in CreditStatus:
        mine, other = credit(1, CreditStatus.PRE_PROCESSING), credit(2, status)
        assert prior_installments([mine, other], mine) == (100_00 if status in SIGNED else 0)
        assert prior_installments([other, mine], mine) == (0 if status in ended else 100_00)
        assert signed_installments([other, mine], mine) == (100_00 if status in SIGNED else 0)
    assert set(CreditStatus) == SIGNED | BEFORE_CONTRACT | set(ended)


def test_the_limit_belongs_to_what_is_allowed() -> None:
    mine = credit(1, CreditStatus.PRE_PROCESSING)
    assert not commitment_exceeded(mine, 200_00, Decimal(30))
    assert commitment_exceeded(mine, 200_01, Decimal(30))
    assert not commitment_exceeded(credit(1, CreditStatus.PRE_PROCESSING, income=None), 10**9, Decimal(30))


@given(st.lists(st.integers(1, 500_00), min_size=1, max_size=8), st.integers(1, 100))
def test_what_passes_in_any_order_of_signing_keeps_the_limit(installments: list[int], maximum: int) -> None:
    """Each is signed only if it passes once more; together they never take more than the limit."""
    credits = [credit(n, CreditStatus.OPERATIONAL_ANALYSIS, value) for n, value in enumerate(installments)]
    for place, each in enumerate(credits):
        if not commitment_exceeded(each, signed_installments(credits, each), Decimal(maximum)):
            credits[place] = replace(each, status=CreditStatus.CONTRACTED)
    signed = sum(each.terms.installment_value for each in credits if each.status in SIGNED)
    assert signed * 100 <= 1_000_00 * maximum
