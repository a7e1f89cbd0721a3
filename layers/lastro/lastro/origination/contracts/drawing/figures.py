"""What the credit costs: the summary, Quadro II (operation), III (CET sheet), IV (accounts) and V (schedule)."""

from __future__ import annotations

from decimal import Decimal

from reportlab.platypus import Flowable, Table, TableStyle

from lastro.origination.contracts.amounts_in_words import amount_in_words, cardinal_in_words
from lastro.origination.contracts.drawing.grids import facts, gap, heading, quadro, table
from lastro.origination.contracts.drawing.styles import (
    FIGURE,
    FIGURE_LABEL,
    NAVY,
    NOTE,
    RULE,
    STRONG,
    TEXT_WIDTH,
    WASH,
    text,
)
from lastro.origination.contracts.model import ContractData
from lastro.origination.contracts.typography import (
    brl,
    date_in_words,
    percent,
    plain_amount,
    short_date,
)
from lastro.origination.contracts.variables import monthly, monthly_cet, yearly


def draw_summary(data: ContractData) -> Flowable:
    """The four figures a reader looks for first (CDC 54-B §3)."""
    credit = data.credit
    count = len(credit.schedule)
    figures = (
        ("VOCÊ RECEBE", brl(credit.released)),
        ("VOCÊ PAGA", f"{count} x {brl(credit.schedule[0].value)}"),
        ("TOTAL DAS PARCELAS", brl(credit.total_payable)),
        ("CUSTO EFETIVO TOTAL", yearly(credit.cet_annual)),
    )
    cells = [[[text(label, FIGURE_LABEL), text(value, FIGURE)] for label, value in figures]]
    box = Table(cells, colWidths=[TEXT_WIDTH / len(figures)] * len(figures))
    box.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), WASH),
                ("LINEABOVE", (0, 0), (-1, 0), 1.2, NAVY),
                ("LINEBELOW", (0, -1), (-1, -1), 0.4, RULE),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return box


def draw_operation(data: ContractData) -> list[Flowable]:
    credit = data.credit
    schedule = credit.schedule
    count = len(schedule)
    return quadro(
        "QUADRO II – CARACTERÍSTICAS DA OPERAÇÃO",
        facts(
            [
                [
                    ("PRODUTO", data.product),
                    ("DATA E LUGAR DA EMISSÃO", f"{data.issue_place}, {short_date(data.issued_on)}"),
                ],
                [
                    ("1. VALOR LIBERADO AO EMITENTE", brl(credit.released), STRONG),
                    ("2. IOF", brl(credit.iof)),
                    ("3. TARIFA DE CADASTRO", brl(credit.registration_fee)),
                    ("4. SEGURO", brl(credit.insurance)),
                ],
                [("5. VALOR FINANCIADO (1 + 2 + 3 + 4)", _in_full(credit.financed), STRONG)],
                [
                    ("TAXA DE JUROS MENSAL", monthly(credit.monthly_rate), STRONG),
                    ("TAXA EFETIVA ANUAL", yearly(credit.annual_rate), STRONG),
                    ("CET ANUAL", yearly(credit.cet_annual), STRONG),
                    ("CET MENSAL", monthly_cet(credit), STRONG),
                ],
                [
                    (
                        "PARCELAS",
                        f"{count} ({cardinal_in_words(count, feminine=True)}){', mensais' if count > 1 else ''}",
                    ),
                    ("VALOR DA PARCELA", brl(schedule[0].value), STRONG),
                    ("PRIMEIRO VENCIMENTO", short_date(schedule[0].due_date)),
                    ("ÚLTIMO VENCIMENTO", short_date(schedule[-1].due_date)),
                ],
                [
                    ("TOTAL DOS JUROS", brl(credit.interest_total)),
                    ("DATA PREVISTA DA LIBERAÇÃO", short_date(credit.release_date)),
                    ("SISTEMA DE AMORTIZAÇÃO", "Price, juros prefixados"),
                ],
                [("TOTAL A PAGAR, EM TODAS AS PARCELAS", _in_full(credit.total_payable), STRONG)],
            ]
        ),
    )


def draw_cost_sheet(data: ContractData) -> list[Flowable]:
    """Each component in R$ and in % of the whole (Resolução CMN 4.881/2020; reference caas.md §8.2)."""
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
                    ("CET ANUAL", yearly(credit.cet_annual), STRONG),
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
        ("BANCO", account.bank),
        ("AGÊNCIA", account.agency),
        ("CONTA", account.account),
        ("TIPO", account.kind),
    ]
    if account.pix_key:
        row.append(("CHAVE PIX", account.pix_key))
    return quadro(
        "QUADRO IV – CONTA PARA O CRÉDITO E FORMA DE PAGAMENTO",
        facts(
            [
                [("TITULAR DA CONTA QUE RECEBE O CRÉDITO", account.holder or data.borrower.name)],
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
    interest = sum(row.interest for row in credit.schedule)
    amortization = sum(row.amortization for row in credit.schedule)
    rows.append(
        ("Total", "", "", plain_amount(interest), plain_amount(amortization), plain_amount(credit.total_payable), "")
    )
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
        text(f"Emitido em {date_in_words(data.issued_on)}. Valores em reais.", NOTE),
    ]


def _in_full(cents: int) -> str:
    return f"{brl(cents)} ({amount_in_words(cents)})"
