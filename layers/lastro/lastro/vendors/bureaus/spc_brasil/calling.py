"""One call of SPC Brasil's: SOAP with HTTP Basic, whatever the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import httpx

from lastro.vendors.bureaus.failures import failure_of
from lastro.vendors.bureaus.http import raw_of, send
from lastro.vendors.bureaus.spc_brasil import soap
from lastro.vendors.bureaus.spc_brasil.errors import CODE, PAUSE_SECONDS, STATUSES
from lastro.vendors.kit.http import basic_credentials
from lastro.vendors.kit.send import MOST_JSON_BYTES

if TYPE_CHECKING:
    from lastro.bureaus.ports import RawAnswer
    from lastro.bureaus.providers.environment import Route
    from lastro.bureaus.reasons import BureauReason
    from lastro.vendors.kit.tables import Row


async def post(
    http: httpx.AsyncClient,
    route: Route,
    service: str,
    fields: Mapping[str, str],
    content: bytes,
    *,
    acts: bool,
    faults: Iterable[Row[BureauReason]],
    most_bytes: int = MOST_JSON_BYTES,
) -> RawAnswer:
    """The answer that holds a result. Raises what a fault, by its rows, or a status stands for."""
    request = http.build_request(
        "POST",
        route.base_url + service,
        headers={
            "authorization": basic_credentials(fields.get("login", ""), fields["password"]),
            "content-type": "text/xml; charset=utf-8",
            "soapaction": '""',
        },
        content=content,
    )
    response = await send(http, request, route, acts=acts, most_bytes=most_bytes)
    raw = raw_of(response)
    fault = soap.fault_in(raw.body)
    if fault is not None:
        code = CODE.match(fault)
        raise failure_of(faults, raw, acts=acts, code=code and code[1])
    if not response.is_success:
        raise failure_of(STATUSES, raw, acts=acts, pause=PAUSE_SECONDS)
    return raw
