"""Posting a notice: its name is resolved, every address that leads to is checked, and only a checked one is called.

The checked address itself is connected to, so a name that answers differently the next time gains nothing. Redirects
are not followed, proxies of the environment are not used, and of the answer only its status is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import httpx

from lastro.http import open_http
from lastro.webhooks.deliveries import Outcome
from lastro.webhooks.model import Address, AddressRefused, AddressRule, IpAddress
from lastro.webhooks.ports import Resolver

TRY_SECONDS = 10.0
"""All one try may take, name resolution included."""

# Nothing is kept alive: a connection is known by its number, and must not serve another name that shares the number.
_LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=0)
_TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=5.0, pool=8.0)


class NoticeSender:
    """Implements ``Sender``. Its client belongs to one event loop."""

    def __init__(self, resolver: Resolver, rule: AddressRule) -> None:
        self._client = open_http(timeout=_TIMEOUT, limits=_LIMITS)
        self._resolver = resolver
        self._rule = rule

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """One try. The outcome's ``fault`` is an ``AddressFault`` or one of ``timeout``, ``no_connection`` and
        ``no_answer``.
        """
        try:
            async with asyncio.timeout(TRY_SECONDS):
                address = self._rule.parse(url)
                numbers = await self._look_up(address)
                return await self._post_to_first(address, numbers, headers, body)
        except AddressRefused as refusal:
            return Outcome(fault=refusal.code)
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(fault="timeout")
        except httpx.TransportError:
            return Outcome(fault="no_answer")

    async def _look_up(self, address: Address) -> Sequence[IpAddress]:
        if address.ip is not None:
            return (address.ip,)
        numbers = await asyncio.to_thread(self._resolver.resolve, address.host)
        self._rule.admit(numbers)
        return numbers

    async def _post_to_first(
        self, address: Address, numbers: Sequence[IpAddress], headers: Mapping[str, str], body: bytes
    ) -> Outcome:
        """Post to the first address that takes a connection: until then nothing was sent."""
        for number in numbers:
            try:
                return Outcome(code=await self._post_to(address, number, headers, body))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return Outcome(fault="no_connection")

    async def _post_to(self, address: Address, number: IpAddress, headers: Mapping[str, str], body: bytes) -> int:
        host = f"[{number}]" if number.version == 6 else str(number)
        request = self._client.build_request(
            "POST",
            f"{address.scheme}://{host}:{address.port}{address.target}",
            headers={"content-type": "application/json", "user-agent": "lastro", **headers, "host": address.authority},
            content=body,
            # The certificate is that of the name, although the connection goes to the number.
            extensions={"sni_hostname": address.host},
        )
        answer = await self._client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code
