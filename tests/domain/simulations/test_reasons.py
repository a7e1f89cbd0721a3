"""The published list of reasons is the list in the code."""

from __future__ import annotations

import re
from pathlib import Path

from lastro.simulations.conditions.reasons import Reason

PAGE = Path(__file__).parents[3] / "docs/reasons.md"


def test_every_reason_is_published_with_its_text() -> None:
    published = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", PAGE.read_text(), re.MULTILINE))
    assert published == {reason.value: reason.text for reason in Reason}
