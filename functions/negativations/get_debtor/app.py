"""GET /api/v1/debtors/{debtor_id}: one debtor."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.debtors.requests import FindDebtor
from lastro.negativations.debtors.views import DebtorAnswer
from lastro.negativations.wiring import open_debtors

debtors = open_debtors()


@endpoint()
def handler(request: FindDebtor, caller: Caller) -> DebtorAnswer:
    return debtors.show(request, caller)
