"""GET /api/v1/legal_holds: the partner's legal holds, lifted ones too, newest first."""

from __future__ import annotations

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.requests import ListLegalHolds
from lastro.retention.views import LegalHoldList
from lastro.retention.wiring import open_hold_list

holds = open_hold_list()


@endpoint()
def handler(request: ListLegalHolds, caller: Caller) -> LegalHoldList:
    return holds.list_page(request, caller)
