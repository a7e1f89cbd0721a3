"""Every hour: end what is over its term, and take up requests of data subjects that lost their message."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.retention.wiring import open_sweep

handler = scheduled(open_sweep().run)
