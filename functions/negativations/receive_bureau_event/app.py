"""POST /bureaus/{provider}/events/{secret}: a bureau tells the end of a listing or of a removal.

The message is kept before it is answered; the same one again changes nothing. The secret of the path is the
credential, with Basic, Bearer or a source address beside it where the address was made so.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Source
from lastro.negativations.events.receiving import EventView
from lastro.negativations.events.requests import ReceiveEvent
from lastro.negativations.events.wiring import open_event_receiving

receiving = open_event_receiving()


@endpoint(public=True)
def handler(request: ReceiveEvent, source: Source) -> EventView:
    return receiving.receive(request, source)
