"""The proposal's listed words (docs/sources.md, CaaS API) as a contract writes them. Pure."""

from __future__ import annotations

NATIONALITIES = {"BRASILEIRO": "Brasileira", "ESTRANGEIRO": "Estrangeira"}

RELATIONSHIPS = {
    "CASADO": "Casado(a)",
    "DIVORCIADO": "Divorciado(a)",
    "VIUVO": "Viúvo(a)",
    "SEPARADO": "Separado(a)",
    "SOLTEIRO": "Solteiro(a)",
    "COMPANHEIRO": "Companheiro(a)",
    "UNIAO_ESTAVEL": "União estável",
    "SEPARADO_JUDICIALMENTE": "Separado(a) judicialmente",
    "SEPARADA_JUDICIALMENTE": "Separado(a) judicialmente",
}

OCCUPATIONS = {
    "APOSENTADO": "Aposentado(a)",
    "PENSIONISTA": "Pensionista",
    "APOSENTADO_PENSIONISTA": "Aposentado(a) ou pensionista",
    "AUTONOMO": "Autônomo(a)",
    "EMPRESARIO": "Empresário(a)",
    "PROFISSIONAL_LIBERAL": "Profissional liberal",
    "ASSALARIADO": "Assalariado(a)",
    "FUNCIONARIO_PUBLICO": "Servidor(a) público(a)",
    "DESEMPREGADO": "Sem ocupação",
}

ACCOUNT_KINDS = {
    "CONTA_CORRENTE_INDIVIDUAL": "Conta-corrente individual",
    "CONTA_CORRENTE_CONJUNTA": "Conta-corrente conjunta",
    "CONTA_POUPANCA_INDIVIDUAL": "Conta de poupança individual",
    "CONTA_POUPANCA_CONJUNTA": "Conta de poupança conjunta",
}
