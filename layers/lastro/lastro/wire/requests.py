"""The base of every request: what the entrypoint must know before it reads one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lastro.kernel.errors import FieldError
from lastro.wire.objects import WireObject

MAX_BODY_BYTES = 256 * 1024


class Request(WireObject):
    """A model that body, path, query and headers are read into. Unknown fields are ignored, as the vendors do.

    The class variables say where the parts of a request are read from; names are those of the wire (aliases), but in
    ``header_fields``, whose keys are what the model takes them under.

    - ``max_body_bytes``: a longer body is refused with 413.
    - ``body_optional``: an empty body is read as one without fields.
    - ``list_body``: the name under which a body that is a list is taken; empty: a list is refused.
    - ``form_body``: a form is read beside JSON.
    - ``unread_body``: of a request that takes any field, the name under which a body comes, as a text, that cannot be
      read or contradicts the path; empty: it is refused. One that is too long is refused all the same.
    - ``header_fields``: fields read from headers and from nowhere else, with the headers' names.
    - ``query_fields``: fields that a writing method (POST, PUT, PATCH, DELETE) reads from the query, and from nowhere
      else. A reading method takes every field that is neither in its path nor in a header from the query.
    """

    max_body_bytes: ClassVar[int] = MAX_BODY_BYTES
    body_optional: ClassVar[bool] = False
    list_body: ClassVar[str] = ""
    form_body: ClassVar[bool] = False
    unread_body: ClassVar[str] = ""
    header_fields: ClassVar[Mapping[str, str]] = {}
    query_fields: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:  # noqa: ARG003 - for those who have such rules
        """Rules between fields, on what was sent: they are reported beside the fields' own errors."""
        return []
