"""One structured logger per process. Callers log identifiers and counts, never documents, tokens or request paths."""

from __future__ import annotations

from aws_lambda_powertools import Logger

logger = Logger(service="lastro", log_uncaught_exceptions=False)
