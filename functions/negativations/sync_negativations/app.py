"""Every minute: send listings that were accepted, join what bureaus told, follow payments that nobody followed.

With a business date, notices that have run their time by that day are done with.
"""

from __future__ import annotations

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.listings.wiring import open_listing_sweep

sweep = open_listing_sweep()

handler = scheduled(sweep.follow_changes, sweep.send_due, sweep.join_orphans)
