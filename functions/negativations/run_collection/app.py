"""Each hour: begin the day's collection of every branch that did not begin it, or the one of a business date."""

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.collection.wiring import open_collection_start

handler = scheduled(open_collection_start().run)
