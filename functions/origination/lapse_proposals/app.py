"""Every minute: expire the unsigned proposals whose validity has passed."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.origination.wiring import open_lapse_sweep

handler = scheduled(open_lapse_sweep().run)
