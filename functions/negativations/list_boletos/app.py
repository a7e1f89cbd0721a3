"""GET /api/v1/boletos: boletos, newest first, of a debtor, a branch or a status."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.boletos.requests import ListBoletos
from lastro.negativations.boletos.views import BoletoList
from lastro.negativations.wiring import open_boletos

boletos = open_boletos()


@endpoint()
def handler(request: ListBoletos, caller: Caller) -> BoletoList:
    return boletos.list_page(request, caller)
