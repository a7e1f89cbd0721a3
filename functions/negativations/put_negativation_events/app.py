"""PUT /api/v1/negativation_settings/{branch_id}/events: a new address that the bureau of a branch pushes to.

Those that were made before stay good until they are ended, so that the bureau can be told of the new one in peace.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.events.requests import PutEventSource
from lastro.negativations.events.sources import EventSourceAnswer
from lastro.negativations.events.wiring import open_event_sources

sources = open_event_sources()


@endpoint()
def handler(request: PutEventSource, caller: Caller) -> EventSourceAnswer:
    return sources.put(request, caller)
