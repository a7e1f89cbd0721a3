"""Posting a notice: its name is resolved, every address that leads to is checked, and only a checked one is called.

The checked address itself is connected to, so a name that answers differently the next time gains nothing. Redirects
are not followed, proxies of the environment are not used, and of the answer only its status is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import httpx

from lastro.vendors.kit.http import is_tls_fault, open_http
from lastro.vendors.kit.send import Departure
from lastro.webhooks.callbacks.addresses import Address, AddressRefused, AddressRule, IpAddress
from lastro.webhooks.deliveries.model import Outcome
from lastro.webhooks.deliveries.resolver import Resolve

ANSWER_SECONDS = 10.0
"""What a receiver is promised: an answer that leaves it by then counts, however long it took to reach it."""
WAY_SECONDS = 1.0
"""The request's way there and the answer's way back."""
REACH_SECONDS = 6.0
"""Name resolution, connections and TLS, before the request leaves."""
CONNECT_SECONDS = 3.0
"""One connection: a second address of the name is tried after that."""
TRY_SECONDS = REACH_SECONDS + ANSWER_SECONDS + WAY_SECONDS
"""All one try may take; the lease of a delivery and the function's time-out are longer."""


class _Progress(Departure):
    """How far a try got, against the limit of its present part."""

    tls_failed = False


class NoticeSender:
    """Posts a notice to an address that is checked once more.

    Its client belongs to one event loop. Seconds: to reach a receiver, and for its answer.
    """

    def __init__(
        self,
        resolve: Resolve,
        rule: AddressRule,
        *,
        reach_seconds: float = REACH_SECONDS,
        answer_seconds: float = ANSWER_SECONDS + WAY_SECONDS,
    ) -> None:
        # Nothing is kept alive: a connection is known by its number, and must not serve another name that shares the
        # number. Only connecting has a limit of its own: the rest is within those of the try.
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=0)
        self._client = open_http(timeout=httpx.Timeout(None, connect=CONNECT_SECONDS), limits=limits)
        self._resolve = resolve
        self._rule = rule
        self._reach_seconds = reach_seconds
        self._answer_seconds = answer_seconds

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """One try. The outcome's ``fault`` is an ``AddressFault`` or one of ``timeout``, ``no_connection``,
        ``tls_fault`` and ``no_answer``.
        """
        progress = _Progress(asyncio.timeout(self._reach_seconds), self._answer_seconds)
        try:
            async with progress.limit:
                address = self._rule.parse(url)
                numbers = await self._look_up(address)
                return await self._post_to_first(address, numbers, headers, body, progress)
        except AddressRefused as refusal:
            return Outcome(fault=refusal.code)
        except TimeoutError:
            return Outcome(fault="timeout" if progress.left else _unreached(progress))
        except httpx.TransportError:
            return Outcome(fault="no_answer")

    async def _look_up(self, address: Address) -> Sequence[IpAddress]:
        if address.ip is not None:
            return (address.ip,)
        numbers = await asyncio.to_thread(self._resolve, address.host)
        self._rule.admit(numbers)
        return numbers

    async def _post_to_first(
        self,
        address: Address,
        numbers: Sequence[IpAddress],
        headers: Mapping[str, str],
        body: bytes,
        progress: _Progress,
    ) -> Outcome:
        """Post to the first address that takes a connection: until then nothing was sent."""
        for number in numbers:
            try:
                return Outcome(code=await self._post_to(address, number, headers, body, progress))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                progress.tls_failed = progress.tls_failed or is_tls_fault(error)
        return Outcome(fault=_unreached(progress))

    async def _post_to(
        self, address: Address, number: IpAddress, headers: Mapping[str, str], body: bytes, progress: _Progress
    ) -> int:
        host = f"[{number}]" if number.version == 6 else str(number)
        request = self._client.build_request(
            "POST",
            f"{address.scheme}://{host}:{address.port}{address.target}",
            headers={"content-type": "application/json", "user-agent": "lastro", **headers, "host": address.authority},
            content=body,
            # The certificate is that of the name, although the connection goes to the number.
            extensions={"sni_hostname": address.host, "trace": progress.note},
        )
        answer = await self._client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code


def _unreached(progress: _Progress) -> str:
    """Why nothing was sent: an address that speaks no TLS we may trust is there, but not to be talked to."""
    return "tls_fault" if progress.tls_failed else "no_connection"
