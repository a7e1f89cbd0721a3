"""Each quarter of an hour: tell late removals, and end the listings of debts that are too old."""

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.deadlines.wiring import open_deadline_watch

handler = scheduled(open_deadline_watch().run)
