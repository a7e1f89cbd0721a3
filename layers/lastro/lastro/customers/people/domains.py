"""The closed lists a customer's fields choose from, by the names that ``GET /domains?types=`` knows them by.

Credere names the fields and no choice (docs/sources.md): the choices and their ids are ours, but for the states, whose
ids are the codes of the IBGE. An id is unique within its list and never reused.
"""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.people.domains import GENDERS, PROFESSIONS, Domain, list_domain

_STATES = {
    **{"RO": (11, "Rondônia"), "AC": (12, "Acre"), "AM": (13, "Amazonas"), "RR": (14, "Roraima")},
    **{"PA": (15, "Pará"), "AP": (16, "Amapá"), "TO": (17, "Tocantins"), "MA": (21, "Maranhão")},
    **{"PI": (22, "Piauí"), "CE": (23, "Ceará"), "RN": (24, "Rio Grande do Norte"), "PB": (25, "Paraíba")},
    **{"PE": (26, "Pernambuco"), "AL": (27, "Alagoas"), "SE": (28, "Sergipe"), "BA": (29, "Bahia")},
    **{"MG": (31, "Minas Gerais"), "ES": (32, "Espírito Santo"), "RJ": (33, "Rio de Janeiro")},
    **{"SP": (35, "São Paulo"), "PR": (41, "Paraná"), "SC": (42, "Santa Catarina")},
    **{"RS": (43, "Rio Grande do Sul"), "MS": (50, "Mato Grosso do Sul"), "MT": (51, "Mato Grosso")},
    **{"GO": (52, "Goiás"), "DF": (53, "Distrito Federal")},
}

_LISTS: Mapping[str, Mapping[str, str]] = {
    "address_types": {"residential": "Residencial", "commercial": "Comercial", "mailing": "Correspondência"},
    "another_income_types": {
        "none": "Sem outra renda",
        "rent": "Aluguel",
        "retirement": "Aposentadoria ou pensão",
        "investments": "Aplicações financeiras",
        "self_employment": "Trabalho autônomo",
        "alimony": "Pensão alimentícia",
        "other": "Outra",
    },
    "build_types": {"house": "Casa", "apartment": "Apartamento", "commercial": "Comercial", "rural": "Rural"},
    "cnh_types": {
        **{"A": "A", "B": "B", "AB": "AB", "C": "C", "AC": "AC"},
        **{"D": "D", "AD": "AD", "E": "E", "AE": "AE", "ACC": "ACC"},
    },
    "company_activities": {
        "agriculture": "Agropecuária",
        "commerce": "Comércio",
        "construction": "Construção",
        "education": "Educação",
        "finance": "Serviços financeiros",
        "government": "Administração pública",
        "health": "Saúde",
        "industry": "Indústria",
        "technology": "Tecnologia",
        "transport": "Transporte",
        "services": "Outros serviços",
        "other": "Outra",
    },
    "document_types": {
        "RG": "Carteira de identidade",
        "CNH": "Carteira nacional de habilitação",
        "CTPS": "Carteira de trabalho",
        "CRNM": "Registro nacional migratório",
        "PASSPORT": "Passaporte",
        "CLASS": "Carteira de conselho de classe",
        "MILITARY": "Identidade militar",
    },
    "educations": {
        "none": "Sem escolaridade",
        "elementary_incomplete": "Fundamental incompleto",
        "elementary": "Fundamental completo",
        "secondary_incomplete": "Médio incompleto",
        "secondary": "Médio completo",
        "higher_incomplete": "Superior incompleto",
        "higher": "Superior completo",
        "postgraduate": "Pós-graduação",
        "master": "Mestrado",
        "doctorate": "Doutorado",
    },
    "marital_statuses": {
        "single": "Solteiro(a)",
        "married": "Casado(a)",
        "divorced": "Divorciado(a)",
        "separated": "Separado(a) judicialmente",
        "widowed": "Viúvo(a)",
        "stable_union": "União estável",
    },
    "phone_confirmations": {"unconfirmed": "Não confirmado", "confirmed": "Confirmado", "wrong": "Incorreto"},
    "phone_types": {
        "mobile": "Celular",
        "residential": "Residencial",
        "commercial": "Comercial",
        "message": "Recado",
    },
    "professional_occupations": {
        "retired": "Aposentado ou pensionista",
        "self_employed": "Autônomo",
        "homemaker": "Do lar",
        "entrepreneur": "Empresário",
        "student": "Estudante",
        "public_servant": "Funcionário público",
        "micro_entrepreneur": "Microempreendedor individual",
        "military": "Militar",
        "rural_producer": "Produtor rural",
        "liberal_professional": "Profissional liberal",
        "employee": "Empregado com carteira assinada",
        "other": "Outra ocupação",
    },
    "properties": {
        "own": "Própria",
        "financed": "Própria, financiada",
        "rented": "Alugada",
        "family": "Da família",
        "employer": "Cedida pelo empregador",
        "other": "Outra",
    },
    "relationships": {
        "friend": "Amigo(a)",
        "parent": "Pai ou mãe",
        "child": "Filho(a)",
        "sibling": "Irmão ou irmã",
        "spouse": "Cônjuge ou companheiro(a)",
        "relative": "Outro parente",
        "colleague": "Colega de trabalho",
        "other": "Outro",
    },
}

DOMAINS: Mapping[str, Mapping[str, Domain]] = {
    **{name: list_domain(name, 1, labels) for name, labels in _LISTS.items()},
    "genders": GENDERS,
    "professions": PROFESSIONS,
    "states": {code: Domain(number, "states", code, label) for code, (number, label) in _STATES.items()},
}

_BY_ID = {name: {domain.id: domain for domain in choices.values()} for name, choices in DOMAINS.items()}


def find_choice(types: str, number: int | None) -> Domain | None:
    """The choice of a list by its id."""
    return _BY_ID[types].get(number or 0)
