"""What the credit is at a glance, and Quadro II: its figures, each numbered by what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Table, TableStyle

from lastro.origination.contracts.drawing.grids import Fact, facts, quadro
from lastro.origination.contracts.drawing.styles import (
    FIGURE,
    FIGURE_LABEL,
    FIGURE_LINE,
    NAVY,
    RULE,
    STRONG,
    TEXT_WIDTH,
    WASH,
    text,
)
from lastro.origination.contracts.wording.amounts_in_words import amount_in_words, cardinal_in_words
from lastro.origination.contracts.wording.phrases import (
    amortization_system,
    due_days,
    first_period_rule,
    installment_values,
    installments_in_short,
    interest_count,
    monthly,
    monthly_cet,
    yearly,
    yearly_cet,
)
from lastro.origination.contracts.wording.typography import brl, short_date

if TYPE_CHECKING:
    from lastro.origination.contracts.content.figures import Credit
    from lastro.origination.contracts.model import ContractData


def draw_summary(data: ContractData) -> Flowable:
    """The four figures a reader looks for first (CDC 54-B §3)."""
    credit = data.credit
    figures = (
        ("VOCÊ RECEBE", (brl(credit.released),)),
        ("VOCÊ PAGA", installments_in_short(credit.schedule)),
        ("TOTAL DAS PARCELAS", (brl(credit.total_payable),)),
        ("CUSTO EFETIVO TOTAL", (yearly_cet(credit),)),
    )
    cells = [
        [
            [text(label, FIGURE_LABEL), *(text(line, FIGURE if len(lines) == 1 else FIGURE_LINE) for line in lines)]
            for label, lines in figures
        ]
    ]
    box = Table(cells, colWidths=[TEXT_WIDTH / len(figures)] * len(figures))
    box.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), WASH),
                ("LINEABOVE", (0, 0), (-1, 0), 1.2, NAVY),
                ("LINEBELOW", (0, -1), (-1, -1), 0.4, RULE),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
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
                *_first_period(credit),
                [
                    ("TAXA DE JUROS MENSAL", monthly(credit.monthly_rate), STRONG),
                    ("TAXA EFETIVA ANUAL", yearly(credit), STRONG),
                    ("CET ANUAL", yearly_cet(credit), STRONG),
                    ("CET MENSAL", monthly_cet(credit), STRONG),
                ],
                [
                    (
                        "PARCELAS",
                        f"{count} ({cardinal_in_words(count, feminine=True)}){', mensais' if count > 1 else ''}",
                    ),
                    ("VALOR DA PARCELA", installment_values(schedule), STRONG),
                    ("PRIMEIRO VENCIMENTO", short_date(schedule[0].due_date)),
                    ("ÚLTIMO VENCIMENTO", short_date(schedule[-1].due_date)),
                ],
                [
                    ("SISTEMA DE AMORTIZAÇÃO", amortization_system(credit.method)),
                    ("CONTAGEM DOS JUROS", interest_count(credit.method)),
                    ("VENCIMENTOS", due_days(credit)),
                ],
                _interest(credit),
                [
                    (
                        f"TOTAL A PAGAR, EM TODAS AS PARCELAS {_sum_of_total(credit)}",
                        _in_full(credit.total_payable),
                        STRONG,
                    )
                ],
            ]
        ),
    )


def _first_period(credit: Credit) -> list[list[Fact]]:
    """The interest that stands in the debt before the first instalment, and the balance that it makes."""
    first = credit.first_period
    if first.interest == 0:
        return []
    added = first.interest > 0
    name = "JUROS DA CARÊNCIA, SOMADOS À DÍVIDA" if added else "JUROS DESCONTADOS DO PRIMEIRO PERÍODO"
    return [
        [(f"6. {name}", brl(abs(first.interest)), STRONG), ("COMO SE CALCULAM", first_period_rule(credit))],
        [(f"7. SALDO A AMORTIZAR (5 {'+' if added else '–'} 6)", _in_full(credit.principal), STRONG)],
    ]


def _interest(credit: Credit) -> list[Fact]:
    release: Fact = ("DATA PREVISTA DA LIBERAÇÃO", short_date(credit.release_date))
    interest = credit.first_period.interest
    if interest == 0:
        return [("6. TOTAL DOS JUROS", brl(credit.interest_total), STRONG), release]
    return [
        ("8. JUROS DAS PARCELAS", brl(credit.installments_interest)),
        (f"TOTAL DOS JUROS ({'8 + 6' if interest > 0 else '8 – 6'})", brl(credit.interest_total), STRONG),
        release,
    ]


def _sum_of_total(credit: Credit) -> str:
    return "(5 + 6)" if credit.first_period.interest == 0 else "(7 + 8)"


def _in_full(cents: int) -> str:
    return f"{brl(cents)} ({amount_in_words(cents)})"
