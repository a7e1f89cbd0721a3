"""GET /api/v1/proposal_simulations: the store's simulations, page by page."""

from __future__ import annotations

from lastro.aws.http import endpoint
from lastro.kernel.caller import Boundary, Caller
from lastro.simulations.reading_requests import ListSimulations
from lastro.simulations.views import SimulationList
from lastro.simulations.wiring import open_reading

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListSimulations, caller: Caller) -> SimulationList:
    return reading.list_page(request, caller)
