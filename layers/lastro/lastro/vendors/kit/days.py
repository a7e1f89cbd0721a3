"""The ways vendors write days."""

from __future__ import annotations

import re
from datetime import date

from lastro.vendors.kit.odd import Odd

# Compiled with their first use: most functions that load this read no day.
_ISO_DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].{0,40})?"
_BRAZILIAN_DAY = r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: .{0,20})?"


def read_day(value: object) -> date:
    """``"2024-05-31"`` (a time may follow) or ``"31/05/2024"``."""
    text = value if isinstance(value, str) else ""
    iso = re.fullmatch(_ISO_DAY, text, re.ASCII)
    brazilian = re.fullmatch(_BRAZILIAN_DAY, text, re.ASCII)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if brazilian:
            return date(int(brazilian[3]), int(brazilian[2]), int(brazilian[1]))
    except ValueError as error:
        raise Odd("a day of the calendar") from error
    raise Odd("a day like 2024-05-31")
