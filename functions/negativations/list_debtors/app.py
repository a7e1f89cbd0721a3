"""GET /api/v1/debtors: the partner's debtors, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.debtors.requests import ListDebtors
from lastro.negativations.debtors.views import DebtorList
from lastro.negativations.wiring import open_debtors

debtors = open_debtors()


@endpoint()
def handler(request: ListDebtors, caller: Caller) -> DebtorList:
    return debtors.list_page(request, caller)
