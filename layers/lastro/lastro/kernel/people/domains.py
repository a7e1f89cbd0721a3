"""Closed lists that fields of people choose from: Lastro's own published catalogue. Ids are stable, never reused.

Credere shows two identifiers of a gender, one profession (``administrador``) and no list (docs/sources.md): those are
kept, the rest and every ``id`` are ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Domain:
    """One choice of a closed list; ``id`` and ``credere_identifier`` are unique within it."""

    id: int
    type: str
    credere_identifier: str
    label: str


def list_domain(kind: str, first_id: int, labels: Mapping[str, str]) -> dict[str, Domain]:
    """A list by its identifiers, numbered on from ``first_id``."""
    return {
        identifier: Domain(number, kind, identifier, label)
        for number, (identifier, label) in enumerate(labels.items(), start=first_id)
    }


GENDERS = list_domain("gender", 1, {"F": "Feminino", "M": "Masculino"})

PROFESSIONS = list_domain(
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
