"""What a partner sends to configure bureaus: branches, integrations, secrets, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from lastro.bureaus.errors import WRONG_SECRET
from lastro.bureaus.model import MAX_REPEAT_DAYS
from lastro.bureaus.providers.catalog import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.providers.integration_fields import MAX_SECRET, WrongValue, check_secret
from lastro.bureaus.setup.fields import BranchId, IntegrationId, Name
from lastro.kernel.callers.caller import Panel
from lastro.wire.amounts import Flag, InCents, InWhole
from lastro.wire.identifiers import Code, IdempotencyKey
from lastro.wire.objects import Patch, WireObject
from lastro.wire.persons.documents import CnpjText as AnyCnpj
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty, Read, Shape

MAX_CENTS = 10**9

CnpjText = Annotated[
    AnyCnpj, Field(description="CNPJ of the branch, letters too, bare or masked", examples=["11.222.333/0001-81"])
]
StoreId = Annotated[
    Annotated[int, InWhole(1, 10**15 - 1)] | None,
    Field(description="A store of the partner this branch is part of; null for none", examples=[1]),
]
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


class NewBranch(WireObject):
    """A unit of the partner with a CNPJ of its own."""

    name: Annotated[Name, Field(description="Name of the branch", examples=["Filial Centro"])]
    cnpj: CnpjText
    store_id: StoreId = None


class CreateBranch(Request):
    """Body of ``POST /api/v1/branches``."""

    branch: NewBranch
    idempotency_key: IdempotencyKey = None


class ChangedBranch(Patch):
    """A branch's new data; what is left out stays, ``null`` or an empty text clears what may be absent.

    The CNPJ cannot change: it is on the bureau's contract.
    """

    name: Annotated[Name | None, NeverEmpty, Field(description="Name of the branch", examples=["Filial Centro"])] = None
    store_id: StoreId = None
    cnpj: Annotated[CnpjText | None, NeverEmpty, Field(description="Left out, or what it is")] = None


class UpdateBranch(Request):
    """Path and body of ``PATCH /api/v1/branches/{branch_id}``."""

    branch_id: BranchId
    branch: ChangedBranch


class FindBranch(Request):
    """Path of the calls on one branch."""

    branch_id: BranchId


class ChosenIntegration(WireObject):
    """The integration a branch shall have."""

    id: IntegrationId


class LinkIntegration(Request):
    """Path and body of ``PUT /api/v1/branches/{branch_id}/bureau_integration``."""

    branch_id: BranchId
    bureau_integration: ChosenIntegration


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


class FindIntegration(Request):
    """Path of the calls on one integration."""

    integration_id: IntegrationId


class RefreshCodes(FindIntegration):
    """Path of ``PUT /api/v1/bureau_integrations/{integration_id}/restriction_codes``; a body may be left out."""

    body_optional: ClassVar[bool] = True


FieldName = Annotated[
    str,
    Shape("field_name", "[a-z_]{1,40}", "Envie o nome de um campo secreto do birô, como client_secret."),
    Field(description="Name of one of the provider's secret fields", examples=["client_secret"]),
]


def _read_secret(value: Any) -> str:
    try:
        return check_secret(value)
    except WrongValue as error:
        raise PydanticCustomError(WRONG_SECRET.rule, WRONG_SECRET.text) from error


Secret = Annotated[
    str,
    Read(
        _read_secret,
        {"type": "string", "minLength": 1, "maxLength": MAX_SECRET, "pattern": "^[!-~]([ -~]*[!-~])?$"},
    ),
]


class NewSecret(WireObject):
    """One secret in the place of the one before."""

    value: Annotated[
        Secret, Field(repr=False, description="A text of 1 to 512 printable characters", examples=["exemplo"])
    ]


class ReplaceSecret(Request):
    """Path and body of ``PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}``."""

    integration_id: IntegrationId
    field: FieldName
    secret: NewSecret


class TestedSecret(WireObject):
    """A candidate, or nothing to test the stored one."""

    value: Annotated[
        Secret | None,
        Field(repr=False, description="Tested without being stored; absent: the stored one", examples=["exemplo"]),
    ] = None


class TestSecret(Request):
    """Path and body of ``PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}/test``."""

    __test__ = False
    body_optional: ClassVar[bool] = True

    integration_id: IntegrationId
    field: FieldName
    secret: TestedSecret = TestedSecret()


class NewSettings(WireObject):
    """The partner's switches, all of them."""

    enabled: Annotated[
        Flag,
        Field(description="Utilizar integração com análise de crédito: off stops every inquiry", examples=[True]),
    ]
    repeat_days: Annotated[
        int,
        InWhole(0, MAX_REPEAT_DAYS),
        Field(
            description="Calendar days before the same CPF/CNPJ is asked again; 0 always asks",
            examples=[30],
        ),
    ]
    force_panels: Annotated[
        list[Panel],
        Field(max_length=3, description="Panels that may ask again within the interval", examples=[["manager"]]),
    ] = Field(default_factory=lambda: [Panel.MANAGER])


class PutSettings(Request):
    """Body of ``PUT /api/v1/bureau_settings``."""

    bureau_settings: NewSettings
