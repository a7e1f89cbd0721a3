"""Vendor blocks: typed reading that names what it could not read, and remembers what nobody read.

A wrong type is ``RefusedByBureau`` (``unreadable_bureau_answer``) with the place, never a ``KeyError``. What was not
read is kept: ``Block.unread`` gives it back, JSON-ready. An absent member, a null one and an empty text are alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TypeVar

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import Document, InvalidDocument, parse_document

_LONGEST_TEXT = 10_000
_DEEPEST = 50
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].{0,40})?", re.ASCII)
_BRAZILIAN_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: .{0,20})?", re.ASCII)

Meaning = TypeVar("Meaning")


def unreadable(place: str, expected: str) -> RefusedByBureau:
    """The bureau answered something that its own format does not hold."""
    return RefusedByBureau(f"bureau answer: {place} should be {expected}", code=BureauReason.UNREADABLE)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def read_json(body: bytes) -> object:
    """The JSON in ``body`` with exact numbers. Raises ``RefusedByBureau`` when it is none."""
    try:
        parsed: object = json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise unreadable("body", "JSON") from error
    return parsed


def json_ready(value: object, depth: int = 0) -> object:
    """``value`` with decimals as texts and half surrogates replaced, so that anything can store it."""
    if depth > _DEEPEST:
        raise unreadable("body", f"at most {_DEEPEST} levels deep")
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, Mapping):
        return {_sound(str(name)): json_ready(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item, depth + 1) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


class Block:
    """One object of a bureau's answer."""

    __slots__ = ("_children", "_place", "_read", "_values")

    def __init__(self, value: object, place: str = "body") -> None:
        if not isinstance(value, Mapping):
            raise unreadable(place, "an object")
        self._values: Mapping[str, object] = value
        self._place = place
        self._read: set[str] = set()
        self._children: dict[str, list[Block]] = {}

    def at(self, name: str) -> str:
        return f"{self._place}.{name}"

    def has(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def names(self) -> tuple[str, ...]:
        """Every member's name, for a block whose names are data."""
        return tuple(str(name) for name in self._values)

    def skip(self, *names: str) -> None:
        """Leave out of ``unread`` members that only repeat what is known."""
        self._read.update(names)

    def _take(self, name: str) -> object:
        self._read.add(name)
        value = self._values.get(name)
        return None if value == "" else value

    def block(self, name: str) -> Block:
        """The object called ``name``, which must be there."""
        child = Block(self._take(name), self.at(name))
        self._children[name] = [child]
        return child

    def block_or_none(self, name: str) -> Block | None:
        return self.block(name) if self.has(name) else None

    def blocks(self, name: str) -> list[Block]:
        """The objects of the array called ``name``; an absent array is empty."""
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise unreadable(self.at(name), "an array")
        children = [Block(item, f"{self.at(name)}[{index}]") for index, item in enumerate(value)]
        self._children[name] = children
        return children

    def text_or_none(self, name: str) -> str | None:
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise unreadable(self.at(name), "a text")
        return _sound(value.strip()) or None

    def text(self, name: str) -> str:
        value = self.text_or_none(name)
        if value is None:
            raise unreadable(self.at(name), "a text with something in it")
        return value

    def label_or_none(self, name: str) -> str | None:
        """A text, or a number written as one: vendors number things either way."""
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            self._read.add(name)
            return str(value)
        return self.text_or_none(name)

    def flag_or_none(self, name: str) -> bool | None:
        value = self._take(name)
        if value is None or isinstance(value, bool):
            return value
        meaning = {"S": True, "N": False, "TRUE": True, "FALSE": False, "SIM": True, "NAO": False, "NÃO": False}
        if isinstance(value, str) and value.strip().upper() in meaning:
            return meaning[value.strip().upper()]
        raise unreadable(self.at(name), "true or false")

    def date_or_none(self, name: str) -> date | None:
        """``2024-05-31``, a moment of that day, or ``31/05/2024``."""
        text = self.text_or_none(name)
        return None if text is None else read_date(text, self.at(name))

    def read_or_none(self, name: str, reader: Callable[[object, str], Meaning]) -> Meaning | None:
        """What ``reader`` makes of the member, given its value and its place; ``None`` when it is absent."""
        value = self._take(name)
        return None if value is None else reader(value, self.at(name))

    def read(self, name: str, reader: Callable[[object, str], Meaning]) -> Meaning:
        """As ``read_or_none``; absent, the reader is given ``None`` and refuses it."""
        return reader(self._take(name), self.at(name))

    def document_or_none(self, name: str) -> Document | None:
        """A CPF or CNPJ; ``None`` too for a text that is no whole document, which stays unread."""
        value = self._values.get(name)
        document = None
        if isinstance(value, str):
            document = _document_or_none(value)
        if document is not None or not self.has(name):
            self._read.add(name)
        elif not isinstance(value, str):
            raise unreadable(self.at(name), "a text")
        return document

    def unread(self) -> dict[str, object]:
        """What nobody read, blocks inside blocks included, JSON-ready."""
        left: dict[str, object] = {}
        for name, value in self._values.items():
            if name in self._children:
                parts = [child.unread() for child in self._children[name]]
                if any(parts):
                    left[_sound(str(name))] = parts[0] if isinstance(value, Mapping) else parts
            elif name not in self._read:
                left[_sound(str(name))] = json_ready(value)
        return left


def check_document(block: Block, name: str, expected: Document) -> None:
    """Refuse an answer about somebody else. An absent document is taken as the one asked for."""
    value = block.label_or_none(name)
    if value is None:
        return
    bare = re.sub(r"[./\-\s]", "", value).upper()
    # A system that keeps documents as numbers loses the zeros on the left.
    if bare.isdigit():
        bare = bare.zfill(len(expected.value))
    if bare != expected.value:
        raise unreadable(block.at(name), "the document asked for")


def read_date(text: str, place: str) -> date:
    """A calendar day written ``2024-05-31`` (a time may follow) or ``31/05/2024``."""
    iso = _ISO_DAY.fullmatch(text)
    brazilian = _BRAZILIAN_DAY.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if brazilian:
            return date(int(brazilian[3]), int(brazilian[2]), int(brazilian[1]))
    except ValueError as error:
        raise unreadable(place, "a day of the calendar") from error
    raise unreadable(place, "a day like 2024-05-31")


def read_decimal_text(text: str, place: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise unreadable(place, "a decimal number") from error
    if not number.is_finite():
        raise unreadable(place, "a decimal number")
    return number


def _document_or_none(text: str) -> Document | None:
    try:
        return parse_document(text)
    except InvalidDocument:
        return None
