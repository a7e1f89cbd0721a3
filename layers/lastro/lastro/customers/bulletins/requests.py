"""What the partner sends about its board, and what a person of the portal asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from lastro.customers.bulletins.errors import AUDIENCE_MISSING, AUDIENCE_UNWANTED, ENDS_BEFORE_START
from lastro.customers.bulletins.model import (
    MOST_NAMED,
    Audience,
    BulletinKind,
    Everybody,
    OfDevelopments,
    OfGroups,
    OfUnits,
)
from lastro.customers.portal.fields import Kind
from lastro.customers.portal.people.model import PersonKind, Unit
from lastro.customers.portal.people.requests import SentUnit
from lastro.kernel.errors import FieldError
from lastro.wire.days import Day
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Line, Text

BulletinId = Annotated[Number, Field(description="Number of the bulletin", examples=[1])]
_NAMED: Mapping[BulletinKind, str] = {
    BulletinKind.DEVELOPMENT: "developments",
    BulletinKind.UNIT: "units",
    BulletinKind.GROUP: "groups",
}


class SentBulletin(WireObject):
    """A bulletin, whom it is for and on which days."""

    kind: Annotated[
        BulletinKind,
        Field(
            description="Whom it is for: everybody with access to the portal (diversos), or those that the field of its"
            " kind names: developments, units or groups",
            examples=["diversos"],
        ),
    ]
    developments: Annotated[
        list[Text],
        Field(
            max_length=MOST_NAMED,
            description="Of kind empreendimento: who has a unit in the queue of one of these",
            examples=[["Residencial Exemplo"]],
        ),
    ] = Field(default_factory=list)
    units: Annotated[
        list[SentUnit], Field(max_length=MOST_NAMED, description="Of kind unidade: whose unit is one of these")
    ] = Field(default_factory=list)
    groups: Annotated[
        list[Kind],
        Field(
            max_length=len(PersonKind),
            description="Of kind grupo: who is one of these to the partner",
            examples=[["prospect", "building_manager"]],
        ),
    ] = Field(default_factory=list)
    title: Annotated[Text, Field(description="Title", examples=["Assembleia de condomínio"])]
    paragraphs: Annotated[
        list[Annotated[str, Line(1000)]],
        Field(
            min_length=1, max_length=20, description="The text", examples=[["A assembleia é no dia 10, às 19 horas."]]
        ),
    ]
    starts_on: Annotated[
        Day | None, Field(description="First day in São Paulo; absent: today", examples=["2026-12-01"])
    ] = None
    ends_on: Annotated[
        Day | None, Field(description="Last day, still shown; absent: no end", examples=["2026-12-10"])
    ] = None

    def to_audience(self) -> Audience:
        match self.kind:
            case BulletinKind.MISCELLANEOUS:
                return Everybody()
            case BulletinKind.DEVELOPMENT:
                return OfDevelopments(tuple(dict.fromkeys(self.developments)))
            case BulletinKind.UNIT:
                return OfUnits(tuple(dict.fromkeys(Unit(each.development, each.unit) for each in self.units)))
            case BulletinKind.GROUP:
                return OfGroups(tuple(dict.fromkeys(self.groups)))

    def find_faults(self) -> list[FieldError]:
        """Each kind has its own audience and none of another; a period ends no sooner than it starts."""
        own = _NAMED.get(self.kind)
        faults = [
            AUDIENCE_UNWANTED.at(f"bulletin.{name}", kind=kind.value)
            for kind, name in _NAMED.items()
            if name != own and getattr(self, name)
        ]
        if own is not None and not getattr(self, own):
            faults.append(AUDIENCE_MISSING.at(f"bulletin.{own}"))
        if self.ends_on is not None and self.starts_on is not None and self.ends_on < self.starts_on:
            faults.append(ENDS_BEFORE_START.at("bulletin.ends_on"))
        return faults


class CreateBulletin(Request):
    """Body of ``POST /api/v1/bulletins``."""

    bulletin: SentBulletin
    idempotency_key: IdempotencyKey = None


class ReplaceBulletin(Request):
    """Path and body of ``PUT /api/v1/bulletins/{bulletin_id}``."""

    bulletin_id: BulletinId
    bulletin: SentBulletin


class NameBulletin(Request):
    """Path of the calls about one bulletin; no body."""

    body_optional: ClassVar[bool] = True

    bulletin_id: BulletinId


class ListBulletins(Request):
    """Query of ``GET /api/v1/bulletins``."""

    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: PerPage = 25


class ListReceipts(Request):
    """Path and query of ``GET /api/v1/bulletins/{bulletin_id}/receipts``."""

    bulletin_id: BulletinId
    cursor: Cursor = None
    per_page: PerPage = 25


class ListOwnBulletins(Request):
    """Query of ``GET /api/v1/portal/bulletins``."""

    cursor: Cursor = None
    per_page: PerPage = 25
