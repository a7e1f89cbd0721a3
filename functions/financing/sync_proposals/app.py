"""Every minute: send what was accepted and never sent, and ask banks about proposals that they say nothing of."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.financing.wiring import open_sweep

handler = scheduled(open_sweep().run)
