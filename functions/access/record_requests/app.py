"""Subscription to the log of all functions: keep what it tells of partners' requests."""

from __future__ import annotations

from lastro.access.wiring import open_recorder
from lastro.aws.entrypoints.request_log import log_lines

handler = log_lines(open_recorder().keep)
