"""POST /api/v1/legal_holds: keep all that is kept of a person, whoever asks for its end, until the hold is lifted."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.requests import CreateLegalHold
from lastro.retention.views import LegalHoldAnswer
from lastro.retention.wiring import open_holds

holds = open_holds()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateLegalHold, caller: Caller) -> LegalHoldAnswer:
    return holds.create(request, caller)
