"""GET /api/v1/vehicle_models: the partner's catalogue of vehicle models, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.catalogue.requests import ListModels
from lastro.vehicles.catalogue.views import CatalogueModelList
from lastro.vehicles.wiring import open_models

models = open_models()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListModels, caller: Caller) -> CatalogueModelList:
    return models.list(request, caller)
