"""Every ten minutes: read the records of bureaus that do not push, and show every difference from ours."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.pulls.wiring import open_reconciliation

handler = scheduled(open_reconciliation().run)
