"""POST /api/v1/bureau_access_requests: answer a data subject out of the query log.

Who asked in the last six months and why, and every inquiry on record (LGPD art. 18).
"""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import CreateAccessRequest
from lastro.bureaus.inquiries.wiring import open_access_requests
from lastro.kernel.callers.caller import Caller

access_requests = open_access_requests()


@endpoint(status=HTTPStatus.CREATED)
def handler(
    request: CreateAccessRequest, caller: Caller
) -> Annotated[str, "lastro.bureaus.inquiries.views.AccessAnswer"]:
    return access_requests.answer(request, caller)
