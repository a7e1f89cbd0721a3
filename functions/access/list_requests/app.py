"""GET /api/v1/requests: the partner's own requests, newest first.

Kept for ninety days and shown within a minute or so; at most seven days a page. Neither paths nor bodies are kept: they
hold documents. Who is bound to stores, a panel or reading, and a token, see their own requests alone.
"""

from __future__ import annotations

from lastro.access.calls.requests import ListRequests
from lastro.access.calls.views import RequestList
from lastro.access.wiring import open_request_log
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

request_log = open_request_log()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListRequests, caller: Caller) -> RequestList:
    return request_log.list_page(request, caller)
