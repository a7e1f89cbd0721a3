"""PATCH /api/v1/debtors/{debtor_id}: change what is sent of a debtor."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.debtors.requests import UpdateDebtor
from lastro.negativations.debtors.views import DebtorAnswer
from lastro.negativations.wiring import open_debtors

debtors = open_debtors()


@endpoint()
def handler(request: UpdateDebtor, caller: Caller) -> DebtorAnswer:
    return debtors.update(request, caller)
