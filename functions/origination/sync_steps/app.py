"""Every minute: send again what is owed to a process or credit and was never finished."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.origination.wiring import open_step_sweep

handler = scheduled(open_step_sweep().run)
