"""Addresses that bureaus push to: made once, shown once, kept as digests."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from ipaddress import ip_network
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from lastro.bureaus.service import ListingBranches, PartnerBranches
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import LISTING_BRANCH_NOT_FOUND, NO_EVENTS, NO_SUCH_ADDRESS, WRONG_NETWORK
from lastro.negativations.events.receiving import digest_of
from lastro.negativations.events.requests import KEEP_NONE, PutEventSource, RevokeEventSources
from lastro.negativations.events.store import EventSource, source_id_of
from lastro.negativations.fields import View
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.negativations.events.store import EventStore


class EventSourceView(View):
    """Where the bureau is to push; secret and password are shown this once."""

    id: Annotated[str, Field(description="Names the address where others are revoked", examples=["3f6b1c0d9a5e4f27"])]
    provider: Annotated[str, Field(description="The bureau", examples=["serasa"])]
    path: Annotated[
        str, Field(description="Path of the address", examples=["/bureaus/serasa/events/s3cr3t0-do-endereco"])
    ]
    user: Annotated[str | None, Field(description="User of HTTP Basic, or the client's id", examples=["lastro-1"])]
    password: Annotated[
        str | None, Field(description="Password, the token of Bearer, or the client's secret", examples=["s3nh4"])
    ]
    token_path: Annotated[
        str | None,
        Field(
            description="Where the bureau gets its token; null: it needs none",
            examples=["/bureaus/serasa/events/s3cr3t0-do-endereco/token"],
        ),
    ]


class EventSourceAnswer(View):
    """Envelope of one address."""

    data: EventSourceView


class RevokedSourcesView(View):
    """Addresses that are refused from now on."""

    revoked: Annotated[int, Field(description="How many were revoked by this call", examples=[1])]


class RevokedSourcesAnswer(View):
    """Envelope of what was revoked."""

    data: RevokedSourcesView


@dataclass(frozen=True)
class EventSources:
    """Makes addresses and ends them. ``new_secret`` gives random texts that nobody guesses."""

    events: EventStore
    branches: ListingBranches
    known: PartnerBranches
    new_secret: Callable[[], str]

    def put(self, request: PutEventSource, caller: Caller) -> EventSourceAnswer:
        """A new address for the bureau of a branch; those that were made before stay good.

        Raises ``NotFound`` and ``BusinessRefusal`` as ``ListingBranches.find``, and for a bureau that pushes nothing;
        ``InvalidInput`` for what is no network.
        """
        asked = request.events
        found = self.branches.find(caller.partner_id, request.branch_id)
        integration = found.integration
        if not LISTING_FACTS[integration.provider].pushes:
            raise NO_EVENTS()
        wrong = [place for place, each in enumerate(asked.networks) if not _is_network(each)]
        if wrong:
            raise InvalidInput([WRONG_NETWORK.at(f"events.networks.{place}") for place in wrong])
        secret, password = self.new_secret(), self.new_secret()
        user = f"lastro-{integration.id}"
        basic = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        headers = {
            "basic": basic,
            "oauth": basic,
            "bearer": f"Bearer {password}",
            "none": "",
        }
        header = headers[asked.credential]
        source = EventSource(
            caller.partner_id,
            integration.provider,
            integration.environment.value,
            integration.id,
            digest_of(header) if header else "",
            tuple(asked.networks),
            tokens=asked.credential == "oauth",
        )
        path = f"/bureaus/{integration.provider}/events/{secret}"
        self.events.put_source(digest_of(secret), source, request.branch_id)
        return EventSourceAnswer(
            data=EventSourceView(
                id=source_id_of(digest_of(secret)),
                provider=integration.provider,
                path=path,
                user=user if asked.credential in ("basic", "oauth") else None,
                password=password if header else None,
                token_path=f"{path}/token" if source.tokens else None,
            )
        )

    def revoke(self, request: RevokeEventSources, caller: Caller) -> RevokedSourcesAnswer:
        """End the addresses of a branch, but for one that is named; tokens that were given for them end with them.

        Raises ``NotFound`` for a branch there is not, of which nothing is left either, and ``InvalidInput`` for an
        address to keep that the branch has not, or that another call ends at this moment: none is revoked after it.
        """
        found = self.events.list_sources(caller.partner_id, request.branch_id)
        if not found and not self.known.has_branch(caller.partner_id, request.branch_id):
            raise LISTING_BRANCH_NOT_FOUND()
        if request.keep not in (KEEP_NONE, *found):
            raise InvalidInput([NO_SUCH_ADDRESS.at("keep")])
        ended = [digest for name, digest in found.items() if name != request.keep]
        for digest in ended:
            if not self.events.remove_source(caller.partner_id, request.branch_id, digest, found.get(request.keep)):
                raise InvalidInput([NO_SUCH_ADDRESS.at("keep")])
        return RevokedSourcesAnswer(data=RevokedSourcesView(revoked=len(ended)))


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True
