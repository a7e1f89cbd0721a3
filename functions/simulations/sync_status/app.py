"""Every minute: finish what was accepted and never finished."""

from __future__ import annotations

from lastro.aws.schedule import scheduled
from lastro.simulations.wiring import open_sweeps

handler = scheduled(*open_sweeps())
