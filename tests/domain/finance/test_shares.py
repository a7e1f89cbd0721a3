"""Percentages of a whole sum to a hundred, and none strays from its part."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.finance.shares import percent_shares

CENTS = st.lists(st.integers(0, 10**13), min_size=1, max_size=9).filter(lambda parts: sum(parts) > 0)


@given(CENTS, st.integers(0, 6))
def test_they_sum_to_a_hundred_and_each_is_within_a_last_digit(parts: list[int], places: int) -> None:
    shares = percent_shares(parts, places)
    assert sum(shares) == 100
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(share) - Fraction(part * 100, sum(parts))) < Fraction(1, 10**places)
        assert share.as_tuple().exponent == -places
        assert part or share == 0


@given(CENTS)
def test_more_never_has_less(parts: list[int]) -> None:
    ordered = sorted(parts, reverse=True)
    shares = percent_shares(ordered)
    assert sorted(shares, reverse=True) == list(shares)


def test_three_thirds() -> None:
    assert percent_shares([1, 1, 1]) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))


@pytest.mark.parametrize("parts", [[], [0, 0], [3, -1]])
def test_parts_of_nothing_have_no_share(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="shares"):
        percent_shares(parts)
