"""A contract that was not signed by its release date is made again for the day on which it may be signed. Pure.

Money leaves with the signature and never before: from a release date gone by, interest would run on money that nobody
had. The day of release moves to the day of signature; amount, fee, rate, number of instalments and due dates stay.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from lastro.kernel.calendar import local_date, start_of_day
from lastro.kernel.errors import BusinessRefusal, Permanent
from lastro.origination.pricing.costs import price_loan
from lastro.origination.pricing.quotation import terms_of
from lastro.origination.processes.model import AskedCredit, Credit, Step, StepName, Terms
from lastro.origination.processes.steps import owe
from lastro.origination.products.model import Product


def is_outdated(credit: Credit, now: datetime) -> bool:
    """Whether the day has gone by for which a credit was priced."""
    return local_date(now) > credit.terms.release_date


def renew_terms(credit: Credit, product: Product, now: datetime) -> Terms:
    """The credit priced for today by the product it was proposed with.

    Raises ``Permanent`` with the pricing's own code when today it cannot be priced: it cannot be signed either.
    """
    terms = credit.terms
    asked = AskedCredit(
        net=terms.net,
        fee=terms.fee,
        installments=terms.installments,
        monthly_rate=terms.monthly_rate,
        release_date=local_date(now),
        first_due_date=terms.first_due_date,
    )
    try:
        loan = price_loan(product.terms_for(asked, terms.borrower_class))
    except BusinessRefusal as refusal:
        raise Permanent(refusal.detail, code=refusal.code) from refusal
    return terms_of(loan, terms.offer_id)


def renewal_due(credit: Credit, terms: Terms, now: datetime) -> list[Step]:
    """The step that makes the contract again on the day after its release date; none when it is not valid by then."""
    day = terms.release_date + timedelta(days=1)
    if day > local_date(credit.valid_until):
        return []
    step = owe(credit, StepName.GENERATE_CONTRACT, now)
    return [replace(step, due_at=start_of_day(day))]
