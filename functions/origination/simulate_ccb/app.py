"""POST /api/external/v2/ccb/simulation: price a credit in the legacy shape.

Every number of the answer is a text. The IOF takes equal shares of principal, days beyond the first month bear simple
interest, and the annual CET compounds the rounded monthly one: the legacy engine's conventions.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.quotes.legacy_requests import SimulateCcb
from lastro.origination.quotes.legacy_views import LegacySimulation
from lastro.origination.quotes.wiring import open_legacy_simulations

legacy_simulations = open_legacy_simulations()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: SimulateCcb, caller: Caller) -> LegacySimulation:
    return legacy_simulations.simulate(request, caller)
