"""Every minute: finish what was accepted and never finished."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.origination.wiring import open_sweep
from lastro.simulations.wiring import open_sweeps

handler = scheduled(*open_sweeps(), open_sweep().run)
