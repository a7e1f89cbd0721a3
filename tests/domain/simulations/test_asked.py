"""What was asked is stored once for all banks and read back as the originals it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.simulations.items import asked_item, condition_item, to_condition, to_originals
from lastro.simulations.model import Condition, Verdict, end_condition, generated_by, original_of
from tests.domain.simulations import simulation_samples
from tests.domain.simulations.simulation_samples import NOW

SIMULATION = replace(simulation_samples.SIMULATION, first_id=700)
options = st.fixed_dictionaries({}, optional={"min_return": st.integers(0, 3), "quota_preference": st.just("min")})
asked = st.lists(
    st.tuples(st.sampled_from((12, 24)), st.integers(0, 2), st.sampled_from(("341", "033", "655")), options),
    min_size=1,
    max_size=30,
)


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def originals_of(wanted: list[tuple[int, int, str, dict[str, object]]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(700 + 3 * n, 3 * n, bank, installments, down_payment, SIMULATION.created_at, options)
        for n, (installments, down_payment, bank, options) in enumerate(wanted)
    )


@settings(max_examples=50)
@given(asked)
def test_originals_come_back_in_their_order(wanted: list[tuple[int, int, str, dict[str, object]]]) -> None:
    originals = originals_of(wanted)
    assert to_originals(SIMULATION, asked_item(originals)) == originals


def test_a_term_at_several_banks_is_written_once() -> None:
    wanted: list[tuple[int, int, str, dict[str, object]]] = [
        (term, 5, bank, {}) for term in (12, 24, 36) for bank in ("341", "033", "655")
    ]
    assert [len(term["banks"]) for term in asked_item(originals_of(wanted))["terms"]] == [3, 3, 3]


@given(st.integers(0, 300), st.none() | st.integers(0, 300), st.none() | st.integers(0, 300), st.booleans())
def test_what_an_end_generates_follows_from_its_item(
    offered: int, minimum: int | None, suggested: int | None, error: bool
) -> None:
    original = replace(originals_of([(12, 0, "341", {"min_return": 1})])[0], down_payment=offered)
    verdict = Verdict(error=error, minimum=minimum, suggested=suggested)
    ended, generated = end_condition(SIMULATION, original, verdict, NOW)
    assert generated_by(SIMULATION, to_condition(kept(condition_item(ended)))) == generated
    assert {original_of(each.offset) for each in (ended, *generated)} == {0}
    for each in generated:
        again, nothing = end_condition(SIMULATION, each, verdict, NOW)
        assert (nothing, generated_by(SIMULATION, again)) == ((), ())
