"""A store's stock of vehicles: taking in, changing, taking out. Another store's vehicle is not found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.vehicles.errors import (
    KILOMETRES_OF_NEW,
    NO_SUCH_MODEL,
    TWO_STORES,
    VEHICLE_BUSY,
    VEHICLE_EXISTS,
    VEHICLE_NOT_FOUND,
    VEHICLE_REMOVED,
    YEAR_IN_FUTURE,
    YEAR_NOT_OF_MODEL,
    YEARS_APART,
)
from lastro.vehicles.stock.model import Description, StockChange, Vehicle, differences
from lastro.vehicles.stock.requests import (
    ChangedVehicle,
    CreateVehicle,
    FindByChassi,
    FindByPlate,
    FindVehicle,
    ListVehicles,
    RemoveFromStock,
    UpdateVehicle,
)
from lastro.vehicles.stock.views import StockHistory, StockVehicleAnswer, StockVehicleList, show_change, show_vehicle

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.model import ListedModel
    from lastro.vehicles.catalogue.store import CatalogueStore
    from lastro.vehicles.stock.store import StockStore

MOST_CHANGES = 1_000
"""Acts on a vehicle that its history shows, the first ones."""
_KILOMETRES = frozenset({"zero_km", "km_mileage"})
_YEARS = frozenset({"vehicle_model_id", "model_year"})


@dataclass(frozen=True)
class Stock:
    """Vehicles of the caller's store."""

    store: StockStore
    catalogue: CatalogueStore
    clock: Clock

    def create(self, request: CreateVehicle, caller: Caller) -> StockVehicleAnswer:
        """A vehicle for sale. The same request again gives the first answer again.

        Raises ``InvalidInput`` for an unknown model, years that contradict each other, its model or the calendar and
        kilometres of a new one, and
        ``Conflict`` ``vehicle_exists`` when one with the same plate, chassis or Renavam is for sale in this store.
        """
        store_id = _store_of(request.vehicle, caller)
        described = Description(**_said(request.vehicle))
        self._check(described, caller, _KILOMETRES | _YEARS)
        keyed = KeyedRequest.of(
            f"create_vehicle#{store_id}", request.idempotency_key, request.vehicle.model_dump_json()
        )

        def create_once() -> StockVehicleAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return StockVehicleAnswer.model_validate_json(first)
            self._refuse_second(store_id, described, 0)
            vehicle = Vehicle(self.store.reserve_id(), described, 1, now, now)
            answer = _answer(store_id, vehicle)
            change = _change(vehicle, "created", caller, now)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.put_new(store_id, vehicle, change, answered) else None

        return until_committed(create_once, VEHICLE_BUSY)

    def update(self, request: UpdateVehicle, caller: Caller) -> StockVehicleAnswer:
        """The vehicle with what was sent; what changes nothing makes no version.

        Raises as ``create`` does, ``NotFound``, and ``Conflict`` ``vehicle_removed`` for one that left the stock.
        """
        store_id = _store_of(request.vehicle, caller)
        said = _said(request.vehicle)

        def update_once() -> StockVehicleAnswer | None:
            before = self._find(store_id, request.vehicle_id)
            if before.removed_at is not None:
                raise VEHICLE_REMOVED()
            described = replace(before.described, **said)
            changes = differences(before.described, described)
            if not changes:
                return _answer(store_id, before)
            self._check(described, caller, changes)
            self._refuse_second(store_id, described, before.id)
            now = self.clock.now()
            after = replace(before, described=described, version=before.version + 1, updated_at=now)
            change = replace(_change(after, "updated", caller, now), changes=changes)
            return _answer(store_id, after) if self.store.replace(store_id, before, after, change) else None

        return until_committed(update_once, VEHICLE_BUSY)

    def remove(self, request: RemoveFromStock, caller: Caller) -> StockVehicleAnswer:
        """The vehicle out of the stock; again it is answered as it is. Raises ``NotFound``."""
        store_id = caller.store_id

        def remove_once() -> StockVehicleAnswer | None:
            before = self._find(store_id, request.vehicle_id)
            if before.removed_at is not None:
                return _answer(store_id, before)
            now = self.clock.now()
            after = replace(before, version=before.version + 1, updated_at=now, removed_at=now)
            change = _change(after, "removed_from_stock", caller, now)
            return _answer(store_id, after) if self.store.remove(store_id, after, change) else None

        return until_committed(remove_once, VEHICLE_BUSY)

    def find(self, request: FindVehicle, caller: Caller) -> StockVehicleAnswer:
        """One of the store's, for sale or not. Raises ``NotFound``."""
        return _answer(caller.store_id, self._find(caller.store_id, request.vehicle_id))

    def find_by_plate(self, request: FindByPlate, caller: Caller) -> StockVehicleAnswer:
        """The one for sale with a plate, of either form. Raises ``NotFound``."""
        return _found(caller.store_id, self.store.find_by_plate(caller.store_id, request.license_plate_code))

    def find_by_chassi(self, request: FindByChassi, caller: Caller) -> StockVehicleAnswer:
        """The one for sale with a chassis number. Raises ``NotFound``."""
        return _found(caller.store_id, self.store.find_by_chassi(caller.store_id, request.chassi_code))

    def list(self, request: ListVehicles, caller: Caller) -> StockVehicleList:
        """A page of what is for sale, in order of number."""
        store_id = caller.store_id
        found = self.store.list_after(store_id, request.after or 0, request.per_page)
        return StockVehicleList([show_vehicle(store_id, vehicle) for vehicle in found])

    def tell_history(self, request: FindVehicle, caller: Caller) -> StockHistory:
        """What was done to a vehicle. Raises ``NotFound``."""
        store_id = caller.store_id
        vehicle = self._find(store_id, request.vehicle_id)
        changes = self.store.list_changes(store_id, vehicle.id, MOST_CHANGES)
        return StockHistory(history=[show_change(change) for change in changes])

    def _find(self, store_id: int, vehicle_id: int) -> Vehicle:
        vehicle = self.store.find(store_id, vehicle_id)
        if vehicle is None:
            raise VEHICLE_NOT_FOUND()
        return vehicle

    def _check(self, described: Description, caller: Caller, changed: Collection[str]) -> None:
        """Kilometres of a new vehicle, and a model year that its model never had, are refused where one of the two is
        ``changed``: what was kept with both before is priced as ever.
        """
        errors: list[FieldError] = []
        models = self.catalogue.find(caller.partner_id).catalogue.models
        if not 1 <= described.vehicle_model_id <= len(models):
            errors.append(NO_SUCH_MODEL.at("vehicle.vehicle_model_id"))
        elif not _YEARS.isdisjoint(changed):
            errors += _years_of_model(described, models[described.vehicle_model_id - 1].listed)
        made, year = described.manufacture_year, described.model_year
        if made is not None and year is not None and year - made not in (0, 1):
            errors.append(YEARS_APART.at("vehicle.model_year"))
        this_year = local_date(self.clock.now()).year
        for name, value, latest in (("manufacture_year", made, this_year), ("model_year", year, this_year + 1)):
            if value is not None and value > latest:
                errors.append(YEAR_IN_FUTURE.at(f"vehicle.{name}"))
        if not _KILOMETRES.isdisjoint(changed) and described.zero_km and described.km_mileage:
            errors.append(KILOMETRES_OF_NEW.at("vehicle.km_mileage"))
        if errors:
            raise InvalidInput(errors)

    def _refuse_second(self, store_id: int, described: Description, vehicle_id: int) -> None:
        holder = self.store.find_holder(store_id, described, vehicle_id)
        if holder is not None:
            raise VEHICLE_EXISTS(vehicle=holder)


