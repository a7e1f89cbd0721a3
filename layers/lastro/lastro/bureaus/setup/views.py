"""What a partner reads of its bureau set-up. No view holds a secret."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class _View(BaseModel):
    # Built at the first answer: a cold start does not pay for models its function never fills.
    model_config = ConfigDict(defer_build=True)


class FieldView(_View):
    """A field of the provider's integrations."""

    name: Annotated[
        str, Field(description="Name in `fields` or, for a secret, in the path", examples=["client_secret"])
    ]
    label: Annotated[str, Field(description="Label on Brazilian screens", examples=["Client Secret"])]
    kind: Annotated[
        str,
        Field(description="text, flag, code, cpf, cnpj, federal_unit or reports", examples=["text"]),
    ]
    secret: Annotated[bool, Field(description="Kept in a vault, never answered", examples=[True])]
    required: Annotated[bool, Field(description="An integration must have it", examples=[True])]


class ReportFactsView(_View):
    """A report the provider publishes."""

    code: Annotated[str, Field(description="What `report` carries", examples=["RELATORIO_BASICO_PF_PME"])]
    name: Annotated[str, Field(description="Name in Portuguese", examples=["Relatório básico PF PME"])]
    person: Annotated[str | None, Field(description="natural, legal, or null for both", examples=["natural"])]


class BureauView(_View):
    """A provider of credit reports."""

    code: Annotated[str, Field(description="What `provider` carries", examples=["serasa"])]
    name: Annotated[str, Field(description="Usual name", examples=["Serasa Experian"])]
    fields: Annotated[list[FieldView], Field(description="What an integration is made of")]
    reports: Annotated[
        list[ReportFactsView], Field(description="Published reports; empty: the provider tells on request")
    ]
    natural_features: Annotated[
        list[str], Field(description="Optional features of reports on persons", examples=[["SCORE_POSITIVO"]])
    ]
    legal_features: Annotated[
        list[str], Field(description="Optional features of reports on companies", examples=[["QSA"]])
    ]
    has_restriction_codes: Annotated[bool, Field(description="Its code list can be pulled", examples=[False])]


class BureauList(_View):
    """Every provider."""

    data: Annotated[list[BureauView], Field(description="Every provider")]


class BranchView(_View):
    """A unit of the partner."""

    id: Annotated[int, Field(description="Number of the branch", examples=[1])]
    name: Annotated[str, Field(description="Name of the branch", examples=["Filial Centro"])]
    cnpj: Annotated[str, Field(description="With punctuation", examples=["11.222.333/0001-81"])]
    store_id: Annotated[int | None, Field(description="The store it is part of", examples=[1])]
    bureau_integration_id: Annotated[int | None, Field(description="Its one integration", examples=[1])]
    created_at: Moment
    updated_at: Moment


class BranchAnswer(_View):
    """Envelope of one branch."""

    data: BranchView


class BranchList(_View):
    """Every branch of the partner, in order of id; only those of the store when Store-Id is sent."""

    data: Annotated[list[BranchView], Field(description="Branches")]


class SecretState(_View):
    """When a secret was last replaced."""

    name: Annotated[str, Field(description="Name of the field", examples=["client_secret"])]
    replaced_at: Annotated[
        str | None, Field(description="UTC; null: never given", examples=["2026-11-03T12:00:00.000Z"])
    ]


class AutomaticRuns(_View):
    """Automatic inclusion and removal: wanted, and why they may not run."""

    enabled: Annotated[bool, Field(description="Incluir/Remover automaticamente", examples=[True])]
    blocked_by: Annotated[
        str | None,
        Field(
            description="automatic_off, default_code_absent, default_code_disappeared; null: they may run",
            examples=["default_code_disappeared"],
        ),
    ]
    missing_codes: Annotated[
        list[str],
        Field(description="Fields whose code is no longer in the provider's list", examples=[["restriction_code"]]),
    ]


