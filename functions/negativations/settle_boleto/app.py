"""POST /api/v1/boletos/{boleto_id}/settlement: record money that came, all of the debt or a part."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.boletos.requests import SettleBoleto
from lastro.negativations.boletos.views import BoletoAnswer
from lastro.negativations.wiring import open_boletos

boletos = open_boletos()


@endpoint()
def handler(request: SettleBoleto, caller: Caller) -> BoletoAnswer:
    return boletos.settle(request, caller)
