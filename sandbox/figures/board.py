"""The figures that functions tell (CloudWatch's embedded metric format), kept for a quarter of an hour. Pure."""

from __future__ import annotations

import json
import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any

KEPT_SECONDS = 900
SLOT_SECONDS = 10
"""What a bar of a chart stands for."""
NAMESPACE = "Lastro"
_FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Point:
    """Values of one figure, told at a moment in seconds since 1970."""

    name: str
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    at: float
    values: tuple[float, ...]


def read_line(line: str, at: float) -> list[Point]:
    """The points of a line of the log; none of a line that is no figure. The function is no dimension of a chart."""
    try:
        told = json.loads(line)
    except ValueError:
        return []
    directives = told.get("_aws", {}).get("CloudWatchMetrics", []) if isinstance(told, dict) else []
    found = []
    for directive in directives:
        if directive.get("Namespace") != NAMESPACE:
            continue
        [names] = directive["Dimensions"]
        dimensions = tuple(sorted((name, str(told[name])) for name in names if name != _FUNCTION))
        for metric in directive["Metrics"]:
            values = told[metric["Name"]]
            listed = values if isinstance(values, list) else [values]
            found.append(Point(metric["Name"], dimensions, metric["Unit"], at, tuple(map(float, listed))))
    return found


@dataclass(slots=True)
class Board:
    """Points of the last quarter of an hour."""

    _points: deque[Point] = field(default_factory=deque)

    def add(self, points: list[Point]) -> None:
        self._points.extend(points)

    def show(self, now: float) -> list[dict[str, Any]]:
        """Each figure with its bars, oldest first: of counts how many, of times the 99th percentile."""
        while self._points and self._points[0].at < now - KEPT_SECONDS:
            self._points.popleft()
        series: dict[tuple[str, tuple[tuple[str, str], ...]], list[Point]] = {}
        for point in self._points:
            series.setdefault((point.name, point.dimensions), []).append(point)
        return [_chart(name, dimensions, points, now) for (name, dimensions), points in sorted(series.items())]


def _chart(name: str, dimensions: tuple[tuple[str, str], ...], points: list[Point], now: float) -> dict[str, Any]:
    bars: dict[int, list[float]] = {}
    last = int(now) // SLOT_SECONDS
    for point in points:
        bars.setdefault(last - int(point.at) // SLOT_SECONDS, []).extend(point.values)
    counted = points[0].unit == "Count"
    length = KEPT_SECONDS // SLOT_SECONDS
    every = [value for point in points for value in point.values]
    return {
        "name": name,
        "dimensions": dict(dimensions),
        "unit": points[0].unit,
        "total": sum(every) if counted else percentile(every, 50),
        "most": max(every) if counted else percentile(every, 99),
        "bars": [
            (sum(bars[age]) if counted else percentile(bars[age], 99)) if age in bars else 0
            for age in range(length - 1, -1, -1)
        ],
    }


def percentile(values: list[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]
