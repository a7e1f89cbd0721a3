"""Collection parameters in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table
from lastro.kernel.calendar import read_moment
from lastro.negativations.collection.model import Action, Parameters, Step
from lastro.negativations.law.calendars import COUNTRY, PlaceCalendar

_SCHEMA = 1


class ParametersStore:
    """What each branch of each partner does about boletos that are not paid."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, branch_id: int) -> Parameters | None:
        item = self._table.get(keys.collection(partner_id, branch_id))
        return _to_parameters(item) if item else None

    def place_of(self, partner_id: str, branch_id: int) -> PlaceCalendar:
        """The calendar of a branch; the country's where it did not say where it works."""
        found = self.find(partner_id, branch_id)
        return found.place if found else COUNTRY

    def list_of_partner(self, partner_id: str) -> list[Parameters]:
        """In order of branches; a partner has two hundred at most."""
        pk = keys.collection(partner_id, 0).pk
        return [_to_parameters(item) for item in self._table.query(pk, prefix=keys.COLLECTION_PREFIX)]

    def list_enabled(self) -> Iterator[tuple[str, int]]:
        """(partner, branch) of every enabled collection."""
        for item in self._table.query(keys.enabled_collection_index()["open_pk"], index=OPEN):
            partner_id, _, branch = item["open_sk"].rpartition("#")
            yield partner_id, int(branch)

    def put(self, parameters: Parameters) -> bool:
        """Put parameters in the place of the version before them; false when that is no longer there."""
        where = {"version": parameters.version - 1} if parameters.version > 1 else {"PK": ABSENT}
        at = keys.collection(parameters.partner_id, parameters.branch_id)
        return self._table.commit([Put(at, _parameters_item(parameters), where)])


def _parameters_item(parameters: Parameters) -> Item:
    item = {name: getattr(parameters, name) for name in Parameters.__dataclass_fields__}
    item |= {
        "steps": [[step.number, step.days_overdue, step.action.value] for step in parameters.steps],
        "yearly": list(parameters.yearly),
        "single": [day.isoformat() for day in parameters.single],
    }
    if parameters.enabled:
        item |= keys.enabled_collection_index(parameters.partner_id, parameters.branch_id)
    return {"entity": "collection", "schema": _SCHEMA, **item}


def _to_parameters(item: Item) -> Parameters:
    known = {name: item[name] for name in Parameters.__dataclass_fields__}
    return Parameters(
        **{
            **known,
            "steps": tuple(Step(number, days, Action(action)) for number, days, action in item["steps"]),
            "yearly": tuple(item["yearly"]),
            "single": tuple(map(date.fromisoformat, item["single"])),
            "updated_at": read_moment(item["updated_at"]),
        }
    )
