"""From an approved credit and its product to everything its contract says. Pure.

The day of issue is that of the approval in São Paulo, so a repeated generation draws the very same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lastro.calendar import local_date
from lastro.documents import Cpf
from lastro.errors import InvalidInput, Permanent
from lastro.money import MonthlyRate
from lastro.origination.contracts.clauses import read_template, render_clauses
from lastro.origination.contracts.model import (
    Address,
    BankAccount,
    ClauseText,
    ContractData,
    CostLine,
    Credit,
    LateCharges,
    Party,
)
from lastro.origination.contracts.typography import date_in_words, percent, short_date
from lastro.origination.contracts.variables import clause_values
from lastro.origination.contracts.words import (
    ACCOUNT_KINDS,
    NATIONALITIES,
    OCCUPATIONS,
    RELATIONSHIPS,
)
from lastro.origination.model import Credit as ApprovedCredit
from lastro.origination.pricing import PricedLoan
from lastro.origination.products.model import Product
from lastro.origination.quotation import loan_of

PAYMENT_PLACE = (
    "por boleto ou Pix emitido pela credora e enviado ao e-mail do emitente, pagável em qualquer instituição financeira"
)


def assemble_contract(
    credit: ApprovedCredit, product: Product, approved_at: datetime, own_clauses: Sequence[ClauseText] = ()
) -> ContractData:
    """The contract of a credit approved at ``approved_at``; ``own_clauses`` follow those of the template.

    Raises ``Permanent`` ``unusable_contract_data`` when the kept figures or documents contradict one another.
    """
    try:
        return _assemble(credit, product, approved_at, own_clauses)
    except (ValueError, KeyError, InvalidInput) as error:
        text = "the credit's kept data do not make a contract"
        raise Permanent(text, code="unusable_contract_data") from error


def _assemble(
    credit: ApprovedCredit, product: Product, approved_at: datetime, own_clauses: Sequence[ClauseText]
) -> ContractData:
    issued_on = local_date(approved_at)
    valid_until = local_date(datetime.fromisoformat(credit.valid_until))
    issuer = product.issuer
    place = f"{issuer.city}/{issuer.state}"
    proposal: Mapping[str, Any] = credit.borrower["proposal"]
    figures = _figures(loan_of(credit.terms))
    parts: dict[str, Any] = {
        "number": credit.csn,
        "product": credit.product_name,
        "borrower": _borrower(credit),
        "creditor": Party(issuer.name, issuer.cnpj, Address(issuer.address, "", "", issuer.city, issuer.state, "")),
        "credit": figures,
        "late_charges": LateCharges(product.late_payment.fine, MonthlyRate.from_percent(product.late_payment.interest)),
        "payment_place": PAYMENT_PLACE,
        "venue": place,
        "ombudsman": issuer.ombudsman,
        "correspondent": "",
        "guarantors": (),
        "guarantees": (),
    }
    values = clause_values(**parts, issued_on=date_in_words(issued_on), valid_until=short_date(valid_until))
    return ContractData(
        **parts,
        issued_on=issued_on,
        issue_place=place,
        valid_until=valid_until,
        account=_account(proposal, credit.name),
        clauses=render_clauses((*read_template(product.contract_template).clauses, *own_clauses), values),
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


def _figures(loan: PricedLoan) -> Credit:
    terms, parts = loan.terms, loan.breakdown
    lines = [
        CostLine("Juros", parts.interest.value, parts.interest.percent),
        CostLine("Tributos (IOF)", parts.taxes.value, parts.taxes.percent),
        CostLine("Tarifas (cadastro)", parts.fees.value, parts.fees.percent),
        CostLine("Serviços de terceiros (seguro)", parts.services.value, parts.services.percent),
    ]
    # What is released is all the rest: the sheet's percentages sum to one hundred.
    rest = Decimal(100) - sum((line.percent for line in lines), Decimal(0))
    rates = loan.tax.rates
    daily = percent(rates.daily.percent(5).normalize(), 5).rstrip("%").rstrip("0")
    return Credit(
        released=terms.net,
        financed=loan.gross,
        iof=loan.iof,
        registration_fee=terms.fee,
        insurance=terms.insurance,
        grace_interest=loan.grace_interest,
        interest_total=loan.interest,
        total_payable=loan.total,
        monthly_rate=terms.rate,
        annual_rate=terms.rate.to_annual(),
        cet_annual=loan.cet,
        cet_monthly=loan.cet.to_monthly(),
        release_date=terms.release_date,
        schedule=loan.rows,
        cost_lines=(CostLine("Valor liberado ao emitente", terms.net, rest), *lines),
        tax_basis=f"{daily}% ao dia e {percent(rates.additional.scaleb(2))} adicionais",
    )
