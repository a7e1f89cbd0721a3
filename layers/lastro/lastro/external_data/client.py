"""An external base of data about people over HTTP: the sandbox's, until a bureau is contracted."""

from __future__ import annotations

import json
from typing import Any

import httpx

from lastro.documents import Cpf
from lastro.errors import Permanent, Retryable
from lastro.origination.analysis.checks import PersonalFacts

TIMEOUT = httpx.Timeout(connect=3.0, read=5.0, write=5.0, pool=8.0)
"""Seconds."""

UNAVAILABLE = "external_data_unavailable"
UNREADABLE = "external_data_unreadable"


class HttpExternalData:
    """The ``ExternalData`` port. ``url`` is the base's address, without a slash at its end."""

    def __init__(self, *, url: str, http: httpx.AsyncClient) -> None:
        self._url = url
        self._http = http

    async def inquire(self, partner_id: str, key: str, cpf: Cpf) -> PersonalFacts | None:
        """An inquiry changes nothing but the bill, and the same key is billed once: asking again is always safe."""
        content = json.dumps({"partner": partner_id, "cpf": cpf.value}).encode()
        headers = {"content-type": "application/json", "idempotency-key": key}
        try:
            response = await self._http.post(f"{self._url}/inquiries", headers=headers, content=content)
        except httpx.TransportError as error:
            raise Retryable("the external base did not answer", code=UNAVAILABLE) from error
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        if (
            response.status_code in (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS)
            or response.is_server_error
        ):
            raise Retryable("the external base cannot answer now", code=UNAVAILABLE)
        if not response.is_success:
            raise Permanent("the external base refuses the inquiry", code=UNREADABLE)
        return read_facts(response.content)


def read_facts(content: bytes) -> PersonalFacts:
    """``{"registration", "restrictions", "score"}``. Raises ``Permanent`` for anything else."""
    try:
        answer: dict[str, Any] = json.loads(content)
        regular, restrictions, score = answer["registration"] == "regular", answer["restrictions"], answer.get("score")
    except (ValueError, TypeError, KeyError) as error:
        raise Permanent("the external base's answer cannot be read", code=UNREADABLE) from error
    if type(restrictions) is not int or restrictions < 0 or not (score is None or type(score) is int):
        raise Permanent("the external base's answer cannot be read", code=UNREADABLE)
    return PersonalFacts(regular, restrictions, score)
