"""What is read of the log of changes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.portal.changes.model import Change, Way, mask, mask_name
from lastro.customers.portal.fields import Moment, View
from lastro.customers.portal.registration.model import RegistrationField
from lastro.kernel.calendar import format_moment


class FieldChangeView(View):
    """One field before and after."""

    field: Annotated[RegistrationField, Field(description="Which field", examples=["mobile"])]
    before: Annotated[str | None, Field(description="As it was; null: empty", examples=["+5511987654321"])]
    after: Annotated[str | None, Field(description="As it became; null: empty", examples=["+5511912345678"])]


class ChangeView(View):
    """What one person changed at once. Brokers and agencies read it masked."""

    id: Annotated[str, Field(description="UUID", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    at: Moment
    person_id: Annotated[
        str, Field(description="UUID of a person of the portal", examples=["5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"])
    ]
    name: Annotated[str, Field(description="Name after the change", examples=["Ana Exemplo"])]
    way: Annotated[Way, Field(description="The form, or the person's own data", examples=["form"])]
    fields: Annotated[list[FieldChangeView], Field(description="Fields that changed")]


class ChangeReport(View):
    """A page of changes, newest first."""

    start: Annotated[str, Field(description="First day of the period", examples=["2026-11-01"])]
    end: Annotated[str, Field(description="Last day of the period", examples=["2026-11-30"])]
    registration_changes: Annotated[list[ChangeView], Field(description="Changes of this page")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


class ChangeFile(View):
    """A private address of a file, good for a minute."""

    url: Annotated[str, Field(description="GET it without a key", examples=["https://files.example.com/a.xlsx"])]
    file_name: Annotated[
        str, Field(description="Name to save it under", examples=["alteracoes-20261101-20261130.xlsx"])
    ]
    expires_at: Moment


class ChangeFileAnswer(View):
    """Envelope of a file's address."""

    file: ChangeFile


def view_change(change: Change, *, plain: bool) -> ChangeView:
    fields = [
        FieldChangeView(field=each.field, before=each.before, after=each.after)
        if plain
        else FieldChangeView(field=each.field, before=mask(each.field, each.before), after=mask(each.field, each.after))
        for each in change.fields
    ]
    return ChangeView(
        id=change.id,
        at=format_moment(change.at),
        person_id=change.person_id,
        name=change.name if plain else mask_name(change.name),
        way=change.way,
        fields=fields,
    )
