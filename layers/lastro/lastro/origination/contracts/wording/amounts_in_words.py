"""Numbers and amounts of money in Portuguese words, as a contract repeats its figures. Pure.

``1234.56`` reads "mil, duzentos e trinta e quatro reais e cinquenta e seis centavos". Groups of three digits are
parted by commas; the last one is joined by "e" when it is below one hundred or a round hundred ("mil e cem").
"""

from __future__ import annotations

from lastro.kernel.money import exact_cents

LIMIT = 10**15
"""Whole numbers below this can be spelt."""

_UNITS = [
    "zero",
    "um",
    "dois",
    "três",
    "quatro",
    "cinco",
    "seis",
    "sete",
    "oito",
    "nove",
    "dez",
    "onze",
    "doze",
    "treze",
    "catorze",
    "quinze",
    "dezesseis",
    "dezessete",
    "dezoito",
    "dezenove",
]
_TENS = ["_", "_", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"]
_HUNDREDS = [
    "_",
    "cento",
    "duzentos",
    "trezentos",
    "quatrocentos",
    "quinhentos",
    "seiscentos",
    "setecentos",
    "oitocentos",
    "novecentos",
]
_SCALES = (("mil", "mil"), ("milhão", "milhões"), ("bilhão", "bilhões"), ("trilhão", "trilhões"))


def amount_in_words(cents: int) -> str:
    """An amount in cents as reais and centavos: ``"um milhão de reais"``, ``"um real e um centavo"``.

    Raises ``ValueError`` below zero or from 10^17 cents on, ``TypeError`` for a float.
    """
    if exact_cents(cents) < 0:
        raise ValueError("an amount in words is not negative")
    reais, centavos = divmod(cents, 100)
    parts = []
    if reais or not centavos:
        parts.append(f"{cardinal_in_words(reais)}{_reais_noun(reais)}")
    if centavos:
        parts.append(f"{cardinal_in_words(centavos)} {'centavo' if centavos == 1 else 'centavos'}")
    return " e ".join(parts)


def cardinal_in_words(number: int, *, feminine: bool = False) -> str:
    """A whole number: 21 is "vinte e um", feminine "vinte e uma" (parcelas).

    Raises ``ValueError`` outside ``0 .. LIMIT - 1``.
    """
    if not 0 <= number < LIMIT:
        raise ValueError("the number cannot be spelt")
    if number == 0:
        return "zero"
    groups = []
    rest, scale = number, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append((group, _scaled(group, scale, feminine)))
        scale += 1
    last_value, words = groups[0]
    higher = [text for _, text in reversed(groups[1:])]
    if not higher:
        return words
    joint = " e " if last_value < 100 or last_value % 100 == 0 else ", "
    return f"{', '.join(higher)}{joint}{words}"


def _scaled(group: int, scale: int, feminine: bool) -> str:
    if scale == 0:
        return _group(group, feminine)
    singular, plural = _SCALES[scale - 1]
    if scale == 1:
        return singular if group == 1 else f"{_group(group, feminine)} {singular}"
    return f"{_group(group, False)} {singular if group == 1 else plural}"


def _group(number: int, feminine: bool) -> str:
    if number == 100:
        return "cem"
    hundreds, below = divmod(number, 100)
    words = []
    if hundreds:
        words.append(
            _HUNDREDS[hundreds].removesuffix("os") + "as" if feminine and hundreds > 1 else _HUNDREDS[hundreds]
        )
    if below >= 20:
        tens, below = divmod(below, 10)
        words.append(_TENS[tens])
    if below:
        words.append({1: "uma", 2: "duas"}.get(below, _UNITS[below]) if feminine else _UNITS[below])
    return " e ".join(words)


def _reais_noun(reais: int) -> str:
    if reais and reais % 10**6 == 0:
        return " de reais"
    return " real" if reais < 2 else " reais"
