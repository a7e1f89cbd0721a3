"""Closed lists of the proposal, as the vendor's clients send them, and how a word is compared with them.

Clients write the words as their screens do: ``LESS THAN SIX MONTHS``, ``Pós-graduação``, ``APOSENTADO/PENSIONISTA``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

_SEPARATORS = re.compile(r"[\s/_.-]+")
_LONGEST = 80


def read_word(value: Any) -> Any:
    """A word as the lists spell it: capitals without accents, ``_`` for what stands between; no text: as it is."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return value
    letters = unicodedata.normalize("NFD", value.strip())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return _SEPARATORS.sub("_", bare.upper())


Listed = BeforeValidator(read_word)
"""On a list of words: blanks, slashes, accents and small letters do not matter."""

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
    "APOSENTADO_PENSIONISTA",
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
_WITHOUT_HOLDERS = {
    "CONTA_CORRENTE": "CONTA_CORRENTE_INDIVIDUAL",
    "CONTA_POUPANCA": "CONTA_POUPANCA_INDIVIDUAL",
}


def read_account_type(value: Any) -> Any:
    """A kind of account; one that does not say whose it is has one holder, the person who proposes."""
    word = read_word(value)
    return _WITHOUT_HOLDERS.get(word, word) if isinstance(word, str) else word


AccountKind = Annotated[AccountType, BeforeValidator(read_account_type)]
ProductTypeName = Literal[
    "LOAN", "CARD", "REFINANCING_AUTO", "REFINANCING_HOME", "CAAS", "WORKING_CAPITAL", "FINANCING_AUTO", "DEBT"
]
DocumentType = Literal["SELF", "IDENTITY_FRONT", "IDENTITY_BACK", "ADDRESS_PROOF", "INCOME_PROOF"]
MediaType = Literal["image/jpeg", "image/png", "application/pdf", "application/octet-stream"]
CAAS = "CAAS"
