"""Medians, spreads and the one way a benchmark prints."""

import json
import statistics
from collections.abc import Iterable
from typing import Any


def spread(values: Iterable[float], digits: int = 1) -> dict[str, float]:
    """Median, best and worst of at least one value."""
    known = sorted(values)
    return {
        "median": round(statistics.median(known), digits),
        "best": round(known[0], digits),
        "worst": round(known[-1], digits),
    }


def print_result(result: dict[str, Any]) -> None:
    print(json.dumps(result, indent=2, ensure_ascii=False))
