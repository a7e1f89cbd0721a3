"""Every minute: ask or end the inquiries that were accepted and never finished."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.bureaus.inquiries.wiring import open_sweep

handler = scheduled(open_sweep().run)
