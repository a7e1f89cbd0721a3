"""Numbers and amounts in Portuguese words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.origination.contracts.wording.amounts_in_words import LIMIT, amount_in_words, cardinal_in_words

AMOUNTS = {
    0: "zero real",
    1: "um centavo",
    99: "noventa e nove centavos",
    1_00: "um real",
    1_01: "um real e um centavo",
    2_00: "dois reais",
    16_14: "dezesseis reais e catorze centavos",
    100_00: "cem reais",
    101_00: "cento e um reais",
    1_000_00: "mil reais",
    1_001_00: "mil e um reais",
    1_100_00: "mil e cem reais",
    1_234_56: "mil, duzentos e trinta e quatro reais e cinquenta e seis centavos",
    10_365_95: "dez mil, trezentos e sessenta e cinco reais e noventa e cinco centavos",
    100_000_00: "cem mil reais",
    121_021_00: "cento e vinte e um mil e vinte e um reais",
    1_000_000_00: "um milhão de reais",
    1_000_000_01: "um milhão de reais e um centavo",
    1_000_001_00: "um milhão e um reais",
    2_000_000_00: "dois milhões de reais",
    1_500_000_00: "um milhão e quinhentos mil reais",
    1_234_567_89: (
        "um milhão, duzentos e trinta e quatro mil, quinhentos e sessenta e sete reais e oitenta e nove centavos"
    ),
    1_000_000_000_00: "um bilhão de reais",
    10**12: "dez bilhões de reais",
    10**14: "um trilhão de reais",
}


@pytest.mark.parametrize(("cents", "words"), AMOUNTS.items())
def test_amounts(cents: int, words: str) -> None:
    assert amount_in_words(cents) == words


def test_instalments_are_feminine() -> None:
    spelt = {1: "uma", 2: "duas", 21: "vinte e uma", 120: "cento e vinte", 200: "duzentas", 2002: "duas mil e duas"}
    assert {number: cardinal_in_words(number, feminine=True) for number in spelt} == spelt


@pytest.mark.parametrize("cents", [-1, 100 * LIMIT])
def test_what_cannot_be_spelt(cents: int) -> None:
    with pytest.raises(ValueError, match=r"amount|number"):
        amount_in_words(cents)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        amount_in_words(1.5)  # type: ignore[arg-type]  # what a careless caller does


_WORTH = {
    **{cardinal_in_words(number): number for number in range(1, 20)},
    **{cardinal_in_words(number): number for number in range(20, 100, 10)},
    **{cardinal_in_words(number): number for number in range(200, 1000, 100)},
    "cem": 100,
    "cento": 100,
}
_SCALE = {"mil": 10**3, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9, "trilhão": 10**12}


def read_words(words: str) -> int:
    """The number again, read word by word."""
    total = group = 0
    for word in words.replace(",", "").replace(" e ", " ").split():
        if word in _SCALE:
            total += max(group, 1) * _SCALE[word]
            group = 0
        else:
            group += _WORTH[word]
    return total + group


@given(st.one_of(st.integers(1, 10**12), st.integers(1, 10**5), st.integers(1, 10**6).map(lambda n: n * 1000)))
def test_words_say_the_number(number: int) -> None:
    assert read_words(cardinal_in_words(number)) == number


@given(st.integers(0, 10**12))
def test_an_amount_says_reais_and_centavos(cents: int) -> None:
    reais, centavos = divmod(cents, 100)
    words = amount_in_words(cents)
    unit = "real" if reais < 2 else "reais"
    parts = [f"{cardinal_in_words(reais)}{' de' if reais and reais % 10**6 == 0 else ''} {unit}"]
    if centavos:
        parts.append(f"{cardinal_in_words(centavos)} {'centavo' if centavos == 1 else 'centavos'}")
        if not reais:
            parts = parts[1:]
    assert words == " e ".join(parts)
    assert "  " not in words
