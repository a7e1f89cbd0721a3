"""POST /api/external/caas/simulation: price a credit.

Every figure follows from the product's rules, the IOF rates of the release date and calendar days. With
``only_simulation: false`` the offer is kept until ``valid_until`` and a proposal may refer to it by ``offer_id``. An
unknown product, or another partner's, answers 404; a product of another type and a value outside the product's bounds
answer 422 and say which.
"""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.quotes.requests import SimulateCredit
from lastro.origination.quotes.views import CreditSimulationAnswer
from lastro.origination.quotes.wiring import open_simulations

simulations = open_simulations()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_CAAS,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: SimulateCredit, caller: Caller) -> Annotated[str, CreditSimulationAnswer]:
    return simulations.simulate(request, caller)
