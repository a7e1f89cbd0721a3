"""Plates, chassis numbers and Renavam as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from lastro.wire.things.vehicles import mercosur_plate, read_chassi, read_plate, read_renavam


@pytest.mark.parametrize("text", ["ABC1234", "abc-1234", " ABC 1234 "])
def test_a_plate_is_kept_in_capitals_without_its_hyphen(text: str) -> None:
    assert read_plate(text) == "ABC1234"


@pytest.mark.parametrize("text", ["AB12345", "ABC12345", "ABC1DD3", "ÁBC1234", "", "ABC--1234", 1234567, None])
def test_what_is_no_plate_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError, match=r"placa|texto"):
        read_plate(text)


def test_an_old_plate_and_the_one_that_replaced_it_are_one_vehicles() -> None:
    assert mercosur_plate("ABC1234") == mercosur_plate("ABC1C34") == "ABC1C34"
    assert mercosur_plate("ABC1034") == "ABC1A34"
    assert mercosur_plate("ABC1934") == "ABC1J34"
    assert mercosur_plate("ABC1Z34") == "ABC1Z34"


@given(st.from_regex("[A-Z]{3}[0-9][A-Z0-9][0-9]{2}", fullmatch=True))
def test_a_plate_read_again_is_itself(plate: str) -> None:
    assert read_plate(read_plate(plate)) == plate
    assert mercosur_plate(mercosur_plate(plate)) == mercosur_plate(plate)


def test_a_chassis_number_has_seventeen_signs_without_those_that_look_alike() -> None:
    assert read_chassi(" 9bwzzz377vt004251 ") == "9BWZZZ377VT004251"
    for wrong in ("9BWZZZ377VT00425", "9BWZZZ377VTO04251", "9BWZZZ377VT0042511", ""):
        with pytest.raises(PydanticCustomError, match="chassi"):
            read_chassi(wrong)


def test_a_renavam_has_a_check_digit_and_may_lack_its_zeros() -> None:
    assert read_renavam("00891749063") == read_renavam("891749063") == read_renavam(891749063) == "00891749063"
    for wrong in ("00891749064", "0", "00000000000", "12345678", "8917490630000", "abc", True, 1.5):
        with pytest.raises(PydanticCustomError):
            read_renavam(wrong)
