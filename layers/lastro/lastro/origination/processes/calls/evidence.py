"""``logData``: where, when and with what a person acted."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from lastro.kernel.calendar import format_moment
from lastro.kernel.errors import InvalidInput
from lastro.origination.errors import (
    DEGREES_OUT_OF_BOUNDS,
    MOMENT_TO_COME,
    WRONG_DEGREES,
    WRONG_IP,
    WRONG_MAC,
    WRONG_MOMENT,
)
from lastro.wire.objects import WireObject
from lastro.wire.rule import Read
from lastro.wire.text import Line, read_line

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far the clock of a person's device may be ahead."""

_DEGREES = re.compile(r"-?[0-9]{1,3}([.][0-9]{1,15})?")
_MAC = re.compile(r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")


def _read_moment(value: Any) -> str:
    found = read_line(value, 60)
    try:
        moment = datetime.fromisoformat(found)
        if moment.tzinfo is None or len(found) < len("2019-08-21T14:31Z"):
            raise ValueError("a moment has a date, a time and a zone")
        return format_moment(moment)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError(WRONG_MOMENT.rule, WRONG_MOMENT.text) from error


def _read_address(value: Any) -> str:
    try:
        return str(ipaddress.ip_address(read_line(value, 60)))
    except ValueError as error:
        raise PydanticCustomError(WRONG_IP.rule, WRONG_IP.text) from error


def _read_mac(value: Any) -> str:
    found = read_line(value, 60)
    if not _MAC.fullmatch(found):
        raise PydanticCustomError(WRONG_MAC.rule, WRONG_MAC.text)
    return found


def _read_degrees(value: Any) -> Decimal:
    """A JSON number, or the same as text; the shortest text of a double is what the sender wrote."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1000
    text = format(Decimal(repr(value)), "f") if number else value
    if not isinstance(text, str) or not _DEGREES.fullmatch(text.strip()[:40]):
        raise PydanticCustomError(WRONG_DEGREES.rule, WRONG_DEGREES.text)
    return Decimal(text.strip())


def _bounded(most: int) -> Any:
    def read(value: Any) -> Decimal:
        degrees = _read_degrees(value)
        if abs(degrees) > most:
            raise PydanticCustomError(DEGREES_OUT_OF_BOUNDS.rule, DEGREES_OUT_OF_BOUNDS.text, {"most": most})
        return degrees

    return Read(read, {"type": "number", "minimum": -most, "maximum": most})


class LogData(WireObject):
    """The circumstances of an act."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    latitude: Annotated[Decimal, _bounded(90), Field(description="Degrees", examples=[-16.6982])]
    longitude: Annotated[Decimal, _bounded(180), Field(description="Degrees", examples=[-49.2581])]
    occurrence_date: Annotated[
        str,
        BeforeValidator(_read_moment),
        WithJsonSchema({"type": "string", "format": "date-time"}),
        Field(description="Quando aconteceu, com o fuso, até agora", examples=["2026-11-03T12:00:00.000Z"]),
    ]
    user_agent: Annotated[
        str,
        Line(1000),
        Field(description="The person's browser or app", examples=["Mozilla/5.0"]),
    ]
    ip: Annotated[
        str,
        Read(
            _read_address,
            {"anyOf": [{"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}]},
        ),
        Field(description="IPv4 or IPv6", examples=["203.0.113.10"]),
    ]
    mac: Annotated[
        Annotated[str, Read(_read_mac, {"type": "string", "pattern": "^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$"})]
        | None,
        Field(description="Network card, when known", examples=["00:00:00:00:00:00"]),
    ] = None

    def check_happened(self, now: datetime) -> None:
        """Raises ``InvalidInput`` ``in_the_future`` for an act that is yet to come."""
        if datetime.fromisoformat(self.occurrence_date) > now + CLOCK_DIFFERENCE:
            raise InvalidInput([MOMENT_TO_COME.at("logData.occurrenceDate")])

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
