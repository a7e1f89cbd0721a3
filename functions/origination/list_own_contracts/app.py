"""GET /api/v1/portal/contracts: the contracts that one signed, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.origination.contracts.own.requests import ListOwnContracts
from lastro.origination.contracts.own.views import OwnContractList
from lastro.origination.contracts.wiring import open_own_contracts

contracts = open_own_contracts()


@endpoint(people=True)
def handler(request: ListOwnContracts, caller: Caller) -> OwnContractList:
    return contracts.list_page(request, caller)
