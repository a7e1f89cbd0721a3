"""Giving bureaus tokens to push with, for their client's id and secret."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Source
from lastro.kernel.dataclass import dataclass
from lastro.negativations.errors import EVENT_SOURCE_NOT_FOUND
from lastro.negativations.events.receiving import check_credential, check_network, digest_of
from lastro.negativations.events.requests import IssueEventToken
from lastro.negativations.events.tokens import LIFETIME, spell_token
from lastro.negativations.fields import View

if TYPE_CHECKING:
    from lastro.negativations.events.store import EventStore


SCHEME = "Bearer"


class EventTokenView(View):
    """A token to push with (RFC 6749, section 5.1)."""

    access_token: Annotated[
        str, Field(description="Send it as Authorization: Bearer", examples=["1793710800.5f0c7a4e6a5b4c1e9d55"])
    ]
    token_type: Annotated[str, Field(description="Always Bearer", examples=[SCHEME])] = SCHEME
    expires_in: Annotated[int, Field(description="Seconds", examples=[LIFETIME])] = LIFETIME


@dataclass(frozen=True)
class EventTokens:
    """Issues tokens for addresses that want one."""

    events: EventStore
    clock: Clock

    def issue(self, request: IssueEventToken, source: Source) -> EventTokenView:
        """A token of an hour. Raises ``NotFound`` for an address there is not, or that wants none, ``Unauthorized``
        for another client, and ``Forbidden`` for a call from elsewhere.
        """
        address = digest_of(request.secret)
        known = self.events.find_source(address)
        if known is None or known.provider != request.provider or not known.tokens:
            raise EVENT_SOURCE_NOT_FOUND()
        header = request.authorization or ""
        if request.client_id is not None or request.client_secret is not None:
            pair = f"{request.client_id or ''}:{request.client_secret or ''}"
            if header:
                # A request names one client (RFC 6749, section 2.3).
                check_credential(known, header)
            header = "Basic " + b64encode(pair.encode()).decode()
        check_credential(known, header)
        check_network(known, source)
        return EventTokenView(access_token=spell_token(known.credential, address, self.clock.now()))