def _years_of_model(described: Description, model: ListedModel) -> list[FieldError]:
    year = described.model_year
    if year is None or model.year_start <= year <= model.year_end:
        return []
    return [YEAR_NOT_OF_MODEL.at("vehicle.model_year", first=model.year_start, last=model.year_end)]


def _store_of(sent: ChangedVehicle, caller: Caller) -> int:
    """Raises ``InvalidInput`` where body and header name two stores."""
    if sent.store_id is None:
        return caller.store_id
    if caller.chosen_store not in (None, sent.store_id):
        raise InvalidInput([TWO_STORES.at("vehicle.store_id")])
    return caller.own_store(sent.store_id)


def _said(sent: ChangedVehicle) -> Mapping[str, Any]:
    names = [each.name for each in fields(Description)]
    return {name: getattr(sent, name) for name in names if getattr(sent, name) is not None}


def _change(vehicle: Vehicle, act: str, caller: Caller, now: datetime) -> StockChange:
    return StockChange(vehicle.version, act, now, caller.principal)


def _answer(store_id: int, vehicle: Vehicle) -> StockVehicleAnswer:
    return StockVehicleAnswer(vehicle=show_vehicle(store_id, vehicle))


def _found(store_id: int, vehicle: Vehicle | None) -> StockVehicleAnswer:
    if vehicle is None:
        raise VEHICLE_NOT_FOUND()
    return _answer(store_id, vehicle)