class IntegrationView(_View):
    """A contract with a bureau."""

    id: Annotated[int, Field(description="Number of the integration", examples=[1])]
    provider: Annotated[str, Field(description="Code of the provider", examples=["serasa"])]
    branch_id: Annotated[int, Field(description="The branch on the contract", examples=[1])]
    linked_branch_ids: Annotated[list[int], Field(description="Branches that ask with it", examples=[[1]])]
    environment: Annotated[str, Field(description="production or homologation", examples=["homologation"])]
    panel: Annotated[str, Field(description="Whose key it is", examples=["manager"])]
    shared_with: Annotated[list[str], Field(description="Panels that may use it", examples=[["broker"]])]
    fields: Annotated[
        dict[str, Any],
        Field(description="The provider's own fields but for secrets", examples=[{"federal_unit": "SP"}]),
    ]
    secrets: Annotated[list[SecretState], Field(description="Secrets by name; their values are never answered")]
    features: Annotated[
        list[str] | None,
        Field(
            description="Contracted optional features; null: every published one may be asked",
            examples=[["SCORE_POSITIVO"]],
        ),
    ]
    prices: Annotated[dict[str, int], Field(description="Cents by report", examples=[{"RELATORIO_BASICO_PF_PME": 350}])]
    automatic: AutomaticRuns
    token_updated_at: Annotated[
        str | None,
        Field(description="Last renewal of the access token; null before the first inquiry", examples=[None]),
    ]
    created_at: Moment
    updated_at: Moment


class IntegrationAnswer(_View):
    """Envelope of one integration."""

    data: IntegrationView


class IntegrationList(_View):
    """Every integration of the partner, in order of id."""

    data: Annotated[list[IntegrationView], Field(description="Integrations")]


class SecretTest(_View):
    """What the bureau says to a secret."""

    field: Annotated[str, Field(description="Name of the field", examples=["client_secret"])]
    accepted: Annotated[bool, Field(description="The bureau accepts it", examples=[True])]
    code: Annotated[str | None, Field(description="Why not", examples=[None])]
    message: Annotated[str | None, Field(description="Why not, in Portuguese", examples=[None])]


class SecretTestAnswer(_View):
    """Envelope of one test."""

    data: SecretTest


class CodeView(_View):
    """A restriction code of the provider."""

    code: Annotated[str, Field(description="The code", examples=["TI"])]
    description: Annotated[str, Field(description="In Portuguese", examples=["Serviço de dados"])]
    kind: Annotated[str, Field(description="inclusion or removal", examples=["inclusion"])]
    person: Annotated[str | None, Field(description="natural, legal, or null for both", examples=[None])]


class ProductView(_View):
    """A report the provider offers this integration."""

    code: Annotated[str, Field(description="What `report` carries", examples=["CONSULTA_PF"])]
    name: Annotated[str, Field(description="In Portuguese", examples=["Consulta pessoa física"])]
    person: Annotated[str | None, Field(description="natural, legal, or null for both", examples=["natural"])]
    features: Annotated[list[str], Field(description="Optional features", examples=[[]])]


class CodesView(_View):
    """The provider's lists as last pulled."""

    codes: Annotated[list[CodeView], Field(description="Restriction codes")]
    products: Annotated[list[ProductView], Field(description="Reports")]
    missing_codes: Annotated[
        list[str], Field(description="Default codes that disappeared; they block automatic runs", examples=[[]])
    ]
    refreshed_at: Annotated[str | None, Field(description="UTC; null before the first pull", examples=[None])]


class CodesAnswer(_View):
    """Envelope of the lists."""

    data: CodesView


class SettingsView(_View):
    """The partner's switches."""

    enabled: Annotated[bool, Field(description="Off stops every inquiry", examples=[True])]
    repeat_days: Annotated[
        int, Field(description="Calendar days before the same document is asked again", examples=[30])
    ]
    force_panels: Annotated[list[str], Field(description="Panels that may ask again before", examples=[["manager"]])]
    updated_at: Annotated[str | None, Field(description="UTC; null: never changed", examples=[None])]


class SettingsAnswer(_View):
    """Envelope of the settings."""

    data: SettingsView
