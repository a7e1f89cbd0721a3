"""The closed lists a lead's fields choose from: Lastro's own published catalogue.

The vendor shows two identifiers of a gender, one occupation (``11``) and one profession (``administrador``), and no
list (docs/sources.md): those four are kept, the rest and every ``id`` are ours. Ids are stable, never reused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Domain:
    """One choice of a closed list: ``id`` unique over all lists, ``credere_identifier`` within its list."""

    id: int
    type: str
    credere_identifier: str
    label: str


def _list(kind: str, first_id: int, labels: Mapping[str, str]) -> dict[str, Domain]:
    return {
        identifier: Domain(number, kind, identifier, label)
        for number, (identifier, label) in enumerate(labels.items(), start=first_id)
    }


GENDERS = _list("gender", 1, {"F": "Feminino", "M": "Masculino"})

OCCUPATIONS = _list(
    "occupation",
    101,
    {
        "1": "Aposentado ou pensionista",
        "2": "Autônomo",
        "3": "Do lar",
        "4": "Empresário",
        "5": "Estudante",
        "6": "Funcionário público",
        "7": "Microempreendedor individual",
        "8": "Militar",
        "9": "Produtor rural",
        "10": "Profissional liberal",
        "11": "Empregado com carteira assinada",
        "12": "Outra ocupação",
    },
)

PROFESSIONS = _list(
    "profession",
    1001,
    {
        "administrador": "Administrador",
        "advogado": "Advogado",
        "agricultor": "Agricultor",
        "analista_de_sistemas": "Analista de sistemas",
        "arquiteto": "Arquiteto",
        "auxiliar_administrativo": "Auxiliar administrativo",
        "bancario": "Bancário",
        "cabeleireiro": "Cabeleireiro",
        "comerciante": "Comerciante",
        "contador": "Contador",
        "corretor_de_imoveis": "Corretor de imóveis",
        "cozinheiro": "Cozinheiro",
        "dentista": "Dentista",
        "economista": "Economista",
        "eletricista": "Eletricista",
        "enfermeiro": "Enfermeiro",
        "engenheiro": "Engenheiro",
        "farmaceutico": "Farmacêutico",
        "fisioterapeuta": "Fisioterapeuta",
        "gerente": "Gerente",
        "jornalista": "Jornalista",
        "mecanico": "Mecânico",
        "medico": "Médico",
        "motorista": "Motorista",
        "operador_de_maquinas": "Operador de máquinas",
        "pedreiro": "Pedreiro",
        "policial": "Policial",
        "professor": "Professor",
        "psicologo": "Psicólogo",
        "recepcionista": "Recepcionista",
        "representante_comercial": "Representante comercial",
        "secretario": "Secretário",
        "tecnico_de_enfermagem": "Técnico de enfermagem",
        "vendedor": "Vendedor",
        "veterinario": "Veterinário",
        "vigilante": "Vigilante",
        "outra": "Outra profissão",
    },
)

CATALOGUE: Mapping[str, Mapping[str, Domain]] = {
    "genders": GENDERS,
    "occupations": OCCUPATIONS,
    "professions": PROFESSIONS,
}
"""Every list by the name ``GET /domains?types=`` knows it by."""
