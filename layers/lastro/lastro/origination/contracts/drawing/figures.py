"""Quadro III (CET sheet), IV (accounts) and V (schedule)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from lastro.origination.contracts.drawing.grids import facts, gap, heading, quadro, table
from lastro.origination.contracts.drawing.styles import NOTE, STRONG, text
from lastro.origination.contracts.wording.bank_names import bank_line
from lastro.origination.contracts.wording.phrases import monthly_cet, yearly_cet
from lastro.origination.contracts.wording.typography import (
    branch,
    brl,
    date_in_words,
    percent,
    plain_amount,
    short_date,
    with_digit,
)

if TYPE_CHECKING:
    from lastro.origination.contracts.content.figures import Credit
    from lastro.origination.contracts.model import ContractData


def draw_cost_sheet(data: ContractData) -> list[Flowable]:
    """Each component in R$ and in % of the whole (Resolução CMN 4.881/2020, Carta-Circular BCB 3.593/2013)."""
    credit = data.credit
    rows = [(line.label, plain_amount(line.cents), percent(line.percent)) for line in credit.cost_lines]
    cents = sum(line.cents for line in credit.cost_lines)
    share = sum((line.percent for line in credit.cost_lines), Decimal(0))
    rows.append(("Total devido", plain_amount(cents), percent(share)))
    content: list[Flowable] = [
        table(("Componente", "R$", "% do total devido"), rows, (60, 20, 20), amounts=2, last_strong=True),
        *facts(
            [
                [
                    ("CET ANUAL", yearly_cet(credit), STRONG),
                    ("CET MENSAL", monthly_cet(credit), STRONG),
                    ("IOF", credit.tax_basis),
                ]
            ]
        ),
        gap(2),
        text(
            "O CET é a taxa que iguala o valor liberado, na data da liberação, ao valor presente de tudo o que é"
            " cobrado do emitente, em dias corridos sobre 365 (Resolução CMN nº 4.881/2020).",
            NOTE,
        ),
    ]
    return quadro("QUADRO III – PLANILHA DO CUSTO EFETIVO TOTAL (CET)", content)


def draw_accounts(data: ContractData) -> list[Flowable]:
    account = data.account
    row = [
        ("BANCO", bank_line(account.bank)),
        ("AGÊNCIA", branch(account.agency)),
        ("CONTA", with_digit(account.account)),
        ("TIPO", account.kind),
    ]
    rows = [[("CHAVE PIX PELA QUAL O CRÉDITO É FEITO", account.pix_key)]] if account.pix_key else []
    return quadro(
        "QUADRO IV – CONTA PARA O CRÉDITO E FORMA DE PAGAMENTO",
        facts(
            [
                [("TITULAR DA CONTA QUE RECEBE O CRÉDITO", account.holder or data.borrower.name)],
                *rows,
                row,
                [("FORMA E LUGAR DO PAGAMENTO DAS PARCELAS", data.payment_place)],
            ]
        ),
    )


def draw_schedule(data: ContractData) -> list[Flowable]:
    credit = data.credit
    rows = [
        (
            str(row.number),
            short_date(row.due_date),
            plain_amount(row.previous_balance),
            plain_amount(row.interest),
            plain_amount(row.amortization),
            plain_amount(row.value),
            plain_amount(row.balance),
        )
        for row in credit.schedule
    ]
    interest, amortization, total = credit.installments_interest, credit.principal, credit.total_payable
    rows.append(("Total", "", "", plain_amount(interest), plain_amount(amortization), plain_amount(total), ""))
    head = (
        "Parcela",
        "Vencimento",
        "Saldo anterior (R$)",
        "Juros (R$)",
        "Amortização (R$)",
        "Parcela (R$)",
        "Saldo devedor (R$)",
    )
    return [
        *heading("QUADRO V – CRONOGRAMA DE PAGAMENTO"),
        table(head, rows, (9, 14, 17, 13, 16, 14, 17), amounts=5, last_strong=True),
        gap(2),
        text(
            f"Emitido em {date_in_words(data.issued_on)}. Valores em reais. {_what_is_amortized(credit)}"
            f"{_what_is_rounded(credit)}{_what_grows(credit)}",
            NOTE,
        ),
    ]


def _what_is_amortized(credit: Credit) -> str:
    interest = credit.first_period.interest
    if interest == 0:
        return "O total da amortização é o valor financiado."
    change = f"mais os juros da carência, de {brl(interest)}" if interest > 0 else f"menos {brl(-interest)} de juros"
    return f"O total da amortização é o valor financiado, de {brl(credit.financed)}, {change} (Quadro II, 5 a 7)."


def _what_is_rounded(credit: Credit) -> str:
    """Why a row's interest may be a cent off its printed balance times the rate."""
    exact, rest = ("parcelas", ", e a amortização é o resto")
    if credit.method.constant_amortization:
        exact, rest = ("amortizações", "")
    return (
        f" Juros e {exact} são os do cálculo sem arredondamento, arredondados ao centavo{rest};"
        " a última parcela absorve a diferença."
    )


def _what_grows(credit: Credit) -> str:
    if all(row.amortization >= 0 for row in credit.schedule):
        return ""
    return (
        " Onde a amortização é negativa, os juros do período passam da parcela, e a diferença soma-se ao saldo devedor."
    )
