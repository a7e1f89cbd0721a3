"""Whether a call may reach its function at all: asked for in the one spelling of its path, by who may ask.

The authorizer tells who holds a credential and which scopes it has; which of them a call wants, its endpoint declares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from lastro.aws.entrypoints.errors import NO_CREDENTIAL, NO_SUCH_OPERATION, NOT_OPENED
from lastro.kernel import calendar
from lastro.kernel.callers.caller import SELLING, Boundary, Role
from lastro.kernel.callers.jobs import Job, opens, opens_to_seller
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.errors import TOKEN_EXPIRED

_READING = frozenset({"GET", "HEAD"})
EVERY_SCOPE = "*"
"""Stands in the authorizer's context for the scopes of an API key."""


def check_path(event: Mapping[str, Any]) -> None:
    """Raises ``NotFound`` for another spelling of the path than the declared one: doubled or closing slashes, escapes
    in its fixed parts. API Gateway, or what stands in for it, may read those as the same path.

    A path may begin with more parts, as behind a domain of the installation's own.
    """
    resource, path = event.get("resource"), event.get("path")
    if not isinstance(resource, str) or not isinstance(path, str) or not _spelling(resource).fullmatch(path):
        raise NO_SUCH_OPERATION()


def check_binding(event: Mapping[str, Any], keeps: Collection[Boundary]) -> None:
    """Raises ``Forbidden`` for a boundary that the call does not keep, for a reader that would write, for a person
    whose job does not open the call, and for a key of who sells that its people do not open either.
    """
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    bounds = ((Boundary.STORES, known.get("bound")), (Boundary.PANEL, known.get("panel")))
    if any(bound and boundary not in keeps for boundary, bound in bounds):
        raise NOT_OPENED()
    if (known.get("role") or Role.MEMBER) != Role.MEMBER and event.get("httpMethod") not in _READING:
        raise NOT_OPENED()
    job, panel = known.get("job"), known.get("panel")
    method, resource = str(event.get("httpMethod")), str(event.get("resource"))
    if job and not opens(Job(job), method, resource):
        raise NOT_OPENED()
    if panel in SELLING and not opens_to_seller(Job(panel), method, resource):
        raise NOT_OPENED()


def check_credential(event: Mapping[str, Any], scopes: Collection[Scope], *, people: bool = False) -> None:
    """Raises ``Unauthorized`` without a credential or for a token that ran out, ``Forbidden`` for one without any of
    the scopes wanted. An authorizer that says nothing of scopes opens nothing.

    Calls of ``people`` of the customers' portal are theirs alone, and nothing else opens to them.
    """
    known = (event.get("requestContext") or {}).get("authorizer")
    if not known:
        raise NO_CREDENTIAL()
    held = str(known.get("scopes") or "").split()
    # A cached answer of the authorizer may outlive the token, or the replaced key, that it was given for.
    if int(known.get("until") or sys.maxsize) <= calendar.CLOCK.now().timestamp():
        raise NO_CREDENTIAL() if EVERY_SCOPE in held else TOKEN_EXPIRED()
    if bool(known.get("person")) is not people:
        raise NOT_OPENED()
    if people:
        return
    if EVERY_SCOPE not in held and not set(held) & {scope.value for scope in scopes}:
        raise NOT_OPENED()


@cache
def _spelling(resource: str) -> re.Pattern[str]:
    """What a path of ``resource`` looks like. A variable may hold slashes that were escaped, never an empty part."""
    if resource.endswith("+}"):
        return re.compile(r"/.*", re.DOTALL)
    parts = [
        r"[^/]+(?:/[^/]+)*" if part.startswith("{") else re.escape(part) for part in resource.strip("/").split("/")
    ]
    return re.compile("(?:/[^/]+)*/" + "/".join(parts), re.DOTALL)
