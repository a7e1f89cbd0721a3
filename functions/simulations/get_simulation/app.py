"""GET /api/v1/banks_api/simulations/{uuid}: a simulation as far as it got."""

from __future__ import annotations

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.results.requests import GetSimulation
from lastro.simulations.results.views import SimulationAnswer
from lastro.simulations.wiring import open_reading

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: GetSimulation, caller: Caller) -> Annotated[str, SimulationAnswer]:
    return reading.read(request, caller)
