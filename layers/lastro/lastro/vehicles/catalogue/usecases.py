"""Reading a partner's catalogue of models."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.vehicles.catalogue.model import Catalogue, VehicleModel
from lastro.vehicles.catalogue.requests import ListModels, SearchModel
from lastro.vehicles.catalogue.views import CatalogueModelAnswer, CatalogueModelList, show_model
from lastro.vehicles.errors import MODEL_NOT_FOUND, YEARS_APART

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.store import CatalogueStore


@dataclass(frozen=True)
class Models:
    """What a partner's table of vehicle models says."""

    store: CatalogueStore

    def list(self, request: ListModels, caller: Caller) -> CatalogueModelList:
        """A page of the models that agree with every filter, those that left the table included."""
        found = _matching(self.store.find(caller.partner_id).catalogue, request)
        start = (request.page - 1) * request.per_page
        page = islice(found, start, start + request.per_page)
        return CatalogueModelList(vehicle_models=[show_model(model) for model in page])

    def search(self, request: SearchModel, caller: Caller) -> CatalogueModelAnswer:
        """The model that holds most of what was asked.

        Raises ``NotFound`` ``vehicle_model_not_found``, and ``InvalidInput`` for years that no vehicle has together.
        """
        made, year = request.manufacture_year, request.model_year
        if made is not None and year is not None and year - made not in (0, 1):
            raise InvalidInput([YEARS_APART.at("model_year")])
        index = self.store.find(caller.partner_id)
        found = index.find_best(request.q, year, made)
        if found is None:
            raise MODEL_NOT_FOUND()
        return CatalogueModelAnswer(vehicle_model=show_model(found))


def _matching(catalogue: Catalogue, wanted: ListModels) -> Iterator[VehicleModel]:
    for model in catalogue.models:
        listed = model.listed
        if wanted.molicar_code not in (None, listed.molicar_code) or wanted.fipe_code not in (None, listed.fipe_code):
            continue
        since, until = wanted.year_start_less_than_or_equal_to, wanted.year_end_greater_than_or_equal_to
        if (since is None or listed.year_start <= since) and (until is None or listed.year_end >= until):
            yield model
