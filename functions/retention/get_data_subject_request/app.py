"""GET /api/v1/data_subject_requests/{request_id}: how far a data subject's request is, and its files."""

from __future__ import annotations

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.requests import FindSubjectRequest
from lastro.retention.views import SubjectRequestAnswer
from lastro.retention.wiring import open_reading

reading = open_reading()


@endpoint()
def handler(request: FindSubjectRequest, caller: Caller) -> SubjectRequestAnswer:
    return reading.show(request, caller)
