"""The variables a clause may use, by the Portuguese names its author reads in docs/caas.md. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from lastro.documents import Cpf
from lastro.finance.price import Installment
from lastro.money import AnnualRate, MonthlyRate
from lastro.origination.contracts.amounts_in_words import amount_in_words, cardinal_in_words
from lastro.origination.contracts.model import Credit, Guarantee, LateCharges, Party
from lastro.origination.contracts.typography import brl, percent, short_date

Variable = str | int | bool

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "numero": "Número da cédula",
        "produto": "Nome do produto",
        "emitente": "Nome do emitente (quem toma o crédito)",
        "documento_emitente": "CPF ou CNPJ do emitente",
        "pessoa_fisica": "Verdadeiro quando o emitente é pessoa física",
        "credora": "Nome da instituição credora",
        "cnpj_credora": "CNPJ da credora",
        "correspondente": "Nome do parceiro que ofereceu o crédito; vazio quando não há",
        "valor_liberado": "Valor entregue ao emitente",
        "valor_financiado": "Valor financiado, com IOF, tarifa e seguro",
        "valor_financiado_extenso": "O mesmo, por extenso",
        "valor_total": "Soma das parcelas",
        "valor_total_extenso": "O mesmo, por extenso",
        "valor_juros": "Soma dos juros",
        "valor_parcela": "Valor da parcela; o da última pode diferir em centavos",
        "parcelas": "Número de parcelas",
        "parcelas_extenso": "O mesmo, por extenso, no feminino",
        "primeiro_vencimento": "Data da primeira parcela",
        "ultimo_vencimento": "Data da última parcela",
        "data_liberacao": "Data prevista da liberação",
        "taxa_mensal": "Taxa de juros ao mês",
        "taxa_anual": "Taxa efetiva de juros ao ano",
        "cet_anual": "Custo Efetivo Total ao ano",
        "cet_mensal": "Custo Efetivo Total ao mês",
        "valor_iof": "IOF",
        "base_iof": "Alíquotas do IOF",
        "valor_tarifa": "Tarifa de cadastro",
        "tem_tarifa": "Verdadeiro quando há tarifa de cadastro",
        "valor_seguro": "Seguro",
        "tem_seguro": "Verdadeiro quando há seguro",
        "multa": "Multa por atraso, em percentual da parcela",
        "juros_mora": "Juros de mora ao mês",
        "tem_avalista": "Verdadeiro quando há avalista",
        "tem_garantia": "Verdadeiro quando há garantia",
        "praca_pagamento": "Onde e como se paga",
        "foro": "Cidade e estado do foro",
        "validade": "Último dia de validade da oferta",
        "ouvidoria": "Contatos da ouvidoria da credora",
        "data_emissao": "Data de emissão, por extenso",
    }
)

NUMBERS = frozenset({"parcelas", "pessoa_fisica", "tem_tarifa", "tem_seguro", "tem_avalista", "tem_garantia"})
"""Variables that are a number or a truth value; amounts, rates and dates are texts, as the contract writes them."""


def clause_values(
    *,
    number: str,
    product: str,
    borrower: Party,
    creditor: Party,
    correspondent: str,
    credit: Credit,
    late_charges: LateCharges,
    guarantors: tuple[Party, ...],
    guarantees: tuple[Guarantee, ...],
    payment_place: str,
    venue: str,
    ombudsman: str,
    issued_on: str,
    valid_until: str,
) -> dict[str, Variable]:
    """A value for every variable; dates arrive in words, everything else as the contract's own figures."""
    schedule: tuple[Installment, ...] = credit.schedule
    return {
        "numero": number,
        "produto": product,
        "emitente": borrower.name,
        "documento_emitente": borrower.document.formatted,
        "pessoa_fisica": isinstance(borrower.document, Cpf),
        "credora": creditor.name,
        "cnpj_credora": creditor.document.formatted,
        "correspondente": correspondent,
        "valor_liberado": brl(credit.released),
        "valor_financiado": brl(credit.financed),
        "valor_financiado_extenso": amount_in_words(credit.financed),
        "valor_total": brl(credit.total_payable),
        "valor_total_extenso": amount_in_words(credit.total_payable),
        "valor_juros": brl(credit.interest_total),
        "valor_parcela": brl(schedule[0].value),
        "parcelas": len(schedule),
        "parcelas_extenso": cardinal_in_words(len(schedule), feminine=True),
        "primeiro_vencimento": short_date(schedule[0].due_date),
        "ultimo_vencimento": short_date(schedule[-1].due_date),
        "data_liberacao": short_date(credit.release_date),
        "taxa_mensal": monthly(credit.monthly_rate),
        "taxa_anual": yearly(credit.annual_rate),
        "cet_anual": yearly(credit.cet_annual),
        "cet_mensal": monthly_cet(credit),
        "valor_iof": brl(credit.iof),
        "base_iof": credit.tax_basis,
        "valor_tarifa": brl(credit.registration_fee),
        "tem_tarifa": credit.registration_fee > 0,
        "valor_seguro": brl(credit.insurance),
        "tem_seguro": credit.insurance > 0,
        "multa": percent(late_charges.fine_percent),
        "juros_mora": monthly(late_charges.default_interest),
        "tem_avalista": bool(guarantors),
        "tem_garantia": bool(guarantees),
        "praca_pagamento": payment_place,
        "foro": venue,
        "validade": valid_until,
        "ouvidoria": ombudsman,
        "data_emissao": issued_on,
    }


def monthly(rate: MonthlyRate) -> str:
    """``2,50% a.m.``"""
    value = rate.percent(4)
    return f"{percent(value, _places(value))} a.m."


def monthly_cet(credit: Credit) -> str:
    """``3,08% a.m.``: two decimals, the CET's own precision (reference caas.md §8.2)."""
    return f"{percent(credit.cet_monthly.percent())} a.m."


def yearly(rate: AnnualRate) -> str:
    """``34,49% a.a.``"""
    return f"{percent(rate.percent())} a.a."


def _places(value: Decimal) -> int:
    """Two decimals, up to four when the rate has them."""
    digits = -int(value.normalize().as_tuple().exponent)
    return min(max(digits, 2), 4)
