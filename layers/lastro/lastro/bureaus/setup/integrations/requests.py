"""What a partner sends of a whole integration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema, field_validator

from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.setup.fields import BranchId, IntegrationId
from lastro.kernel.callers.caller import Panel
from lastro.wire.amounts import Flag, InCents
from lastro.wire.identifiers import Code, IdempotencyKey
from lastro.wire.objects import Patch, WireObject
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty

MAX_CENTS = 10**9


Provider = Annotated[Code, WithJsonSchema({"type": "string", "enum": list(BUREAUS)})]
Prices = Annotated[
    dict[Code, Annotated[int, InCents(most=MAX_CENTS)]],
    Field(
        max_length=100,
        description="Contracted cents by report, used where the bureau does not say what it charged",
        examples=[{"RELATORIO_BASICO_PF_PME": 350}],
    ),
]
Features = Annotated[
    Annotated[list[Code], Field(max_length=100)] | None,
    Field(
        description="Contracted optional features: no other may be asked. null: every published one may",
        examples=[["SCORE_POSITIVO", "QSA"]],
    ),
]
SharedWith = Annotated[
    list[Literal["broker", "agency"]],
    Field(max_length=2, description="Panels that may use this key; a manager's key only", examples=[["broker"]]),
]
ProviderFields = Annotated[
    dict[str, Any],
    Field(
        repr=False,
        max_length=40,
        description="The provider's own fields (GET /api/v1/bureaus); secrets go to a vault and are never answered",
        examples=[
            {
                "client_id": "minha-empresa",
                "client_secret": "exemplo",
                "reports": ["RELATORIO_BASICO_PF_PME"],
                "federal_unit": "SP",
            }
        ],
    ),
]
Automatic = Annotated[
    Flag,
    Field(description="Incluir/Remover automaticamente: inclusion and removal by the routine", examples=[True]),
]


class NewIntegration(WireObject):
    """A contract with a bureau."""

    provider: Annotated[Provider, Field(description="Code of GET /api/v1/bureaus", examples=["serasa"])]
    branch_id: BranchId
    environment: Annotated[Environment, Field(description="production or homologation", examples=["homologation"])]
    fields: ProviderFields
    panel: Annotated[Panel, Field(description="Whose key it is", examples=["manager"])] = Panel.MANAGER
    shared_with: SharedWith = Field(default_factory=list)
    automatic: Automatic = False
    features: Features = None
    prices: Prices = Field(default_factory=dict)


class CreateIntegration(Request):
    """Body of ``POST /api/v1/bureau_integrations``."""

    bureau_integration: NewIntegration
    idempotency_key: IdempotencyKey = None


class ChangedIntegration(Patch):
    """An integration's new data; what is left out stays, ``null`` or an empty text brings back what POST takes without
    the field, and is refused where POST needs one.

    Provider, branch and panel cannot change: they may be repeated.
    """

    provider: Annotated[
        Provider | None, NeverEmpty, Field(description="Left out, or what it is", examples=["serasa"])
    ] = None
    branch_id: Annotated[BranchId | None, NeverEmpty, Field(description="Left out, or what it is")] = None
    panel: Annotated[Panel | None, NeverEmpty, Field(description="Left out, or what it is", examples=["manager"])] = (
        None
    )
    environment: Annotated[
        Environment | None, NeverEmpty, Field(description="production or homologation", examples=["production"])
    ] = None
    fields: Annotated[ProviderFields, NeverEmpty] = Field(default_factory=dict)
    shared_with: SharedWith | None = None
    automatic: Automatic | None = None
    features: Features = None
    prices: Prices | None = None

    @field_validator("automatic", mode="before")
    @classmethod
    def read_back(cls, sent: Any) -> Any:
        """An integration as it was answered may be sent back: there ``automatic`` tells ``enabled`` among others."""
        return sent.get("enabled") if isinstance(sent, Mapping) else sent


class UpdateIntegration(Request):
    """Path and body of ``PATCH /api/v1/bureau_integrations/{integration_id}``."""

    integration_id: IntegrationId
    bureau_integration: ChangedIntegration
