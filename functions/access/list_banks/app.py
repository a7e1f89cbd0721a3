"""GET /api/v1/banks: every bank Lastro can ask, with the credentials each needs."""

from lastro.access.service import list_banks
from lastro.access.views import BankList
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(_caller: Caller) -> BankList:
    return list_banks()
