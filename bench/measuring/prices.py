"""AWS list prices in US dollars, dated, and what a tally costs by them.

On-demand list prices of the public pricing pages, first tier, without free tiers, taxes, discounts and data transfer.
us-east-1 was checked against pages that quote the pricing pages. For sa-east-1 only Lambda's duration could be checked
that way; the other figures are the author's knowledge of those pages and must be looked up before a budget rests on
them (``confirmed`` says which is which). Prices are data: change them here and nowhere else.
"""

from dataclasses import dataclass
from typing import Any

AS_OF = "2026-11-21"


@dataclass(frozen=True)
class Price:
    """US dollars for ``per`` of something."""

    dollars: float
    per: int
    confirmed: bool

    def of(self, count: float) -> float:
        return count * self.dollars / self.per


PRICES: dict[str, dict[str, Price]] = {
    "us-east-1": {
        "dynamodb_write_unit": Price(0.625, 1_000_000, True),
        "dynamodb_read_unit": Price(0.125, 1_000_000, True),
        "sqs_request": Price(0.40, 1_000_000, True),
        "lambda_request": Price(0.20, 1_000_000, True),
        "lambda_gb_second": Price(16.6667, 1_000_000, True),
        "api_gateway_rest_request": Price(3.50, 1_000_000, True),
        "secrets_manager_request": Price(0.05, 10_000, True),
        "secret_month": Price(0.40, 1, True),
    },
    "sa-east-1": {
        "dynamodb_write_unit": Price(0.9375, 1_000_000, False),
        "dynamodb_read_unit": Price(0.1875, 1_000_000, False),
        "sqs_request": Price(0.40, 1_000_000, False),
        "lambda_request": Price(0.20, 1_000_000, False),
        "lambda_gb_second": Price(16.6667, 1_000_000, True),
        "api_gateway_rest_request": Price(3.50, 1_000_000, False),
        "secrets_manager_request": Price(0.05, 10_000, False),
        "secret_month": Price(0.40, 1, False),
    },
}


def dollars(region: str, amounts: dict[str, float]) -> dict[str, float]:
    """Cost of amounts by the names of ``PRICES``, each and together."""
    costs = {name: round(PRICES[region][name].of(amount), 4) for name, amount in amounts.items()}
    return {**costs, "total": round(sum(PRICES[region][name].of(amount) for name, amount in amounts.items()), 4)}


def table() -> dict[str, Any]:
    """The price table as printed beside the figures."""
    return {
        "as_of": AS_OF,
        "kind": "list prices, on demand, first tier, without free tier",
        "regions": {
            region: {
                name: {"dollars": price.dollars, "per": price.per, "confirmed": price.confirmed}
                for name, price in prices.items()
            }
            for region, prices in PRICES.items()
        },
    }
