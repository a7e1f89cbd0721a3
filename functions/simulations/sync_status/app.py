"""Every minute: finish the simulations that were accepted and never finished."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.simulations.wiring import open_sweep

handler = scheduled(open_sweep().run)
