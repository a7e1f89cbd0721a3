"""POST /api/v1/legal_holds/{hold_id}/lift: end a legal hold; erasures that waited for it go on."""

from __future__ import annotations

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.requests import LiftLegalHold
from lastro.retention.views import LegalHoldAnswer
from lastro.retention.wiring import open_holds

holds = open_holds()


@endpoint()
def handler(request: LiftLegalHold, caller: Caller) -> LegalHoldAnswer:
    return holds.lift(request, caller)
