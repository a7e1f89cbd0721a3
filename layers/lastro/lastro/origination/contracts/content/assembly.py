"""From an approved credit and its product to everything its contract says. Pure.

The day of issue is that of the approval in São Paulo, so a repeated generation draws the very same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.finance.shares import percent_shares
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import add_months, local_date
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import InvalidInput, Permanent
from lastro.kernel.money import MonthlyRate
from lastro.origination.clauses.texts import read_template, render_clauses
from lastro.origination.clauses.variables import clause_values
from lastro.origination.contracts.content.figures import CostLine, Credit, FirstPeriod, Method
from lastro.origination.contracts.model import (
    UNDECLARED,
    Address,
    BankAccount,
    ClauseText,
    ContractData,
    ExposureDeclaration,
    LateCharges,
    Party,
)
from lastro.origination.contracts.wording.typography import date_in_words, exact_percent, short_date
from lastro.origination.contracts.wording.words import ACCOUNT_KINDS, NATIONALITIES, OCCUPATIONS, RELATIONSHIPS
from lastro.origination.pricing.costs import LoanTerms, PricedLoan, grace_interest_of
from lastro.origination.pricing.quotation import loan_of
from lastro.origination.processes.model import Credit as ApprovedCredit
from lastro.origination.products.model import Issuer, Product

PAYMENT_PLACE = (
    "por boleto ou Pix emitido pela credora e enviado ao e-mail do emitente, pagável em qualquer instituição financeira"
)


def assemble_contract(
    credit: ApprovedCredit,
    product: Product,
    approved_at: datetime,
    own_clauses: Sequence[ClauseText] = (),
    exposure: ExposureDeclaration = UNDECLARED,
) -> ContractData:
    """The contract of a credit approved at ``approved_at``; ``own_clauses`` follow those of the template.

    Raises ``Permanent`` ``unusable_contract_data`` when the kept figures or documents contradict one another.
    """
    try:
        return _assemble(credit, product, approved_at, own_clauses, exposure)
    except (ValueError, KeyError, InvalidInput) as error:
        text = "the credit's kept data do not make a contract"
        raise Permanent(text, code="unusable_contract_data") from error


def _assemble(
    credit: ApprovedCredit,
    product: Product,
    approved_at: datetime,
    own_clauses: Sequence[ClauseText],
    exposure: ExposureDeclaration,
) -> ContractData:
    issued_on = local_date(approved_at)
    offered_until = local_date(credit.valid_until)
    # From the day after the release on, another contract takes this one's place (renewal.py).
    valid_until = min(offered_until, credit.terms.release_date)
    issuer = product.issuer
    place = f"{issuer.city}/{issuer.state}"
    proposal: Mapping[str, Any] = credit.borrower["proposal"]
    figures = _figures(loan_of(credit.terms), product.grace)
    parts: dict[str, Any] = {
        "number": credit.csn,
        "product": credit.product_name,
        "borrower": _borrower(credit),
        "creditor": _creditor(issuer),
        "credit": figures,
        "late_charges": LateCharges(product.late_payment.fine, MonthlyRate.from_percent(product.late_payment.interest)),
        "payment_place": PAYMENT_PLACE,
        "venue": place,
        "ombudsman": issuer.ombudsman,
        "correspondent": "",
        "guarantors": (),
        "guarantees": (),
        "exposure": exposure,
    }
    values = clause_values(
        **parts,
        issued_on=date_in_words(issued_on),
        valid_until=short_date(valid_until),
        offered_until=short_date(offered_until),
    )
    return ContractData(
        **parts,
        issued_on=issued_on,
        issue_place=place,
        valid_until=valid_until,
        account=_account(proposal, credit.name),
        clauses=render_clauses((*read_template(product.contract_template).clauses, *own_clauses), values),
    )


def _creditor(issuer: Issuer) -> Party:
    return Party(
        name=issuer.name,
        document=issuer.cnpj,
        address=Address(issuer.address, "", "", issuer.city, issuer.state, ""),
        email=issuer.email,
        site=issuer.site,
    )


def _borrower(credit: ApprovedCredit) -> Party:
    signup: Mapping[str, Any] = credit.borrower["signup"]
    proposal: Mapping[str, Any] = credit.borrower["proposal"]
    home = proposal["address"]
    identity = proposal["identity"]
    traits = (
        ("Nacionalidade", NATIONALITIES.get(proposal["nationality"], proposal["nationality"])),
        ("Estado civil", RELATIONSHIPS.get(proposal["relationship_status"], proposal["relationship_status"])),
        ("Ocupação", OCCUPATIONS.get(proposal["business"]["occupation"], proposal["business"]["occupation"])),
        (
            "Identidade",
            f"{identity['type'].replace('_', ' ')} {identity['number']} {identity['issuer'].replace('_', ' ')}"
            f"/{identity['state']}",
        ),
        ("Nascimento", short_date(date.fromisoformat(signup["birthday"]))),
        ("Filiação materna", proposal["mother"]),
    )
    return Party(
        name=credit.name,
        document=Cpf(credit.cpf),
        address=Address(
            street=home["address"],
            number=str(home["number"] or "s/n"),
            complement=home.get("complement", ""),
            district=home["district"],
            city=home["city"],
            state=home["state"],
            zip_code=home["zip_code"],
        ),
        email=signup["email"],
        phone=signup["phone"],
        traits=traits,
    )


def _account(proposal: Mapping[str, Any], holder: str) -> BankAccount:
    """Where disbursement will send the money: the Pix key where the proposal gave one, else the bank account."""
    bank = proposal["bank"]
    kind = ACCOUNT_KINDS.get(bank["type"], bank["type"])
    return BankAccount(bank["bank"], bank["agency"], bank["account"], kind, holder, str(proposal.get("pix_key") or ""))


def _figures(loan: PricedLoan, grace: Grace) -> Credit:
    terms, parts = loan.terms, loan.breakdown
    costs = {
        "Valor liberado ao emitente": terms.net,
        "Juros": parts.interest.value,
        "Tributos (IOF)": parts.taxes.value,
        "Tarifas (cadastro)": parts.fees.value,
        "Serviços de terceiros (seguro)": parts.services.value,
    }
    shares = percent_shares(list(costs.values()))
    lines = (CostLine(label, cents, share) for (label, cents), share in zip(costs.items(), shares, strict=True))
    rates = loan.tax.rates
    return Credit(
        released=terms.net,
        financed=loan.gross,
        iof=loan.iof,
        registration_fee=terms.fee,
        insurance=terms.insurance,
        first_period=_first_period(loan, grace),
        interest_total=loan.interest,
        total_payable=loan.total,
        monthly_rate=terms.rate,
        annual_rate=loan.annual_rate,
        cet_annual=loan.cet,
        cet_monthly=loan.cet.to_monthly(),
        release_date=terms.release_date,
        agreed_first_due=terms.first_due_date,
        schedule=loan.rows,
        cost_lines=tuple(lines),
        tax_basis=f"{exact_percent(rates.daily.fraction)} ao dia e {exact_percent(rates.additional)} adicionais",
        method=Method(
            calendar_days=terms.day_count is DayCount.CALENDAR_DAYS,
            constant_amortization=terms.amortization is Amortization.SAC,
            business_days=terms.due_day_rule is DueDayRule.NEXT_BUSINESS_DAY,
        ),
    )


def _first_period(loan: PricedLoan, grace: Grace) -> FirstPeriod:
    """The days whose interest was added to the debt or taken off it, by the rule that gives the interest that was kept.

    A credit that was kept before its rule was may follow another than its product. Raises ``ValueError`` when no rule
    gives that interest.
    """
    if loan.grace_interest == 0:
        return FirstPeriod()
    for rule in (grace, *Grace):
        terms = replace(loan.terms, grace=rule)
        if grace_interest_of(loan.gross, terms) == loan.grace_interest:
            months, days = _beyond_first_month(terms)
            return FirstPeriod(months, days, loan.grace_interest, rule is Grace.COMPOUND)
    raise ValueError("no rule gives the interest of the first period")


def _beyond_first_month(terms: LoanTerms) -> tuple[int, int]:
    """Whole months, where they compound, and days from one month after the release to the first instalment as agreed.

    Days below zero are those that it falls short of the month.
    """
    months = 0
    if terms.grace is Grace.COMPOUND:
        while add_months(terms.release_date, months + 2) <= terms.first_due_date:
            months += 1
    return months, (terms.first_due_date - add_months(terms.release_date, months + 1)).days
