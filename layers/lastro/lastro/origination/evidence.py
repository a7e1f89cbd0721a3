"""``logData``: where, when and with what a person acted (reference caas.md §3.4, §3.9)."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from lastro.calendar import format_moment
from lastro.origination.fields import MayBeEmpty, Words, read_text
from lastro.origination.inputs import read_number

_MAC = re.compile(r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")


def _read_moment(value: Any) -> str:
    found = read_text(value)
    try:
        moment = datetime.fromisoformat(found)
        if moment.tzinfo is None or len(found) < len("2019-08-21T14:31Z"):
            raise ValueError("a moment has a date, a time and a zone")
        return format_moment(moment)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("moment", "Send an ISO 8601 moment in UTC: 2019-08-21T14:31:17.459Z.") from error


def _read_address(value: Any) -> str:
    try:
        return str(ipaddress.ip_address(read_text(value)))
    except ValueError as error:
        raise PydanticCustomError("ip", "Send an IPv4 or IPv6 address.") from error


def _read_mac(value: Any) -> str:
    found = read_text(value)
    if not _MAC.fullmatch(found):
        raise PydanticCustomError("mac", "Send a MAC address: 00:00:00:00:00:00.")
    return found


Number = BeforeValidator(read_number)


class LogData(BaseModel):
    """The circumstances of an act."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    latitude: Annotated[Decimal, Field(ge=-90, le=90), Number, Field(description="Degrees", examples=[-16.6982])]
    longitude: Annotated[Decimal, Field(ge=-180, le=180), Number, Field(description="Degrees", examples=[-49.2581])]
    occurrence_date: Annotated[
        str,
        BeforeValidator(_read_moment),
        WithJsonSchema({"type": "string", "format": "date-time"}),
        Field(description="When it happened", examples=["2026-11-03T12:00:00.000Z"]),
    ]
    user_agent: Annotated[
        str,
        StringConstraints(min_length=1, max_length=1000),
        Words,
        Field(description="The person's browser or app", examples=["Mozilla/5.0"]),
    ]
    ip: Annotated[str, BeforeValidator(_read_address), Field(description="IPv4 or IPv6", examples=["203.0.113.10"])]
    mac: Annotated[
        Annotated[str, BeforeValidator(_read_mac)] | None,
        MayBeEmpty,
        Field(description="Network card, when known", examples=["00:00:00:00:00:00"]),
    ] = None

    def kept(self) -> dict[str, Any]:
        """As the table keeps it: every value a text, coordinates as decimals."""
        found = {
            "latitude": f"{self.latitude:f}",
            "longitude": f"{self.longitude:f}",
            "occurrence_date": self.occurrence_date,
            "user_agent": self.user_agent,
            "ip": self.ip,
        }
        return {**found, "mac": self.mac} if self.mac else found
