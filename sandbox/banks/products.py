"""Each bank's product: its monthly rate by term, and what it charges. Invented, stable, and near the market's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lastro.kernel.banks import BANKS

LONGEST_TERM = 60
OLDEST_VEHICLE_YEARS = 30


@dataclass(frozen=True, slots=True)
class Product:
    """``spread`` is added to the rate of the term (percent a month); fees in cents; insurance in percent."""

    table: str
    name: str
    spread: Decimal
    contract_record: int
    appraisal: int
    registration: int
    insurance_percent: Decimal

    def monthly_rate(self, installments: int) -> Decimal:
        """Percent a month, two decimals: longer terms cost more."""
        for longest, rate in _RATES:
            if installments <= longest:
                return rate + self.spread
        raise ValueError("no product for this term")


RETURN_STEP = Decimal("0.04")
"""What each level of dealer return adds to the monthly rate, in percent."""

_RATES = (
    (12, Decimal("1.49")),
    (24, Decimal("1.59")),
    (36, Decimal("1.69")),
    (48, Decimal("1.79")),
    (LONGEST_TERM, Decimal("1.89")),
)

_SPREADS = {
    "341": "0.00",
    "033": "0.06",
    "655": "0.12",
    "623": "0.19",
    "422": "0.03",
    "394": "0.05",
    "336": "0.09",
    "342": "0.02",
    "M22": "0.01",
    "fontecred": "0.35",
    "moneyplus": "0.41",
}

PRODUCTS: Mapping[str, Product] = {
    code: Product(
        table=f"{bank.nickname[:3].upper()}-CDC",
        name=f"{bank.nickname} CDC Veículos",
        spread=Decimal(_SPREADS[code]),
        contract_record=150_00 + 3_25 * bank.id,
        appraisal=380_00 + 4_50 * bank.id,
        registration=690_00 + 7_15 * bank.id,
        insurance_percent=Decimal("2.10"),
    )
    for code, bank in BANKS.items()
}
