"""Figures as CloudWatch metrics: lines of the embedded metric format, so that no call waits for CloudWatch.

Powertools' own class writes them; importing it costs nothing, for the logger's package brings it. An entrypoint
publishes when its call is over, whatever noted the figures (``kernel/observing/figures.py``).
"""

from __future__ import annotations

from aws_lambda_powertools.metrics import EphemeralMetrics

from lastro.kernel.observing import figures

NAMESPACE = "Lastro"


def publish(function: str) -> None:
    """Tell what was noted, as figures of a function; nothing was noted, nothing is told."""
    told: dict[tuple[tuple[str, str], ...], EphemeralMetrics] = {}
    for figure in figures.take():
        metrics = told.get(figure.dimensions)
        if metrics is None:
            metrics = told[figure.dimensions] = EphemeralMetrics(namespace=NAMESPACE)
            for name, value in (("function", function), *figure.dimensions):
                metrics.add_dimension(name, value)
        metrics.add_metric(figure.name, figure.unit.value, figure.value)
    for metrics in told.values():
        if metrics.metric_set:  # empty when the hundredth value has just been told
            metrics.flush_metrics()
