"""Cursors: the place that was spelt, and nothing that was not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.cursors import place_behind, spell_cursor

SHAPE = re.compile(r"[0-9]{4}#[a-z]{1,8}")


@given(st.from_regex(SHAPE, fullmatch=True))
def test_a_place_is_read_as_it_was_spelt(place: str) -> None:
    cursor = spell_cursor(place)
    assert re.fullmatch("[0-9A-Za-z_-]+", cursor)
    assert place_behind(cursor, SHAPE) == place


@given(st.text(max_size=20))
def test_anything_else_is_none_of_ours(text: str) -> None:
    try:
        place = place_behind(text, SHAPE)
    except ValueError:
        return
    assert SHAPE.fullmatch(place)
    assert spell_cursor(place) == text


@pytest.mark.parametrize("noise", [".", "#", ":", "="])
def test_a_cursor_with_noise_in_it_is_none_of_ours(noise: str) -> None:
    cursor = spell_cursor("2026#abc")
    with pytest.raises(ValueError, match=r"cursor|padding"):
        place_behind(f"{cursor[:4]}{noise * 4}{cursor[4:]}", SHAPE)


@pytest.mark.parametrize("place", ["", "1234#", "1234#a\n", "x1234#a", "1234#ação"])
def test_a_place_of_another_list_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match=r"cursor|codec|ascii"):
        place_behind(spell_cursor(place), SHAPE)
