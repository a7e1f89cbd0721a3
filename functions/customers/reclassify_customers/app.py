"""Every minute: evaluate customers by classes that were defined anew."""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.customers.wiring import open_reevaluation

handler = scheduled(open_reevaluation().run)
