"""POST /api/v1/debtors: keep who owes; a CPF or CNPJ is one debtor."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.debtors.requests import CreateDebtor
from lastro.negativations.debtors.views import DebtorAnswer
from lastro.negativations.wiring import open_debtors

debtors = open_debtors()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateDebtor, caller: Caller) -> DebtorAnswer:
    return debtors.create(request, caller)
