"""POST /api/v1/boletos: keep a debt; the partner's own id is one boleto."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.boletos.requests import CreateBoleto
from lastro.negativations.boletos.views import BoletoAnswer
from lastro.negativations.wiring import open_boletos

boletos = open_boletos()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateBoleto, caller: Caller) -> BoletoAnswer:
    return boletos.create(request, caller)
