"""The legacy simulation's answer: the field names of the vendor's own contract, every number a text with a dot.

Trailing zeros are left out, as the vendor does: ``"133.3"``, ``"10"``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from lastro.finance.installment import Installment
from lastro.origination.pricing.costs import CostShare, PricedLoan
from lastro.origination.quotes.legacy import legacy_figures

Number = Annotated[str, Field(description="A number as text", examples=["516.33"])]
Reais = Annotated[str, Field(description="R$", examples=["516.33"])]
Day = Annotated[str, Field(description="A day at midnight", examples=["2021-11-03T00:00:00"])]


class LegacyRow(BaseModel):
    """One instalment."""

    NumeroDaParcela: Annotated[str, Field(description="From 1", examples=["1"])]
    DataDeVencimento: Day
    ValorDaAmortizacao: Reais
    ValorDaCorrecao: Annotated[str, Field(description="Always 0", examples=["0"])] = "0"
    ValorDoJuros: Reais
    ValorDoSeguro: Annotated[str, Field(description="Always 0: insurance is financed", examples=["0"])] = "0"
    ValorTaxaBancaria: Annotated[str, Field(description="Always 0", examples=["0"])] = "0"
    ValorDaPrestacao: Reais
    ValorDoSaldoAnterior: Reais
    ValorDoJurosCapitalizados: Annotated[
        str,
        Field(
            description="Interest of the first period's days beyond a month, below zero of those short of one, R$; "
            "first row only",
            examples=["0"],
        ),
    ]
    ValorDoSaldoAtual: Reais


class LegacyRows(BaseModel):
    """The schedule."""

    PrevisaoDeParcela: Annotated[list[LegacyRow], Field(description="Rows in order")]


class LegacyCet(BaseModel):
    """What the total is made of beside the amount released, percent."""

    PorcentagemDeJuros: Number
    PorcentagemDeImpostos: Number
    PorcentagemDeTarifas: Number
    PorcentagemDeServicos: Number


class LegacySimulation(BaseModel):
    """A simulated credit as the legacy engine writes it."""

    Conta: Annotated[str, Field(description="The product's number, 0 without one", examples=["0"])]
    ValorBruto: Reais
    ValorDoSeguro: Reais
    ValorDaCAD: Reais
    ValorDoIOF: Reais
    ValorLiquido: Reais
    TaxaDeJuros: Annotated[str, Field(description="Percent a month", examples=["1.3"])]
    TaxaDeJurosAnual: Annotated[str, Field(description="Percent a year", examples=["16.77"])]
    CET: Annotated[str, Field(description="Percent a month, one decimal", examples=["2.6"])]
    CET_ANUAL: Annotated[str, Field(description="The rounded month compounded, percent a year", examples=["36.07"])]
    DataDeLiberacao: Day
    DataDeVencimentoInicial: Day
    DataDeVencimentoFinal: Day
    VencimentoPrimeiraParcela: Day
    NumeroDeParcelas: Annotated[str, Field(description="Number of instalments", examples=["4"])]
    Carencia: Annotated[
        str | None, Field(description="Days beyond the first month; null without any", examples=[None])
    ] = None
    FinanIOF: Annotated[bool, Field(description="The IOF is financed", examples=[True])] = True
    Parcelas: LegacyRows
    TotalDeAmortizacao: Reais
    TotalDaTaxaDeServico: Annotated[str, Field(description="Always 0", examples=["0"])] = "0"
    TotalDoSeguro: Annotated[str, Field(description="Always 0: insurance is financed", examples=["0"])] = "0"
    TotalDaTaxaDeCorrecao: Annotated[str, Field(description="Always 0", examples=["0"])] = "0"
    TotalDeJuros: Reais
    TotalDoValorDasParcelas: Reais
    DetalhamentoDaCET: LegacyCet


def show_legacy(loan: PricedLoan, *, product_id: int | None, grace_days: int) -> LegacySimulation:
    """A priced credit in the legacy shape. ``TotalDeJuros`` holds the capitalised interest too."""
    terms, parts = loan.terms, loan.breakdown
    figures = legacy_figures(loan)
    return LegacySimulation(
        Conta=str(product_id or 0),
        ValorBruto=_reais(loan.gross),
        ValorDoSeguro=_reais(terms.insurance),
        ValorDaCAD=_reais(terms.fee),
        ValorDoIOF=_reais(loan.iof),
        ValorLiquido=_reais(terms.net),
        TaxaDeJuros=_plain(terms.rate.fraction.scaleb(2)),
        TaxaDeJurosAnual=_plain(terms.rate.to_annual().percent()),
        CET=_plain(figures.cet_monthly),
        CET_ANUAL=_plain(figures.cet_annual),
        DataDeLiberacao=_day(terms.release_date),
        DataDeVencimentoInicial=_day(terms.first_due_date),
        DataDeVencimentoFinal=_day(loan.last_due_date),
        VencimentoPrimeiraParcela=_day(terms.first_due_date),
        NumeroDeParcelas=str(terms.installments),
        Carencia=str(grace_days) if grace_days else None,
        Parcelas=LegacyRows(
            PrevisaoDeParcela=[_show_row(row, loan.grace_interest if row.number == 1 else 0) for row in figures.rows]
        ),
        TotalDeAmortizacao=_reais(loan.principal),
        TotalDeJuros=_reais(sum(row.interest for row in figures.rows) + loan.grace_interest),
        TotalDoValorDasParcelas=_reais(sum(row.value for row in figures.rows)),
        DetalhamentoDaCET=LegacyCet(
            PorcentagemDeJuros=_share(parts.interest),
            PorcentagemDeImpostos=_share(parts.taxes),
            PorcentagemDeTarifas=_share(parts.fees),
            PorcentagemDeServicos=_share(parts.services),
        ),
    )


def _show_row(row: Installment, capitalized: int) -> LegacyRow:
    return LegacyRow(
        NumeroDaParcela=str(row.number),
        DataDeVencimento=_day(row.due_date),
        ValorDaAmortizacao=_reais(row.amortization),
        ValorDoJuros=_reais(row.interest),
        ValorDaPrestacao=_reais(row.value),
        ValorDoSaldoAnterior=_reais(row.previous_balance),
        ValorDoJurosCapitalizados=_reais(capitalized),
        ValorDoSaldoAtual=_reais(row.balance),
    )


def _reais(cents: int) -> str:
    return _plain(Decimal(cents).scaleb(-2))


def _share(share: CostShare) -> str:
    return _plain(share.percent)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
