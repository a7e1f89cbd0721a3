"""Reading what a caller sends: every fault is a ``Trouble`` of validation that names the field by its wire path."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from aiohttp import web

from lastro.kernel.documents import InvalidDocument, parse_document
from sandbox.banks.messages import Complaint, Trouble

Value = TypeVar("Value")


async def read_body(request: web.Request) -> Message:
    """The request's JSON object."""
    try:
        parsed: object = json.loads(await request.read(), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Trouble(Complaint.VALIDATION, "body") from error
    return Message(parsed)


def read_header(request: web.Request, name: str) -> str:
    """A header that must be there."""
    value = request.headers.get(name, "")
    if not value:
        raise Trouble(Complaint.VALIDATION, name)
    return value


class Message:
    """One JSON object of the caller's message, and its members by dotted path."""

    def __init__(self, value: object) -> None:
        self._value = value

    def has(self, path: str) -> bool:
        """Whether there is something at ``path``: an absent member, a null and an empty text are nothing."""
        value = self._value
        for name in path.split("."):
            if not isinstance(value, Mapping) or name not in value:
                return False
            value = value[name]
        return value is not None and value != ""

    def read_level(self, path: str, before: str = "") -> int:
        """A level of dealer return; who names none wants none."""
        return self.read(path, level(before)) if self.has(path) else 0

    def read(self, path: str, reader: Callable[[object], Value]) -> Value:
        """What ``reader`` makes of the member at ``path``; its ``ValueError`` becomes a validation trouble."""
        value = self._value
        for name in path.split("."):
            if not isinstance(value, Mapping) or name not in value:
                raise Trouble(Complaint.VALIDATION, path)
            value = value[name]
        try:
            return reader(value)
        except ValueError as error:
            raise Trouble(Complaint.VALIDATION, path) from error


def text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("not a text")
    return value


def document(value: object) -> str:
    """The bare form of a CPF or CNPJ."""
    try:
        return parse_document(text(value)).value
    except InvalidDocument as error:
        raise ValueError("not a document") from error


def integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not an integer")
    return value


def count(value: object) -> int:
    """A number of instalments."""
    if not 1 <= integer(value) <= 999:
        raise ValueError("not a number of instalments")
    return integer(value)


def digits(value: object) -> int:
    """An integer written as digits in a text."""
    if not isinstance(value, str) or not value.isdecimal() or len(value) > 9:
        raise ValueError("not digits")
    return int(value)


def level(before: str = "") -> Callable[[object], int]:
    """A reader of levels of dealer return, 0 to 6, in the texts of a dialect that writes something ``before`` them."""

    def read(value: object) -> int:
        found = digits(text(value).removeprefix(before))
        if found > 6:
            raise ValueError("not a level of return")
        return found

    return read


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not true or false")
    return value


def flag(yes: str, no: str) -> Callable[[object], bool]:
    """A reader of a dialect's own yes and no."""

    def read(value: object) -> bool:
        if value not in (yes, no):
            raise ValueError("not a flag")
        return value == yes

    return read


def day(form: str) -> Callable[[object], date]:
    """A reader of dates written as ``form`` (``strptime``) says."""

    def read(value: object) -> date:
        return datetime.strptime(text(value), form).date()  # noqa: DTZ007 - a calendar day has no time zone

    return read
