"""PATCH /api/v1/boletos/{boleto_id}: change what is sent of a boleto: dispute, renegotiate, cancel or correct it."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.boletos.requests import UpdateBoleto
from lastro.negativations.boletos.views import BoletoAnswer
from lastro.negativations.wiring import open_boletos

boletos = open_boletos()


@endpoint()
def handler(request: UpdateBoleto, caller: Caller) -> BoletoAnswer:
    return boletos.update(request, caller)
