"""What a partner sends about contracts (docs/sources.md, CaaS API)."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import FieldError
from lastro.origination.errors import CHECKSUMS_LENGTH, TWO_LOGS, WRONG_CHECKSUM
from lastro.origination.processes.calls.evidence import LogData
from lastro.origination.processes.requests import CamelRequest, Csn
from lastro.wire.rule import is_empty

MAX_CHECKSUMS = 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHECKSUM = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_NAMES = ("aceptedCheckSum", "acceptedCheckSum")


def _read_checksums(value: Any) -> str | list[str]:
    """One checksum, a list of them, or a list of objects that hold some: what clients send."""
    if not isinstance(value, list):
        return _read_checksum(value)
    found: list[str] = []
    for each in value[: MAX_CHECKSUMS + 1]:
        for held in (_sent(each) or [None]) if isinstance(each, dict) else [each]:
            found += [_read_checksum(text) for text in (held if isinstance(held, list) else [held])]
    if not 1 <= len(found) <= MAX_CHECKSUMS:
        raise PydanticCustomError(CHECKSUMS_LENGTH.rule, CHECKSUMS_LENGTH.text)
    return found


def _sent(body: dict[str, Any]) -> list[Any]:
    """What is sent under either name."""
    return [body[name] for name in _NAMES if body.get(name) not in (None, "")]


def _read_checksum(value: Any) -> str:
    checksum = value.strip().lower() if isinstance(value, str) else ""
    if not _SHA256.fullmatch(checksum):
        raise PydanticCustomError(WRONG_CHECKSUM.rule, WRONG_CHECKSUM.text)
    return checksum


class SignContract(CamelRequest):
    """Path and body of ``POST /v2.1/contract/{customerServiceNumber}``.

    ``aceptedCheckSum`` and ``acceptedCheckSum`` are the same, each a text or a list; what comes under both names counts
    together. Old clients send the whole body as a list of one object.
    """

    list_body: ClassVar[str] = "items"

    customer_service_number: Csn
    accepted_check_sum: Annotated[
        str | list[str],
        BeforeValidator(_read_checksums),
        WithJsonSchema(
            {"anyOf": [_CHECKSUM, {"type": "array", "items": _CHECKSUM, "minItems": 1, "maxItems": MAX_CHECKSUMS}]}
        ),
        Field(
            validation_alias=AliasChoices(*_NAMES),
            description="The checksum of every contract that GET answered: a text, or a list of them",
            examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        ),
    ]
    log_data: Annotated[LogData, Field(description="Circumstances of the acceptance")]

    @model_validator(mode="before")
    @classmethod
    def _join(cls, data: Any) -> Any:
        """One body of all that was sent: the path wins, then an earlier object of a list.

        No checksum gets lost on the way: where they differ, every one of them has to be right.
        """
        if not isinstance(data, dict):
            return data
        items = data.get("items")
        bodies = [data, *(item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))]
        merged = {name: value for body in reversed(bodies) for name, value in body.items()}
        sent = [checksums for body in bodies for checksums in _sent(body)]
        if not sent:
            return merged
        others = {name: value for name, value in merged.items() if name not in _NAMES}
        return {**others, _NAMES[0]: sent[0] if all(each == sent[0] for each in sent) else sent}

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """Of two accounts of one acceptance nothing tells which is true."""
        items = raw.get("items")
        told = [
            (f"{place}.{name}", item[name])
            for place, item in enumerate(items if isinstance(items, list) else ())
            if isinstance(item, dict)
            for name in ("logData", "log_data")
            if not is_empty(item.get(name))
        ]
        return [TWO_LOGS.at(place) for place, log in told[1:] if log != told[0][1]]

    @property
    def checksums(self) -> tuple[str, ...]:
        """Each once, in a stated order: the same acceptance is the same however it was spelt."""
        sent = self.accepted_check_sum
        return tuple(sorted({sent} if isinstance(sent, str) else set(sent)))
