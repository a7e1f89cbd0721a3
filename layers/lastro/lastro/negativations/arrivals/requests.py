"""What a partner sends about what bureaus told and belongs to no listing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from lastro.kernel.errors import FieldError
from lastro.negativations.errors import ARRIVAL_LISTING_MISSING
from lastro.negativations.listings.requests import ListingId, Person
from lastro.wire.amounts import WrittenFlag
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage, read_cursor
from lastro.wire.requests import Request
from lastro.wire.rule import Read, is_empty
from lastro.wire.text import Line

ArrivalId = Annotated[
    Annotated[str, Read(read_cursor, {"type": "string", "pattern": "^[0-9A-Za-z_:.#-]{1,200}$"})],
    Field(description="id of an arrival, as the list shows it", examples=["MjAyNi0xMS0wM1QxMjowMDowMC4wMDBaIzE"]),
]


class ListArrivals(Request):
    """Query of ``GET /api/v1/bureau_arrivals``."""

    seen: Annotated[
        WrittenFlag | None,
        Field(description="true: those that a person joined or dismissed; false or left out: the others"),
    ] = None
    cursor: Cursor = None
    per_page: PerPage = 25


class SentResolution(WireObject):
    """What a person says of an arrival."""

    action: Annotated[
        Literal["join", "dismiss"], Field(description="It is of a listing, or of none", examples=["dismiss"])
    ]
    negativation_id: Annotated[ListingId | None, Field(description="The listing; wanted to join")] = None
    reason: Annotated[str, Line(500), Field(description="Why", examples=["Registro de outro sistema da empresa"])]
    resolved_by: Annotated[Person, Field(description="Who says so, as the partner names them", examples=["ana.souza"])]


class ResolveArrival(Request):
    """Path and body of ``POST /api/v1/bureau_arrivals/{arrival_id}/resolution``."""

    arrival_id: ArrivalId
    resolution: SentResolution

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """What is joined names its listing."""
        sent = raw.get("resolution")
        if not isinstance(sent, dict) or sent.get("action") != "join" or not is_empty(sent.get("negativation_id")):
            return []
        return [ARRIVAL_LISTING_MISSING.at("resolution.negativation_id")]
