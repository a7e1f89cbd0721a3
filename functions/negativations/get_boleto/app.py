"""GET /api/v1/boletos/{boleto_id}: one boleto with its payments."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.boletos.requests import FindBoleto
from lastro.negativations.boletos.views import BoletoAnswer
from lastro.negativations.wiring import open_boletos

boletos = open_boletos()


@endpoint()
def handler(request: FindBoleto, caller: Caller) -> BoletoAnswer:
    return boletos.show(request, caller)
