"""Each five minutes: queue again what a collection left waiting, and end what is done."""

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.collection.wiring import open_collection_sweep

handler = scheduled(open_collection_sweep().run)
