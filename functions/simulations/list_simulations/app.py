"""GET /api/v1/proposal_simulations: the store's simulations, page by page."""

from __future__ import annotations

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.results.requests import ListSimulations
from lastro.simulations.results.views import SimulationList
from lastro.simulations.wiring import open_reading

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListSimulations, caller: Caller) -> SimulationList:
    return reading.list_page(request, caller)
