"""Branches and integrations of a registration, for the rules of bureaus."""

from __future__ import annotations

from datetime import UTC, datetime

from lastro.bureaus.model import Branch, Integration, Settings, Setup
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.documents import Cnpj, Cpf

CPF, CNPJ = Cpf("52998224725"), Cnpj("12ABC34501DE35")
CNPJS = (Cnpj("11222333000181"), CNPJ, Cnpj("1345C3A5000106"))
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def integration(number: int, panel: Panel = Panel.MANAGER, shared: tuple[Panel, ...] = ()) -> Integration:
    return Integration(
        id=number,
        provider="serasa",
        branch_id=number,
        environment=Environment.HOMOLOGATION,
        fields={"reports": ("RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME")},
        secrets={},
        credential=f"c{number}",
        created_at=NOW,
        updated_at=NOW,
        panel=panel,
        shared_with=shared,
    )


def setup(*integrations: Integration, unlinked: tuple[int, ...] = (), stores: tuple[int | None, ...] = ()) -> Setup:
    """A branch of the same number for each integration."""
    branches = tuple(
        Branch(
            id=each.id,
            name="Filial",
            cnpj=CNPJS[index],
            created_at=NOW,
            updated_at=NOW,
            store_id=stores[index] if stores else None,
            integration_id=None if each.id in unlinked else each.id,
        )
        for index, each in enumerate(integrations)
    )
    return Setup(Settings(), branches, integrations)
