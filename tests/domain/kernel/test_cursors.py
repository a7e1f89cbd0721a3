"""Cursors: the place that was spelt, and nothing that was not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.cursors import place_behind, spell_cursor

SHAPE = re.compile(r"[0-9]{4}#[a-z]{1,8}")
OF = "debts"


@given(st.from_regex(SHAPE, fullmatch=True))
def test_a_place_is_read_as_it_was_spelt(place: str) -> None:
    cursor = spell_cursor(place, OF)
    assert re.fullmatch("[0-9A-Za-z_-]+", cursor)
    assert place_behind(cursor, SHAPE, OF) == place


@given(st.text(max_size=20))
def test_anything_else_is_none_of_ours(text: str) -> None:
    try:
        place = place_behind(text, SHAPE, OF)
    except ValueError:
        return
    assert SHAPE.fullmatch(place)
    assert spell_cursor(place, OF) == text


@pytest.mark.parametrize("noise", [".", "#", ":", "="])
def test_a_cursor_with_noise_in_it_is_none_of_ours(noise: str) -> None:
    cursor = spell_cursor("2026#abc", OF)
    with pytest.raises(ValueError, match=r"cursor|padding"):
        place_behind(f"{cursor[:4]}{noise * 4}{cursor[4:]}", SHAPE, OF)


@pytest.mark.parametrize("of", ["", "debt", "debts~", "debtors"])
def test_another_list_of_places_that_look_alike_takes_none_of_ours(of: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        place_behind(spell_cursor("2026#abc", OF), SHAPE, of)


@pytest.mark.parametrize("place", ["", "1234#", "1234#a\n", "x1234#a", "1234#ação"])
def test_a_place_of_another_list_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match=r"cursor|codec|ascii"):
        place_behind(spell_cursor(place, OF), SHAPE, OF)
