"""POST /api/v1/bureau_inquiries: ask a bureau about a client, a lead, a prospect or any document.

A document asked within the partner's interval answers what is stored, with an alert, unless forced. With
``Prefer: respond-async``, or when the bureau cannot answer now, 202: the inquiry ends in the background.
"""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import Reply, endpoint
from lastro.bureaus.orders.requests import CreateInquiry
from lastro.bureaus.orders.wiring import open_orders
from lastro.kernel.callers.caller import Boundary, Caller

orders = open_orders()


@endpoint(status=HTTPStatus.CREATED, also=(HTTPStatus.ACCEPTED,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateInquiry, caller: Caller) -> Annotated[Reply, "lastro.bureaus.inquiries.views.InquiryAnswer"]:
    answer = orders.create(request, caller)
    status = HTTPStatus.CREATED if answer.ended else HTTPStatus.ACCEPTED
    # RFC 7240 §3: said only when it was: what is stored, or has ended, is answered at once.
    applied = request.wants_no_wait and not answer.ended
    preference = {"Preference-Applied": "respond-async"} if applied else {}
    return Reply(answer.text, status, {"Location": answer.path, **preference})
