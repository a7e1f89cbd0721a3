"""The variables a clause may use, by the Portuguese names its author reads in docs/caas.md. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lastro.kernel.documents import Cpf
from lastro.origination.contracts.content.figures import Credit
from lastro.origination.contracts.model import Guarantee, LateCharges, Party
from lastro.origination.contracts.wording.amounts_in_words import amount_in_words, cardinal_in_words
from lastro.origination.contracts.wording.phrases import (
    address_line,
    first_period_rule,
    monthly,
    monthly_cet,
    yearly,
    yearly_cet,
)
from lastro.origination.contracts.wording.typography import brl, exact_percent, short_date

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
        "endereco_credora": "Endereço da credora",
        "contato_credora": "E-mail e site da credora; vazio quando ela não tem",
        "correspondente": "Nome do parceiro que ofereceu o crédito; vazio quando não há",
        "valor_liberado": "Valor entregue ao emitente",
        "valor_financiado": "Valor financiado, com IOF, tarifa e seguro",
        "valor_financiado_extenso": "O mesmo, por extenso",
        "valor_total": "Soma das parcelas",
        "valor_total_extenso": "O mesmo, por extenso",
        "valor_juros": "Soma de todos os juros",
        "juros_parcelas": "Soma dos juros das parcelas, sem os dos dias de carência",
        "tem_carencia": "Verdadeiro quando os juros dos dias além do primeiro mês se somam ao valor financiado",
        "juros_carencia": "Esses juros",
        "tem_desconto_inicial": "Verdadeiro quando os juros dos dias que faltam ao primeiro mês se descontam dele",
        "desconto_inicial": "Esses juros",
        "calculo_primeiro_periodo": "Como se calculam uns ou outros",
        "saldo_a_amortizar": "Valor financiado, mais os juros da carência ou menos o desconto inicial",
        "saldo_a_amortizar_extenso": "O mesmo, por extenso",
        "valor_parcela": "Valor da primeira parcela; no sistema Price, o de todas, e a última pode diferir em centavos",
        "valor_ultima_parcela": "Valor da última parcela",
        "amortizacao_constante": "Verdadeiro no sistema SAC, falso no Price",
        "dias_corridos": "Verdadeiro quando os juros contam os dias corridos, falso quando contam meses iguais",
        "vencimento_em_dia_util": "Verdadeiro quando o vencimento em dia sem expediente passa ao dia útil seguinte",
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
        "validade": "Último dia em que esta cédula pode ser aceita: o da liberação, ou o da oferta se vem antes",
        "validade_oferta": "Último dia de validade da oferta; depois da liberação ela se aceita por outra cédula",
        "ouvidoria": "Contatos da ouvidoria da credora",
        "data_emissao": "Data de emissão, por extenso",
    }
)

NUMBERS = frozenset(
    {
        "parcelas",
        "pessoa_fisica",
        "tem_carencia",
        "tem_desconto_inicial",
        "amortizacao_constante",
        "dias_corridos",
        "vencimento_em_dia_util",
        "tem_tarifa",
        "tem_seguro",
        "tem_avalista",
        "tem_garantia",
    }
)
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
    offered_until: str,
) -> dict[str, Variable]:
    """A value for every variable; dates arrive in words, everything else as the contract's own figures."""
    schedule, first = credit.schedule, credit.first_period
    return {
        "numero": number,
        "produto": product,
        "emitente": borrower.name,
        "documento_emitente": borrower.document.formatted,
        "pessoa_fisica": isinstance(borrower.document, Cpf),
        "credora": creditor.name,
        "cnpj_credora": creditor.document.formatted,
        "endereco_credora": address_line(creditor.address),
        "contato_credora": " ou ".join(each for each in (creditor.email, creditor.site) if each),
        "correspondente": correspondent,
        "valor_liberado": brl(credit.released),
        "valor_financiado": brl(credit.financed),
        "valor_financiado_extenso": amount_in_words(credit.financed),
        "valor_total": brl(credit.total_payable),
        "valor_total_extenso": amount_in_words(credit.total_payable),
        "valor_juros": brl(credit.interest_total),
        "juros_parcelas": brl(credit.installments_interest),
        "tem_carencia": first.interest > 0,
        "juros_carencia": brl(max(first.interest, 0)),
        "tem_desconto_inicial": first.interest < 0,
        "desconto_inicial": brl(max(-first.interest, 0)),
        "calculo_primeiro_periodo": first_period_rule(credit),
        "saldo_a_amortizar": brl(credit.principal),
        "saldo_a_amortizar_extenso": amount_in_words(credit.principal),
        "valor_parcela": brl(schedule[0].value),
        "valor_ultima_parcela": brl(schedule[-1].value),
        "amortizacao_constante": credit.method.constant_amortization,
        "dias_corridos": credit.method.calendar_days,
        "vencimento_em_dia_util": credit.method.business_days,
        "parcelas": len(schedule),
        "parcelas_extenso": cardinal_in_words(len(schedule), feminine=True),
        "primeiro_vencimento": short_date(schedule[0].due_date),
        "ultimo_vencimento": short_date(schedule[-1].due_date),
        "data_liberacao": short_date(credit.release_date),
        "taxa_mensal": monthly(credit.monthly_rate),
        "taxa_anual": yearly(credit),
        "cet_anual": yearly_cet(credit),
        "cet_mensal": monthly_cet(credit),
        "valor_iof": brl(credit.iof),
        "base_iof": credit.tax_basis,
        "valor_tarifa": brl(credit.registration_fee),
        "tem_tarifa": credit.registration_fee > 0,
        "valor_seguro": brl(credit.insurance),
        "tem_seguro": credit.insurance > 0,
        "multa": exact_percent(late_charges.fine_percent.scaleb(-2)),
        "juros_mora": monthly(late_charges.default_interest),
        "tem_avalista": bool(guarantors),
        "tem_garantia": bool(guarantees),
        "praca_pagamento": payment_place,
        "foro": venue,
        "validade": valid_until,
        "validade_oferta": offered_until,
        "ouvidoria": ombudsman,
        "data_emissao": issued_on,
    }
