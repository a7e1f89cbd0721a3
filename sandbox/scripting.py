"""What scripts of the sandbox have in common: lists of rules as JSON, read one by one, the first wrong field named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from lastro.kernel.documents import InvalidDocument, parse_document

LONGEST_DELAY_MS = 120_000
MOST_RULES = 1_000

RuleT = TypeVar("RuleT")


class InvalidScript(ValueError):
    """The script cannot be obeyed; ``field`` is the dotted path of what is wrong, ``rule`` says why."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


def read_rules(body: object, read: Callable[[object, str], RuleT]) -> list[RuleT]:
    """Read ``{"rules": [...]}``, each with its place. Raises ``InvalidScript`` naming the first wrong field."""
    rules = read_object(body, "body", {"rules"}, "").get("rules")
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise InvalidScript("rules", f"is not an array of at most {MOST_RULES} rules")
    return [read(rule, f"rules.{index}") for index, rule in enumerate(rules)]


def read_object(value: object, place: str, known: set[str], prefix: str | None = None) -> Mapping[str, object]:
    """An object of known fields alone."""
    if not isinstance(value, Mapping):
        raise InvalidScript(place, "is not an object")
    for name in value:
        if name not in known:
            raise InvalidScript(f"{place + '.' if prefix is None else prefix}{name}", "is not a known field")
    return value


def read_when(rule: Mapping[str, object], place: str, known: set[str]) -> Mapping[str, object]:
    """The conditions of a rule; none where they are left out."""
    given = rule.get("when")
    return read_object({} if given is None else given, f"{place}.when", known)


def read_one_of(body: Mapping[str, object], name: str, place: str, known: tuple[str, ...], default: str) -> str:
    value = body.get(name, default)
    if not isinstance(value, str) or value not in known:
        raise InvalidScript(f"{place}.{name}", "is not one of " + ", ".join(known))
    return value


def read_number(body: Mapping[str, object], name: str, place: str, *, least: int = 0, most: int = 10**12) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidScript(f"{place}.{name}", f"is not an integer from {least} to {most}")
    return value


def read_document(when: Mapping[str, object], name: str, place: str) -> str | None:
    """A CPF or CNPJ, bare."""
    value = when.get(name)
    if value is None:
        return None
    try:
        return parse_document(value if isinstance(value, str) else "").value
    except InvalidDocument as error:
        raise InvalidScript(f"{place}.{name}", "is not a CPF or CNPJ") from error
