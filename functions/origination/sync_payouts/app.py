"""Every minute: send again the payouts that were never finished, and those to be looked up."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.origination.wiring import open_payout_sweep

handler = scheduled(open_payout_sweep().run)
