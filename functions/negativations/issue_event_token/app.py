"""POST /bureaus/{provider}/events/{secret}/token: a token of an hour for a bureau's client, to push events with."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Source
from lastro.negativations.events.issuing import EventTokenView
from lastro.negativations.events.requests import IssueEventToken
from lastro.negativations.events.wiring import open_event_tokens

tokens = open_event_tokens()


@endpoint(public=True)
def handler(request: IssueEventToken, source: Source) -> EventTokenView:
    return tokens.issue(request, source)
