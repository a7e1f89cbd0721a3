"""Every minute: queue the notices that are owed a try."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.webhooks.wiring import open_sweep

handler = scheduled(open_sweep().run)
