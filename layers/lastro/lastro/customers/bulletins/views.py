"""What is read of the board, by the partner's staff and by the people of the portal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from lastro.customers.bulletins.model import (
    Audience,
    Bulletin,
    BulletinKind,
    BulletinState,
    OfDevelopments,
    OfGroups,
    OfUnits,
)
from lastro.customers.portal.fields import Kind, Moment, NoMoment, View
from lastro.customers.portal.people.views import UnitView, view_unit
from lastro.kernel.calendar import format_moment

_Id = Annotated[int, Field(description="Number of the bulletin", examples=[1])]
_Title = Annotated[str, Field(description="Title", examples=["Assembleia de condomínio"])]
_Paragraphs = Annotated[list[str], Field(description="The text", examples=[["A assembleia é no dia 10, às 19 horas."]])]
_First = Annotated[str, Field(description="First day in São Paulo", examples=["2026-12-01"])]
_Last = Annotated[str | None, Field(description="Last day, still shown; null: no end", examples=["2026-12-10"])]
_KindOf = Annotated[BulletinKind, Field(description="Whom it is for", examples=["diversos"])]
_Next = Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


class BulletinView(View):
    """A bulletin as the partner's staff reads it."""

    id: _Id
    kind: _KindOf
    developments: Annotated[
        list[str], Field(description="Of kind empreendimento: whose queues", examples=[["Residencial Exemplo"]])
    ]
    units: Annotated[list[UnitView], Field(description="Of kind unidade: whose units")]
    groups: Annotated[list[Kind], Field(description="Of kind grupo: which people", examples=[["prospect"]])]
    title: _Title
    paragraphs: _Paragraphs
    starts_on: _First
    ends_on: _Last
    state: Annotated[BulletinState, Field(description="Where it is today in São Paulo", examples=["published"])]
    created_at: Moment
    updated_at: Moment
    withdrawn_at: NoMoment


class BulletinAnswer(View):
    """Envelope of one bulletin."""

    bulletin: BulletinView


class BulletinList(View):
    """A page of bulletins, newest first."""

    bulletins: Annotated[list[BulletinView], Field(description="Bulletins of this page")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=["25"])]


class ReceiptView(View):
    """That a person read a bulletin, and when for the first time."""

    person_id: Annotated[
        str, Field(description="UUID of a person of the portal", examples=["5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"])
    ]
    read_at: Moment


class ReceiptList(View):
    """A page of receipts, newest first."""

    receipts: Annotated[list[ReceiptView], Field(description="Receipts of this page")]
    next_cursor: _Next


class OwnBulletinRow(View):
    """A bulletin in a person's list; reading it opens its text."""

    id: _Id
    kind: _KindOf
    title: _Title
    starts_on: _First
    ends_on: _Last
    read_at: NoMoment


class OwnBulletinView(OwnBulletinRow):
    """A bulletin as a person reads it."""

    paragraphs: _Paragraphs


class OwnBulletinAnswer(View):
    """Envelope of one bulletin of a person's."""

    bulletin: OwnBulletinView


class OwnBulletinList(View):
    """A page of the bulletins that reach a person today, newest first."""

    bulletins: Annotated[list[OwnBulletinRow], Field(description="Bulletins of this page")]
    next_cursor: _Next


class UnreadView(View):
    """What a person has not read of the bulletins that reach it today."""

    published: Annotated[int, Field(description="Bulletins that reach the person today", examples=[5])]
    unread: Annotated[int, Field(description="How many of them it did not read", examples=[2])]


class UnreadAnswer(View):
    """Envelope of the count."""

    unread_bulletins: UnreadView


def show_bulletin(bulletin: Bulletin, today: date) -> BulletinAnswer:
    return BulletinAnswer(bulletin=view_bulletin(bulletin, today))


def view_bulletin(bulletin: Bulletin, today: date) -> BulletinView:
    period, audience = bulletin.period, bulletin.audience
    return BulletinView(
        id=bulletin.id,
        kind=audience.kind,
        developments=list(audience.names) if isinstance(audience, OfDevelopments) else [],
        units=[view_unit(each) for each in audience.units] if isinstance(audience, OfUnits) else [],
        groups=_groups(audience),
        title=bulletin.title,
        paragraphs=list(bulletin.paragraphs),
        starts_on=period.first.isoformat(),
        ends_on=period.last.isoformat() if period.last else None,
        state=bulletin.state(today),
        created_at=format_moment(bulletin.created_at),
        updated_at=format_moment(bulletin.updated_at),
        withdrawn_at=format_moment(bulletin.withdrawn_at),
    )


def _groups(audience: Audience) -> list[Kind]:
    return list(audience.groups) if isinstance(audience, OfGroups) else []


def view_row(bulletin: Bulletin, read_at: datetime | None) -> OwnBulletinRow:
    return OwnBulletinRow(
        id=bulletin.id,
        kind=bulletin.audience.kind,
        title=bulletin.title,
        starts_on=bulletin.period.first.isoformat(),
        ends_on=bulletin.period.last.isoformat() if bulletin.period.last else None,
        read_at=format_moment(read_at),
    )


def show_own_bulletin(bulletin: Bulletin, read_at: datetime) -> OwnBulletinAnswer:
    row = view_row(bulletin, read_at)
    return OwnBulletinAnswer(bulletin=OwnBulletinView(**row.model_dump(), paragraphs=list(bulletin.paragraphs)))
