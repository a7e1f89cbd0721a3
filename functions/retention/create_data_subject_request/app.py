"""POST /api/v1/data_subject_requests: export or erase all that is kept of a person.

Worked in the background, over leads, simulations, inquiries, processes and their files. What the law wants kept stays
until its term is over; a legal hold holds an erasure back (LGPD arts. 16 and 18).
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.requests import CreateSubjectRequest
from lastro.retention.views import SubjectRequestAnswer
from lastro.retention.wiring import open_requests

requests = open_requests()


@endpoint(status=HTTPStatus.ACCEPTED)
def handler(request: CreateSubjectRequest, caller: Caller) -> SubjectRequestAnswer:
    return requests.create(request, caller)
