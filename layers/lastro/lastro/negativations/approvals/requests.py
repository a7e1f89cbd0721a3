"""What a partner sends about approvals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import BranchId
from lastro.wire.amounts import Flag
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request


class FindListingSettings(Request):
    """Path of ``GET /api/v1/negativation_settings/{branch_id}``."""

    branch_id: BranchId


class WantedListingSettings(WireObject):
    """How the listings of a branch are made."""

    approval_required: Annotated[
        Flag, Field(description="A second person has to agree before a manual listing is sent", examples=[True])
    ]


class PutListingSettings(Request):
    """Path and body of ``PUT /api/v1/negativation_settings/{branch_id}``."""

    branch_id: BranchId
    settings: WantedListingSettings
