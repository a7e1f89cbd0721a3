"""POST /api/v1/portal/logins: ask for a code by e-mail or text message.

The answer is the same whether somebody is at the address or not. A further login at the same address ends the code of
the one before.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.requests import AskCode
from lastro.customers.portal.logins.views import LoginAnswer
from lastro.customers.portal.logins.wiring import open_asking
from lastro.kernel.callers.caller import Source

asking = open_asking()


@endpoint(status=HTTPStatus.ACCEPTED, public=True)
def handler(request: AskCode, source: Source) -> LoginAnswer:
    return asking.ask(request, source)
