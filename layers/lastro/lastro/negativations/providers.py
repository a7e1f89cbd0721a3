"""What is known of each bureau's listings without asking it (docs/sources.md, bureaus).

``pushes``: the word on a request comes by webhook. ``follows``: its records can be listed. ``finds``: what became of a
request can be asked by our key. ``posts``: the registry posts its letter when it takes a record, and tells of it by
that alone; others say in words that the debtor was told. ``natures`` and ``reasons`` are the published tables; empty
where the bureau gives each integration a list of its own, or publishes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lastro.kernel.dataclass import dataclass

_NATURES = (
    "AD AG AL AR C1 C2 C3 C4 C5 C6 CA CB CC CD CL CM CO CP CR CT CV DA DC DE DP EC EE EG FG FI HO IE IM LL LM LV ME NF",
    "OA OJ OO RE RR SB SF SG SQ SR SS TC TD TE TF TI TM TP TR TT VM",
)
PEFIN_NATURES = frozenset(" ".join(_NATURES).split())
"""Nature codes of PEFIN: TI is data services, NF an invoice, FI financing."""

PEFIN_REASONS: Mapping[str, str] = {
    "01": "Pagamento da dívida",
    "02": "Renegociação da dívida",
    "03": "Por solicitação do cliente",
    "04": "Ordem judicial",
    "05": "Correção de endereço",
    "06": "Atualização de valor (valorização)",
    "07": "Atualização de valor (pagamento parcial)",
    "08": "Atualização de data",
    "09": "Correção do nome",
    "10": "Correção do número do contrato",
    "11": "Correção de vários valores",
    "12": "Baixa por perda de controle da base",
    "13": "Motivo não identificado",
    "14": "Pontualização da dívida",
    "15": "Concessão de crédito",
    "16": "Incorporação ou mudança de titularidade",
    "17": "Comunicado devolvido pelo correio",
    "18": "Correção de dados do coobrigado",
    "19": "Renegociação da dívida por acordo",
    "20": "Pagamento da dívida por depósito",
    "21": "Análise de documentos",
    "22": "Correção de dados pela loja",
    "23": "Pagamento da dívida por nota promissória",
    "24": "Análise pelo seguro",
    "25": "Devolução ou troca do bem",
    "40": "Fraude",
    "41": "Calamidade pública",
    "42": "Baixa compulsória",
    "43": "Baixa por negociação",
    "44": "Falecimento",
    "45": "Contestação",
}


@dataclass(frozen=True)
class ListingFacts:
    """One provider. ``least`` in cents; ``payments`` are the reasons that say paid in full, ``partial`` in part."""

    code: str
    least: int = 1
    longest_contract: int = 20
    pushes: bool = False
    follows: bool = False
    finds: bool = False
    posts: bool = False
    production_url: str | None = None
    homologation_url: str | None = None
    natures: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    payments: frozenset[str] = frozenset()
    partial: str | None = None


_PEFIN_PAYMENTS = frozenset({"01", "20", "23"})

LISTING_FACTS: Mapping[str, ListingFacts] = {
    facts.code: facts
    for facts in (
        ListingFacts(
            "serasa",
            least=10_00,
            pushes=True,
            posts=True,
            production_url="https://api.serasa.com.br",
            homologation_url="https://api.serasa.dev",
            natures=PEFIN_NATURES,
            reasons=PEFIN_REASONS,
            payments=_PEFIN_PAYMENTS,
            partial="07",
        ),
        ListingFacts(
            "connect_sa",
            least=10_00,
            posts=True,
            natures=PEFIN_NATURES,
            reasons=PEFIN_REASONS,
            payments=_PEFIN_PAYMENTS,
            partial="07",
        ),
        ListingFacts("credito_na_medida", follows=True, finds=True, payments=frozenset({"1"})),
        ListingFacts("spc_brasil", follows=True, payments=frozenset({"1"})),
    )
}
