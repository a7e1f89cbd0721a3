"""Closed lists of the proposal, as the vendor's clients send them (reference caas.md §5)."""

from __future__ import annotations

from typing import Literal

StateCode = Literal[
    "AC",
    "AL",
    "AM",
    "AP",
    "BA",
    "CE",
    "DF",
    "ES",
    "GO",
    "MA",
    "MG",
    "MS",
    "MT",
    "PA",
    "PB",
    "PE",
    "PI",
    "PR",
    "RJ",
    "RN",
    "RO",
    "RR",
    "RS",
    "SC",
    "SE",
    "SP",
    "TO",
]
Gender = Literal["MASCULINO", "FEMININO"]
Nationality = Literal["BRASILEIRO", "ESTRANGEIRO"]
Education = Literal[
    "NAO_ALFABETIZADO",
    "ENSINO_FUNDAMENTAL_INCOMPLETO",
    "ENSINO_FUNDAMENTAL_COMPLETO",
    "ENSINO_MEDIO_INCOMPLETO",
    "ENSINO_MEDIO_COMPLETO",
    "ENSINO_SUPERIOR_INCOMPLETO",
    "ENSINO_SUPERIOR_COMPLETO",
    "POS_GRADUACAO",
]
RelationshipStatus = Literal[
    "CASADO",
    "DIVORCIADO",
    "VIUVO",
    "SEPARADO",
    "SOLTEIRO",
    "COMPANHEIRO",
    "UNIAO_ESTAVEL",
    "SEPARADO_JUDICIALMENTE",
    "SEPARADA_JUDICIALMENTE",
]
Occupation = Literal[
    "APOSENTADO",
    "PENSIONISTA",
    "AUTONOMO",
    "EMPRESARIO",
    "PROFISSIONAL_LIBERAL",
    "ASSALARIADO",
    "FUNCIONARIO_PUBLICO",
    "DESEMPREGADO",
]
EmployedSince = Literal[
    "LESS_THAN_SIX_MONTHS",
    "BETWEEN_SIX_MONTHS_AND_ONE_YEAR",
    "BETWEEN_ONE_AND_TWO_YEARS",
    "BETWEEN_TWO_AND_THREE_YEARS",
    "BETWEEN_THREE_AND_FOUR_YEARS",
    "BETWEEN_FOUR_AND_FIVE_YEARS",
    "BETWEEN_FIVE_AND_TEN_YEARS",
    "MORE_THAN_TEN_YEARS",
]
HomeType = Literal["ALUGADA", "PARENTES", "FUNCIONAL", "PROPRIA_QUITADA", "PROPRIA_FINANCIADA", "OUTROS"]
HomeSince = Literal["MENOR_6_MESES", "MENOR_1_ANO", "MENOR_2_ANOS", "MAIOR_2_ANOS"]
IdentityType = Literal["RG", "CNH", "PASSAPORTE", "CARTEIRA_CRC", "CARTEIRA_CREA", "CARTEIRA_OAB", "CARTEIRA_CRE"]
IdentityIssuer = Literal[
    "SSP",
    "DETRAN",
    "CONS_REG_ECONOMIA",
    "MIN_EXERCITO",
    "OAB",
    "CREA",
    "SJS",
    "CTPS",
    "CREME",
    "MINEX",
    "CRM",
    "SJTC",
    "MAER",
    "DPF",
    "RBF",
    "IML",
    "CPROF",
    "CRO",
    "CRC",
    "DPMAF",
    "ME",
    "BM",
    "AERON",
    "SJT",
    "COREN",
    "DETRA",
    "EXERC",
    "SSI",
    "MINISTERIO_DA_MARINHA",
    "CRA_CONSELHO_ADMINISTRATIVO",
    "INSTITUTO_FELIX_PACHECO",
    "INST_NAC_PROPRIEDADE_INDUSTRIA",
    "MINISTERIO_DA_FAZENDA",
    "TRIBUNAL_REGIONAL_DO_TRABALHO",
    "CONSELHO_REGIONAL_PSICOLOGIA",
    "POLICIA_MILITAR",
]
AccountType = Literal[
    "CONTA_CORRENTE_INDIVIDUAL", "CONTA_CORRENTE_CONJUNTA", "CONTA_POUPANCA_INDIVIDUAL", "CONTA_POUPANCA_CONJUNTA"
]
ProductTypeName = Literal[
    "LOAN", "CARD", "REFINANCING_AUTO", "REFINANCING_HOME", "CAAS", "WORKING_CAPITAL", "FINANCING_AUTO", "DEBT"
]
DocumentType = Literal["SELF", "IDENTITY_FRONT", "IDENTITY_BACK", "ADDRESS_PROOF", "INCOME_PROOF"]
MediaType = Literal["image/jpeg", "image/png", "application/pdf"]
CAAS = "CAAS"
