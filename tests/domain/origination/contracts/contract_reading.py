"""A drawn contract read back from the text of its pages: every figure it prints, and the arithmetic to judge them by.

Nothing here uses the code that priced or drew it. Amounts are cents, rates exact fractions of one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from io import BytesIO

from pypdf import PdfReader

AMOUNT = r"R\$ ([\d.]+,\d\d)"
DAY = r"(\d\d/\d\d/\d{4})"
PERCENT = r"([\d.]+,\d+)%"
_ROW = re.compile(rf"(\d+) {DAY} " + " ".join([r"(-?[\d.]+,\d\d)"] * 5))
_HEAD = re.compile(r"\A[^\n]*\nCÉDULA DE CRÉDITO BANCÁRIO\n *nº \d+\n[^\n]*\nPágina \d+ de \d+\n")


def words_of(pdf: bytes) -> str:
    """Everything on the pages, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def cents(text: str) -> int:
    return int(re.sub(r"[.,]", "", text))


def day(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def fraction(text: str) -> Fraction:
    """``1,50`` of a percentage as 3/200."""
    return Fraction(text.replace(".", "").replace(",", ".")) / 100


DIGITS = Context(prec=60)


@dataclass(frozen=True)
class PrintedRow:
    number: int
    due: date
    previous_balance: int
    interest: int
    amortization: int
    value: int
    balance: int


class PrintedContract:
    """What a contract says, found by its labels; a label that is missing or stands twice fails."""

    def __init__(self, pdf: bytes) -> None:
        pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
        assert all(_HEAD.match(page) for page in pages)
        self.text = " ".join(" ".join(_HEAD.sub("", page) for page in pages).split())
        self.rows = [
            PrintedRow(int(found[1]), day(found[2]), *map(cents, found.groups()[2:]))
            for found in _ROW.finditer(self.between("QUADRO V – CRONOGRAMA", "QUADRO VI"))
        ]

    def between(self, start: str, end: str) -> str:
        assert self.text.count(start) == 1, start
        rest = self.text.split(start)[1]
        assert end in rest, end
        return rest.split(end)[0]

    def find(self, pattern: str) -> re.Match[str]:
        found = list(re.finditer(pattern, self.text))
        assert len(found) == 1, (pattern, len(found))
        return found[0]

    def amount(self, label: str) -> int:
        """The amount right after a label, which is a pattern."""
        return cents(self.find(f"{label} {AMOUNT}")[1])

    def has(self, pattern: str) -> bool:
        return re.search(pattern, self.text) is not None

    @property
    def amounts(self) -> set[int]:
        """Every amount that is printed with its currency, wherever it stands."""
        return set(amounts_in(self.text))

    @property
    def cost_lines(self) -> dict[str, tuple[int, Fraction]]:
        sheet = self.between("Componente R$ % do total devido", "CET ANUAL")
        lines = re.findall(rf"(\D+?) ([\d.]+,\d\d) {PERCENT}", sheet)
        return {label.strip(): (cents(amount), fraction(share)) for label, amount, share in lines}


def amounts_in(text: str) -> list[int]:
    """Every amount that is printed with its currency, in order."""
    return [cents(found) for found in re.findall(AMOUNT, text)]


def half_even(value: Fraction) -> int:
    return round(value)


def present_value(rows: list[PrintedRow], release: date, annual: float) -> float:
    """What the instalments are worth on the release day at an annual rate over calendar days of 365; cents."""
    return math.fsum(row.value / math.pow(1 + annual, (row.due - release).days / 365) for row in rows)


def unrounded(
    principal: int, growths: list[Decimal], constant_amortization: bool
) -> tuple[list[Decimal], list[Decimal]]:
    """Amortization and interest of every row in cents, with sixty digits, of a debt that grows so in each period."""
    with localcontext(DIGITS):
        worth, factor = Decimal(0), Decimal(1)
        for growth in growths:
            factor /= growth
            worth += factor
        owed, part = Decimal(principal), principal / Decimal(len(growths))
        amortizations, interests = [], []
        for growth in growths:
            interests.append(owed * (growth - 1))
            amortizations.append(part if constant_amortization else principal / worth - interests[-1])
            owed -= amortizations[-1]
    return amortizations, interests
