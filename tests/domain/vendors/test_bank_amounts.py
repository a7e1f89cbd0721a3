"""Amounts and JSON of banks: every digit survives, and what is odd is not guessed at."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks import amounts
from lastro.vendors.banks.wire import read_json, write_json
from lastro.vendors.kit.send import Answer


@given(cents=st.integers(0, amounts.MOST_CENTS - 1))
def test_every_amount_survives_each_form(cents: int) -> None:
    assert amounts.read_cents(cents, "here") == cents
    assert amounts.read_decimal(amounts.write_decimal(cents), "here") == cents
    assert amounts.read_decimal_text(amounts.write_decimal_text(cents), "here") == cents
    assert amounts.read_brazilian(amounts.write_brazilian(cents), "here") == cents
    assert amounts.read_padded(amounts.write_padded(cents), "here") == cents


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (amounts.read_cents, 1.0),
        (amounts.read_cents, True),
        (amounts.read_cents, -1),
        (amounts.read_cents, "100"),
        (amounts.read_decimal, Decimal("1.005")),
        (amounts.read_decimal, Decimal("Infinity")),
        (amounts.read_decimal, Decimal("1e20")),
        (amounts.read_decimal, 1.5),
        (amounts.read_decimal_text, "1,50"),
        (amounts.read_decimal_text, "1.5"),
        (amounts.read_decimal_text, "-1.50"),
        (amounts.read_decimal_text, "1.50\n"),
        (amounts.read_decimal_text, "１.50"),
        (amounts.read_brazilian, "1234,56"),
        (amounts.read_brazilian, "1.234.56"),
        (amounts.read_brazilian, "12.34,56"),
        (amounts.read_padded, "123456"),
        (amounts.read_padded, "00000000000123a"),
        (amounts.read_count, 0),
        (amounts.read_count, "٣"),
    ],
)
def test_odd_amounts_are_not_guessed_at(reader: Callable[[object, str], object], value: object) -> None:
    with pytest.raises(Permanent) as failure:
        reader(value, "answer.value")

    assert failure.value.code == Reason.GENERIC
    assert "answer.value" in failure.value.detail


def test_json_keeps_every_digit() -> None:
    assert (
        write_json({"a": Decimal("45000.10"), "b": [None, True, "é\n"]})
        == b'{"a":45000.10,"b":[null,true,"\\u00e9\\n"]}'
    )
    assert read_json(Answer(200, b'{"a": 0.1}')) == {"a": Decimal("0.1")}
    with pytest.raises(TypeError):
        write_json({"a": 0.1})


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b'{"a": NaN}', b"[" * 100_000, b'{"a": 1e99999999999999999999}', b"\xff\xfe", b"9" * 5_000],
)
def test_body_that_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(Permanent) as failure:
        read_json(Answer(200, content))

    assert failure.value.code == Reason.GENERIC
