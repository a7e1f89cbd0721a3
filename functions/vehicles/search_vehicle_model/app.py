"""GET /api/v1/vehicle_models/search: the model of the catalogue that somebody means."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.catalogue.requests import SearchModel
from lastro.vehicles.catalogue.views import CatalogueModelAnswer
from lastro.vehicles.wiring import open_models

models = open_models()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: SearchModel, caller: Caller) -> CatalogueModelAnswer:
    return models.search(request, caller)
