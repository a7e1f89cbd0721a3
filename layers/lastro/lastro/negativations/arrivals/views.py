"""What a partner reads of what bureaus told and belongs to no listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.documents import parse_document
from lastro.negativations.fields import Moment, View

SHOWN = 8_000
"""Characters of what nobody could read: a page of a hundred stays within an answer of Lambda's."""


class ResolutionView(View):
    """What a person said of an arrival."""

    action: Annotated[str, Field(description="join or dismiss", examples=["dismiss"])]
    negativation_id: Annotated[str | None, Field(description="The listing that it was joined to", examples=[None])]
    reason: Annotated[str, Field(description="Why", examples=["Registro de outro sistema da empresa"])]
    resolved_by: Annotated[str, Field(description="Who said so", examples=["ana.souza"])]
    resolved_at: Moment


class ArrivalView(View):
    """A message without a listing, a record that nobody here asked for, or a message that nobody could read."""

    id: Annotated[str, Field(description="Names it in calls", examples=["MjAyNi0xMS0wM1QxMjowMDowMC4wMDBaIzE"])]
    kind: Annotated[str, Field(description="message, record or unreadable", examples=["message"])]
    bureau: Annotated[
        str | None, Field(description="Bureau and environment; null of a record", examples=["serasa.production"])
    ]
    integration_id: Annotated[int | None, Field(description="Of a record: through which it was read", examples=[3])]
    received_at: Moment
    standing: Annotated[
        str | None, Field(description="What the bureau says of it; null: unreadable", examples=["included"])
    ]
    document: Annotated[str | None, Field(description="CPF or CNPJ, as it was told", examples=["529.982.247-25"])]
    contract: Annotated[str | None, Field(description="Contract, as it was told", examples=["2024-000123"])]
    code: Annotated[str | None, Field(description="The bureau's code, where it refused", examples=[None])]
    body: Annotated[
        str | None, Field(description="What could not be read, its first 8,000 characters", examples=[None])
    ]
    resolution: Annotated[
        ResolutionView | None, Field(description="What a person said of it; null while nobody has", examples=[None])
    ]


class ArrivalList(View):
    """Arrivals that nobody has seen to, or those that a person has, newest first."""

    data: Annotated[list[ArrivalView], Field(description="Arrivals of this page")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


class ArrivalAnswer(View):
    """Envelope of one arrival."""

    data: ArrivalView


def view_arrival(item: Mapping[str, Any]) -> ArrivalView:
    told = item.get("told") or {}
    document = str(told.get("debtor") or item.get("document") or "")
    kind = "record" if item["entity"] == "foreign_record" else "message" if told else "unreadable"
    received_at = item["received_at"] if "received_at" in item else item["by_owner_sk"].partition("#")[0]
    return ArrivalView(
        id=spell_cursor(item["by_owner_sk"], ""),
        kind=kind,
        bureau=item.get("bureau"),
        integration_id=item.get("integration_id"),
        received_at=format_moment(read_moment(received_at)),
        standing=told.get("standing") or item.get("standing"),
        document=_formatted(document),
        contract=told.get("contract") or item.get("contract"),
        code=told.get("code"),
        body=item["body"][:SHOWN] if "body" in item else None,
        resolution=_view_resolution(item),
    )


def _view_resolution(item: Mapping[str, Any]) -> ResolutionView | None:
    said = item.get("resolution")
    if not said:
        return None
    return ResolutionView(
        action=said["action"],
        negativation_id=item.get("listing_id"),
        reason=said["reason"],
        resolved_by=said["by"],
        resolved_at=said["at"],
    )


def _formatted(document: str) -> str | None:
    """With its marks, where it is a document: a bureau may tell one without the zeros on its left."""
    for spelled in (document.zfill(11), document.zfill(14)):
        try:
            return parse_document(spelled).formatted
        except ValueError:
            continue
    return document or None
