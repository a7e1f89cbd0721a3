"""The truth table of down-payment suggestions (docs/sources.md, simulations hub) and the published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.simulations.conditions.suggestions import Suggestion, SuggestionReason, suggest_down_payments

MINIMUM, SUGGESTED = SuggestionReason.MINIMUM, SuggestionReason.SUGGESTED
C = 100_000
LESS, MORE, MOST = 50_000, 200_000, 400_000

TRUTH_TABLE = {
    1: (None, None, []),
    2: (None, LESS, []),
    3: (None, C, []),
    4: (None, MORE, [SUGGESTED]),
    5: (LESS, None, []),
    6: (LESS - 1, LESS, []),
    7: (LESS, LESS, []),
    8: (LESS, LESS - 1, []),
    9: (LESS, C, []),
    10: (LESS, MORE, [SUGGESTED]),
    11: (C, None, []),
    12: (C, LESS, []),
    13: (C, C, []),
    14: (C, MORE, [SUGGESTED]),
    15: (MORE, None, [MINIMUM]),
    16: (MORE, LESS, [MINIMUM]),
    17: (MORE, C, [MINIMUM]),
    18: (MORE, MOST, [MINIMUM, SUGGESTED]),
    19: (MORE, MORE, [SUGGESTED]),
    20: (MOST, MORE, [MINIMUM, SUGGESTED]),
}


@pytest.mark.parametrize("row", TRUTH_TABLE)
def test_every_row_of_the_truth_table(row: int) -> None:
    minimum, suggested, expected = TRUTH_TABLE[row]
    found = suggest_down_payments(C, minimum, suggested)
    assert [suggestion.reason for suggestion in found] == expected
    values = {MINIMUM: minimum, SUGGESTED: suggested}
    assert all(suggestion.down_payment == values[suggestion.reason] for suggestion in found)


@pytest.mark.parametrize(
    ("offered", "minimum", "suggested", "expected"),
    [
        (100_000, 200_000, 400_000, [(MINIMUM, 200_000), (SUGGESTED, 400_000)]),
        (0, 500_000, 1_000_000, [(MINIMUM, 500_000), (SUGGESTED, 1_000_000)]),
        (100_000, None, 400_000, [(SUGGESTED, 400_000)]),
        (0, 0, 0, []),
    ],
)
def test_the_documented_examples(
    offered: int, minimum: int | None, suggested: int | None, expected: list[tuple[SuggestionReason, int]]
) -> None:
    assert suggest_down_payments(offered, minimum, suggested) == tuple(Suggestion(*pair) for pair in expected)


amounts = st.integers(min_value=0, max_value=10**9)
advice = st.none() | amounts


@given(amounts, advice, advice)
def test_only_what_lies_above_the_offer_is_generated(offered: int, minimum: int | None, suggested: int | None) -> None:
    found = suggest_down_payments(offered, minimum, suggested)
    assert all(suggestion.down_payment > offered for suggestion in found)
    assert len({suggestion.down_payment for suggestion in found}) == len(found)
    above = {value for value in (minimum, suggested) if value is not None and value > offered}
    assert {suggestion.down_payment for suggestion in found} == above


@given(amounts, advice, advice, st.integers(min_value=0, max_value=10**6))
def test_only_differences_count(offered: int, minimum: int | None, suggested: int | None, shift: int) -> None:
    moved = suggest_down_payments(
        offered + shift,
        None if minimum is None else minimum + shift,
        None if suggested is None else suggested + shift,
    )
    here = suggest_down_payments(offered, minimum, suggested)
    assert [(found.reason, found.down_payment - shift) for found in moved] == [
        (found.reason, found.down_payment) for found in here
    ]
