"""What a partner sends about its stores. Unknown fields are ignored, as the vendor does."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from lastro.access.errors import TWO_FORMS
from lastro.access.requests import StoreId
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import Flag
from lastro.wire.identifiers import IdempotencyKey
from lastro.wire.objects import WireObject, spellings
from lastro.wire.persons.documents import CnpjText
from lastro.wire.persons.places import State
from lastro.wire.requests import Request
from lastro.wire.rule import is_empty
from lastro.wire.text import Line

_Name = Annotated[str, Line(120)]


class NewStore(WireObject):
    """A point of sale. Its banks are linked by ``persist_cnpj_bank_credentials``, here or later."""

    name: Annotated[_Name, Field(description="Name of the store", examples=["Loja Norte"])]
    display_name: Annotated[
        _Name | None, Field(description="Name on screens; absent: the name", examples=["Norte"])
    ] = None
    cnpj: Annotated[CnpjText, Field(description="CNPJ of the store", examples=["11.222.333/0001-81"])]
    uf: Annotated[State | None, Field(description="State, two letters", examples=["SP"])] = None
    city: Annotated[_Name | None, Field(description="City", examples=["São Paulo"])] = None
    new_vehicle_sales: Annotated[Flag, Field(description="It sells new vehicles", examples=[True])] = True
    used_vehicle_sales: Annotated[Flag, Field(description="It sells used vehicles", examples=[True])] = True
    publish: Annotated[Flag, Field(description="It may be shown to the public", examples=[False])] = False
    active: Annotated[Flag, Field(description="It takes simulations and proposals", examples=[True])] = True
    links_banks: Annotated[
        Flag,
        Field(
            alias="_persist_cnpj_bank_credentials",
            description="Link every bank, as GET persist_cnpj_bank_credentials does",
            examples=[True],
        ),
    ] = False


_OF_A_STORE = frozenset({"name", "cnpj", "display_name"})


class CreateStore(Request):
    """Body of ``POST /api/v1/stores``: the store, or its fields themselves."""

    store: NewStore
    idempotency_key: IdempotencyKey = None

    @model_validator(mode="before")
    @classmethod
    def _take_bare(cls, data: Any) -> Any:
        """One client of the vendor wraps the fields, another does not."""
        if not isinstance(data, dict) or not is_empty(data.get("store")) or not _OF_A_STORE & data.keys():
            return data
        header = {name: data[name] for name in ("idempotency_key",) if name in data}
        return {**header, "store": {name: value for name, value in data.items() if name not in {*header, "store"}}}

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """The fields stand in one place."""
        if is_empty(raw.get("store")):
            return []
        return [TWO_FORMS.at(name) for name in spellings(NewStore) if not is_empty(raw.get(name))]


class FindStore(Request):
    """Path of a store."""

    store_id: StoreId


class ListSellers(Request):
    """Query of ``GET /api/v1/users/proposals_filter_list``."""

    store_id: Annotated[StoreId | None, Field(description="Who sells in this store; absent: in that of Store-Id")] = (
        None
    )
