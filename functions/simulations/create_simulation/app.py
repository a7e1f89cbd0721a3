"""POST /api/v1/banks_api/simulations: price a purchase at every bank."""

from __future__ import annotations

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.requests import CreateSimulation
from lastro.simulations.results.views import SimulationAnswer
from lastro.simulations.wiring import open_service

service = open_service()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateSimulation, caller: Caller) -> Annotated[str, SimulationAnswer]:
    return service.create(request, caller)
