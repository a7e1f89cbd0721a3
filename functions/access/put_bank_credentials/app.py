"""PUT /api/v1/stores/{store_id}/bank_credentials/{bank_code}: hand in a store's credentials at a bank."""

from lastro.access.requests import PutBankCredentials
from lastro.access.views import BankCredentialAnswer
from lastro.access.wiring import open_bank_credentials
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

bank_credentials = open_bank_credentials()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: PutBankCredentials, caller: Caller) -> BankCredentialAnswer:
    return bank_credentials.put(request, caller)
