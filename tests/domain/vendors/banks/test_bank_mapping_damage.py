"""Whatever a bank answers, only the error tree comes out of its mapping."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import LastroError
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import BankAnswer
from lastro.vendors.banks.bv import mapping as bv
from lastro.vendors.banks.itau import mapping as itau
from lastro.vendors.banks.pan import mapping as pan
from lastro.vendors.banks.safra import mapping as safra
from lastro.vendors.banks.santander import mapping as santander
from lastro.vendors.banks.standard import mapping as standard
from tests.domain.vendors.banks.bank_answers import OFFERS

READERS: dict[str, Callable[[object], object]] = {
    **{code: reader for code, (reader, _) in OFFERS.items()},
    "341 pre-approval": itau.pre_approved,
    "033 pre-approval": santander.pre_approved,
    "033 refusal": partial(santander.refusal, reason=Reason.REFUSED),
    "655 pre-approval": bv.pre_approved,
    "655 found": bv.found,
    "655 pre-approval found": bv.pre_approval_found,
    "623 pre-approval": pan.pre_approved,
    "422 pre-approval": safra.pre_approved,
    "422 found": safra.found,
    "422 pre-approval found": safra.pre_approval_found,
    "M22 pre-approval": standard.pre_approved,
}

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=20)
    | st.sampled_from(["", "APROVADA", "OK", "000", "1.000,00", "-1", "99999999999999", Decimal("1e999999"), 10**40])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def _read(reader: Callable[[object], object], body: object) -> object:
    """What the reader gives, or the error of the tree it raises; any other exception goes through."""
    try:
        return reader(body)
    except LastroError as error:
        return error


@pytest.mark.parametrize("name", READERS)
@given(body=JSON)
def test_any_body_ends_in_the_error_tree(name: str, body: object) -> None:
    outcome = _read(READERS[name], body)

    assert not isinstance(outcome, LastroError) or outcome.code in set(Reason)


def _places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    places = [place]
    if isinstance(value, dict):
        for name, member in value.items():
            places += _places(member, (*place, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            places += _places(member, (*place, index))
    return places


def _replaced(value: Any, place: tuple[str | int, ...], other: object) -> Any:
    if not place:
        return other
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = _replaced(copy[place[0]], place[1:], other)
    return copy


@pytest.mark.parametrize("code", OFFERS)
@given(data=st.data(), other=JSON)
def test_good_body_with_one_surprise_ends_in_the_error_tree(code: str, data: st.DataObject, other: object) -> None:
    reader, body = OFFERS[code]
    place = data.draw(st.sampled_from(_places(body)))

    outcome = _read(reader, _replaced(body, place, other))

    if isinstance(outcome, LastroError):
        assert outcome.code in set(Reason)
    else:
        assert isinstance(outcome, BankAnswer)
        assert (outcome.offer is None) != (outcome.reason is None)


@pytest.mark.parametrize("code", OFFERS)
def test_each_part_of_an_offer_that_cannot_be_missed_is_named(code: str) -> None:
    reader, body = OFFERS[code]
    places = [place for place in _places(body) if place]
    outcomes = [(place, _read(reader, _replaced(body, place, None))) for place in places]
    failures = [(place, outcome) for place, outcome in outcomes if isinstance(outcome, LastroError)]

    assert len(failures) >= 8
    assert all(failure.code == Reason.GENERIC for _, failure in failures)
    assert all(str(place[-1]) in failure.detail for place, failure in failures)
