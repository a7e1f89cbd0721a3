"""What a partner sends to configure bureaus: branches and settings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.bureaus.model import MAX_REPEAT_DAYS
from lastro.bureaus.setup.fields import BranchId, IntegrationId, Name
from lastro.kernel.callers.caller import Panel
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.identifiers import IdempotencyKey
from lastro.wire.objects import Patch, WireObject
from lastro.wire.persons.documents import CnpjText as AnyCnpj
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty

CnpjText = Annotated[
    AnyCnpj, Field(description="CNPJ of the branch, letters too, bare or masked", examples=["11.222.333/0001-81"])
]
StoreId = Annotated[
    Annotated[int, InWhole(1, 10**15 - 1)] | None,
    Field(description="A store of the partner this branch is part of; null for none", examples=[1]),
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
