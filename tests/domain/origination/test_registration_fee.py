"""The registration fee: once for a person and a creditor, at the beginning (Súmula 566 STJ)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import BusinessRefusal
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus
from lastro.origination.proposals.relationships import Relationship, charge_fee, is_fee_open, widen
from tests.domain.origination.credit_samples import sample_credit

ENDED = (CreditStatus.DENIED, CreditStatus.EXPIRED)
SIGNED = tuple(set(CreditStatus) - BEFORE_CONTRACT - set(ENDED))
fees = st.sampled_from([0, 1, 50_00])


def credit(status: CreditStatus, fee: int = 0, csn: str = "1") -> Credit:
    made = sample_credit(status, csn=csn)
    return replace(made, terms=replace(made.terms, fee=fee))


credits = st.builds(credit, st.sampled_from(CreditStatus), fees)


@given(st.lists(credits, max_size=5))
def test_a_fee_is_open_until_a_contract_is_signed_or_a_proposal_carries_it(known: list[Credit]) -> None:
    signed = any(each.status in SIGNED for each in known)
    carried = any(each.status in BEFORE_CONTRACT and each.terms.fee for each in known)
    assert is_fee_open(known) is not (signed or carried)


@given(st.lists(credits, max_size=4), st.lists(fees, max_size=6), st.data())
def test_however_proposals_come_and_go_no_two_living_ones_carry_a_fee(
    known: list[Credit], asked: list[int], data: st.DataObject
) -> None:
    held = [each for each in known if not each.terms.fee]
    for own in asked:
        held.append(credit(CreditStatus.PRE_PROCESSING, charge_fee(None, own, is_open=is_fee_open(held))))
        living = [each for each in held if each.status not in ENDED]
        assert sum(each.terms.fee > 0 for each in living) <= 1
        position = data.draw(st.integers(0, len(held) - 1))
        held[position] = replace(held[position], status=data.draw(st.sampled_from([*ENDED, *BEFORE_CONTRACT])))
        if sum(each.terms.fee > 0 and each.status not in ENDED for each in held) > 1:
            # What ended does not come back to life.
            held[position] = replace(held[position], status=CreditStatus.EXPIRED)


@pytest.mark.parametrize(("asked", "own", "charged"), [(None, 50, 50), (0, 50, 0), (70, 50, 70)])
def test_an_open_fee_is_what_is_asked_for_or_the_products_own(asked: int | None, own: int, charged: int) -> None:
    assert charge_fee(asked, own, is_open=True) == charged


def test_a_fee_charged_before_is_none_or_refused_by_name() -> None:
    assert charge_fee(None, 50, is_open=False) == charge_fee(0, 50, is_open=False) == 0
    with pytest.raises(BusinessRefusal) as refused:
        charge_fee(1, 50, is_open=False)
    assert refused.value.code == "registration_fee_charged"
    assert [error.field for error in refused.value.errors] == ["cad_value"]


def test_a_relationship_forgets_what_ended() -> None:
    kept = [credit(CreditStatus.EXPIRED, csn="1"), credit(CreditStatus.CONTRACTED, csn="2")]
    wider = widen(Relationship("partner", "11222333", "52998224725", ("1", "2"), 4), kept, ["3"])
    assert (wider.csns, wider.version) == (("2", "3"), 5)
