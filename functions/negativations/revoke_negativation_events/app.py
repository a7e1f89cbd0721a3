"""DELETE /api/v1/negativation_settings/{branch_id}/events: end addresses that the bureau of a branch pushes to."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.events.requests import RevokeEventSources
from lastro.negativations.events.sources import RevokedSourcesAnswer
from lastro.negativations.events.wiring import open_event_sources

sources = open_event_sources()


@endpoint()
def handler(request: RevokeEventSources, caller: Caller) -> RevokedSourcesAnswer:
    return sources.revoke(request, caller)
