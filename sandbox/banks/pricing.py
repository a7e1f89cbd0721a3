"""The price of a condition: fees, the IOF financed with them, and a Price schedule on the whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from lastro.finance.iof import BorrowerClass, finance_iof
from lastro.finance.price import price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import MonthlyRate, round_cents
from sandbox.banks.messages import PricingAsk, Quote
from sandbox.banks.products import PRODUCTS, RETURN_STEP

_CPF_DIGITS = 11


def price(code: str, ask: PricingAsk) -> Quote:
    """Price ``ask`` at bank ``code``. Raises ``ValueError`` when no schedule can be made of it."""
    return _price(
        code,
        ask.asset_value - ask.down_payment + ask.extras,
        ask.installments,
        ask.release_date,
        new=ask.zero_km,
        insured=ask.insurance,
        dealer_return=ask.dealer_return,
        person=len(ask.document) == _CPF_DIGITS,
    )


@lru_cache(maxsize=20_000)
def _price(
    code: str,
    net: int,
    installments: int,
    release_date: date,
    *,
    new: bool,
    insured: bool,
    dealer_return: int,
    person: bool,
) -> Quote:
    product = PRODUCTS[code]
    percent = product.monthly_rate(installments) + RETURN_STEP * dealer_return
    rate = MonthlyRate.from_percent(percent)
    charges = [
        ("contract_record_rate", product.contract_record),
        ("register_rate", product.registration),
        ("property_valuation_rate", 0 if new else product.appraisal),
        ("spf", round_cents(Decimal(net) * product.insurance_percent / 100) if insured else 0),
    ]
    due_dates = monthly_due_dates(add_months(release_date, 1), installments)
    borrower = BorrowerClass.NATURAL_PERSON if person else BorrowerClass.LEGAL_PERSON
    financed = finance_iof(net, sum(value for _, value in charges), rate, release_date, due_dates, borrower)
    charges.append(("iof_value", financed.iof))
    return Quote(
        installments=tuple(row.value for row in price_schedule(financed.gross, rate, due_dates)),
        monthly_rate=percent,
        charges=tuple((kind, value) for kind, value in charges if value),
        table_code=product.table,
        table_name=product.name,
        dealer_return=dealer_return,
    )
