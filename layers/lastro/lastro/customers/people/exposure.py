"""Politically exposed persons: who counts as one on a day. Pure.

Source: Circular BCB 3.978/2020, arts. 19 and 27: who holds a listed office is exposed, and so are its representatives,
relatives and close associates; the condition lasts five years beyond the day the office ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lastro.kernel.calendar import add_months

TAIL_MONTHS = 60
"""Five years."""


def without_unfinished(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a customer or an associate, without an exposure that tells of no office or no day.

    Such were kept once; nothing follows from them, and none is taken any more.
    """
    found = dict(data)
    if "pep" in found and not (found["pep"].get("office") and found["pep"].get("since")):
        del found["pep"]
    if "associates" in found:
        found["associates"] = [without_unfinished(each) for each in found["associates"]]
    return found


def exposed_until(pep: Mapping[str, Any]) -> date | None:
    """The last day on which who is told of counts as exposed; ``None`` while the office is held."""
    return add_months(date.fromisoformat(pep["until"]), TAIL_MONTHS) if pep.get("until") else None


def is_exposed(data: Mapping[str, Any], today: date) -> bool:
    """Whether a customer or an associate counts as exposed: by declaring it, or by an office within its term."""
    return data.get("public_person") is True or _in_term(data.get("pep"), today)


def contradicts_itself(data: Mapping[str, Any], today: date) -> bool:
    """Whether somebody declares not to be exposed and tells of an office within its term."""
    return data.get("public_person") is False and _in_term(data.get("pep"), today)


def _in_term(pep: Mapping[str, Any] | None, today: date) -> bool:
    if not pep or date.fromisoformat(pep["since"]) > today:
        return False
    last = exposed_until(pep)
    return last is None or today <= last
