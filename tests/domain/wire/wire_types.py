"""Every field type, read as the entrypoint reads it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from lastro.wire.amounts import Cents, Flag, Percent, Reais, WrittenFlag
from lastro.wire.days import Day, PastDay
from lastro.wire.identifiers import Code, Number, OwnId, PathOwnId, Uuid
from lastro.wire.pages import Cursor, Page, PerPage
from lastro.wire.persons.accounts import AccountNumber, Agency, BankCode, FebrabanCode, PixKey
from lastro.wire.persons.documents import CnpjText, CpfText, DocumentText, PathDocument
from lastro.wire.persons.emails import Email
from lastro.wire.persons.phones import MobilePhone, Phone, ServicePhone
from lastro.wire.persons.places import State, ZipCode
from lastro.wire.text import HouseNumber, LongText, PersonName, ShortText, Text
from lastro.wire.things.addresses import Url

TYPES: dict[str, TypeAdapter[Any]] = {
    "AccountNumber": TypeAdapter(AccountNumber),
    "Agency": TypeAdapter(Agency),
    "BankCode": TypeAdapter(BankCode),
    "Cents": TypeAdapter(Cents),
    "CnpjText": TypeAdapter(CnpjText),
    "Code": TypeAdapter(Code),
    "CpfText": TypeAdapter(CpfText),
    "Cursor": TypeAdapter(Cursor),
    "Day": TypeAdapter(Day),
    "DocumentText": TypeAdapter(DocumentText),
    "Email": TypeAdapter(Email),
    "FebrabanCode": TypeAdapter(FebrabanCode),
    "Flag": TypeAdapter(Flag),
    "HouseNumber": TypeAdapter(HouseNumber),
    "LongText": TypeAdapter(LongText),
    "MobilePhone": TypeAdapter(MobilePhone),
    "Number": TypeAdapter(Number),
    "OwnId": TypeAdapter(OwnId),
    "Page": TypeAdapter(Page),
    "PastDay": TypeAdapter(PastDay),
    "PathDocument": TypeAdapter(PathDocument),
    "PathOwnId": TypeAdapter(PathOwnId),
    "PerPage": TypeAdapter(PerPage),
    "Percent": TypeAdapter(Percent),
    "PersonName": TypeAdapter(PersonName),
    "Phone": TypeAdapter(Phone),
    "PixKey": TypeAdapter(PixKey),
    "Reais": TypeAdapter(Reais),
    "ServicePhone": TypeAdapter(ServicePhone),
    "ShortText": TypeAdapter(ShortText),
    "State": TypeAdapter(State),
    "Text": TypeAdapter(Text),
    "Url": TypeAdapter(Url),
    "Uuid": TypeAdapter(Uuid),
    "WrittenFlag": TypeAdapter(WrittenFlag),
    "ZipCode": TypeAdapter(ZipCode),
}


def read(name: str, value: Any) -> Any:
    """What the type makes of a value. Raises ``ValidationError``."""
    return TYPES[name].validate_python(value)


def rule_of(name: str, value: Any) -> str | None:
    """The rule that refuses a value, ``None`` for one that is taken."""
    try:
        read(name, value)
    except ValidationError as error:
        return str(error.errors()[0]["type"])
    return None
