"""GET /api/v1/portal/contracts/{customer_service_number}: a private address of a contract that one signed."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.origination.contracts.own.requests import GetOwnContract
from lastro.origination.contracts.own.views import OwnContractAnswer
from lastro.origination.contracts.wiring import open_own_contract_files

contracts = open_own_contract_files()


@endpoint(people=True)
def handler(request: GetOwnContract, caller: Caller) -> OwnContractAnswer:
    return contracts.give(request, caller)
