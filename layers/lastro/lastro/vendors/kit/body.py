"""Foreign bodies: typed reading that names what it could not read, and remembers what nobody read.

A surprise is a fault of the vendor's family with its place (``body.offer.installments[3]``), never a ``KeyError``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self, TypeVar

from lastro.kernel.documents import Document, InvalidDocument, parse_document
from lastro.kernel.errors import LastroError, Permanent
from lastro.vendors.kit.days import read_day
from lastro.vendors.kit.json import parse_json
from lastro.vendors.kit.odd import Odd

_DEEPEST = 50
_FLAGS = {"S": True, "N": False, "TRUE": True, "FALSE": False, "SIM": True, "NAO": False, "NÃO": False}

Meaning = TypeVar("Meaning")


class Body:
    """One object of an answer.

    A member that is absent, null or an empty text is not there. A family of vendors subclasses it with its fault and,
    where its members write as they please, ``loose``: texts are taken without the blanks around them, and an empty
    text may stand where an object or a list would.
    """

    loose: ClassVar[bool] = False
    longest_text: ClassVar[int] = 2_000

    __slots__ = ("_children", "_place", "_read", "_values")

    def __init__(self, value: object, place: str = "body") -> None:
        if not isinstance(value, Mapping):
            raise self.unreadable(place, "an object")
        self._values: Mapping[str, object] = value
        self._place = place
        self._read: set[str] = set()
        self._children: dict[str, list[Self]] = {}

    @staticmethod
    def unreadable(place: str, expected: str) -> LastroError:
        """The fault of an answer that its own format does not hold."""
        return Permanent(f"{place} should be {expected}", code="unreadable_answer")

    @classmethod
    def parse(cls, content: bytes) -> object:
        """The JSON of a whole answer. Raises the family's fault when it is none."""
        try:
            return parse_json(content)
        except ValueError as error:
            raise cls.unreadable("body", "JSON") from error

    @classmethod
    def parse_or_none(cls, content: bytes) -> object:
        """The body of an error answer, which may be no JSON at all: then ``None``."""
        try:
            return parse_json(content)
        except ValueError:
            return None

    # the members ------------------------------------------------------------------------------------------------------

    def at(self, name: str) -> str:
        return f"{self._place}.{name}"

    def has(self, name: str) -> bool:
        value = self._values.get(name)
        return value is not None and not (self.loose and value == "")

    def names(self) -> tuple[str, ...]:
        """Every member's name, for an object whose names are data."""
        return tuple(str(name) for name in self._values)

    def skip(self, *names: str) -> None:
        """Leave out of ``unread`` members that only repeat what is known."""
        self._read.update(names)

    def within(self, name: str) -> Self:
        """The object called ``name``, which must be there."""
        child = type(self)(self._take(name), self.at(name))
        self._children[name] = [child]
        return child

    def within_or_none(self, name: str) -> Self | None:
        return self.within(name) if self.has(name) else None

    def objects(self, name: str) -> list[Self]:
        """The members of the array called ``name``, each an object; an absent array is empty."""
        items = self.items(name) if self.has(name) else []
        self._read.add(name)
        children = [type(self)(item, f"{self.at(name)}[{index}]") for index, item in enumerate(items)]
        if children:
            self._children[name] = children
        return children

    def items(self, name: str) -> list[object]:
        """The members of the array called ``name`` as they are; it must be there."""
        value = self._take(name)
        if not isinstance(value, list):
            raise self.unreadable(self.at(name), "an array")
        return value

    def values(self, name: str, reader: Callable[[object], Meaning]) -> list[Meaning]:
        """What ``reader`` makes of each member of the array called ``name``, which must be there."""
        return [
            self._understood(item, f"{self.at(name)}[{index}]", reader) for index, item in enumerate(self.items(name))
        ]

    def read(self, name: str, reader: Callable[[object], Meaning]) -> Meaning:
        """What ``reader`` makes of the member called ``name``; absent, it is given ``None`` and finds that odd."""
        return self._understood(self._take(name), self.at(name), reader)

    def read_or_none(self, name: str, reader: Callable[[object], Meaning]) -> Meaning | None:
        """As ``read``; ``None`` for an absent member."""
        value = self._take(name)
        return None if value is None else self._understood(value, self.at(name), reader)

    def text(self, name: str) -> str:
        """A text with something in it; half surrogates in it are replaced, so that anything can store it."""
        text = self.text_or_none(name)
        if text is None:
            raise self.unreadable(self.at(name), "a text")
        return text

    def text_or_none(self, name: str) -> str | None:
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > self.longest_text:
            raise self.unreadable(self.at(name), "a text")
        if value.strip():
            return _sound(value.strip() if self.loose else value)
        if self.loose:
            return None
        raise self.unreadable(self.at(name), "a text with something in it")

    def one_of(self, name: str, meanings: Mapping[str, Meaning]) -> Meaning:
        """What the text called ``name`` stands for in a closed list."""
        value = self._take(name)
        if not isinstance(value, str) or value not in meanings:
            raise self.unreadable(self.at(name), "one of " + ", ".join(meanings))
        return meanings[value]

    def label_or_none(self, name: str) -> str | None:
        """A text, or a number written as one: vendors number things either way."""
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            self._read.add(name)
            return str(value)
        return self.text_or_none(name)

    def flag_or_none(self, name: str) -> bool | None:
        """``true``, ``"S"``, ``"SIM"`` or ``"TRUE"``, and their opposites."""
        value = self._take(name)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().upper() in _FLAGS:
            return _FLAGS[value.strip().upper()]
        raise self.unreadable(self.at(name), "true or false")

    def date_or_none(self, name: str) -> date | None:
        """``2024-05-31``, a moment of that day, or ``31/05/2024``."""
        text = self.text_or_none(name)
        return None if text is None else self._understood(text, self.at(name), read_day)

    def document_or_none(self, name: str) -> Document | None:
        """A CPF or CNPJ; ``None`` too for a text that is no whole document, which stays unread."""
        value = self._values.get(name)
        document = _document_or_none(value) if isinstance(value, str) else None
        if document is not None or not self.has(name):
            self._read.add(name)
        elif not isinstance(value, str):
            raise self.unreadable(self.at(name), "a text")
        return document

    def unread(self) -> dict[str, Any]:
        """What nobody read, objects inside objects included, JSON-ready."""
        left: dict[str, Any] = {}
        for name, value in self._values.items():
            if name in self._children:
                parts = [child.unread() for child in self._children[name]]
                if any(parts):
                    left[_sound(str(name))] = parts[0] if isinstance(value, Mapping) else parts
            elif name not in self._read:
                left[_sound(str(name))] = self._json_ready(value)
        return left

    # ------------------------------------------------------------------------------------------------------------------

    def _take(self, name: str) -> object:
        self._read.add(name)
        value = self._values.get(name)
        return None if value == "" else value

    def _understood(self, value: object, place: str, reader: Callable[[object], Meaning]) -> Meaning:
        try:
            return reader(value)
        except Odd as odd:
            raise self.unreadable(place, odd.expected) from odd

    def _json_ready(self, value: object, depth: int = 0) -> object:
        """``value`` with decimals as texts and half surrogates replaced."""
        if depth > _DEEPEST:
            raise self.unreadable(self._place, f"at most {_DEEPEST} levels deep")
        if isinstance(value, str):
            return _sound(value)
        if isinstance(value, Mapping):
            return {_sound(str(name)): self._json_ready(item, depth + 1) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._json_ready(item, depth + 1) for item in value]
        return str(value) if isinstance(value, Decimal) else value


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _document_or_none(text: str) -> Document | None:
    try:
        return parse_document(text)
    except InvalidDocument:
        return None
