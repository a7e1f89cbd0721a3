"""Calls that name an integration and say no more of it; loaded without what says more."""

from __future__ import annotations

from typing import ClassVar

from lastro.bureaus.setup.fields import IntegrationId
from lastro.wire.requests import Request


class FindIntegration(Request):
    """Path of the calls on one integration."""

    integration_id: IntegrationId


class RefreshCodes(FindIntegration):
    """Path of ``PUT /api/v1/bureau_integrations/{integration_id}/restriction_codes``; a body may be left out."""

    body_optional: ClassVar[bool] = True
