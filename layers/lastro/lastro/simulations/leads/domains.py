"""The closed lists a lead's fields choose from.

The vendor shows one identifier of an occupation (``11``) and no list (docs/sources.md): it is kept, the rest are ours.
Here every ``id`` is unique over all lists.
"""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.people.domains import GENDERS, PROFESSIONS, Domain, list_domain

OCCUPATIONS = list_domain(
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

CATALOGUE: Mapping[str, Mapping[str, Domain]] = {
    "genders": GENDERS,
    "occupations": OCCUPATIONS,
    "professions": PROFESSIONS,
}
"""Every list by the name ``GET /domains?types=`` knows it by."""
