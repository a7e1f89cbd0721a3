"""Scripts: lists of rules that say how a provider treats the calls they match. The first match wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sandbox.bureaus.outcomes import Computed, Manner, Outcome, Treatment
from sandbox.bureaus.subjects import KINDS, Debt
from sandbox.scripting import (
    LONGEST_DELAY_MS,
    MOST_RULES,
    InvalidScript,
    read_document,
    read_number,
    read_object,
    read_one_of,
    read_rules,
    read_when,
)

OPERATIONS = ("inquiry", "login", "find", "codes", "reports", "include", "remove", "follow")

_RULE_FIELDS = {"when", "outcome", "delay_ms", "times", "score", "debts", "registration", "token_seconds"} | {
    "word",
    "word_delay_ms",
}
_WHEN_FIELDS = {"operation", "document", "report"}
_DEBT_FIELDS = {"kind", "amount", "date", "creditor"}


@dataclass(slots=True)
class Rule:
    """One rule and how often it may still fire (``None``: for ever). Absent conditions match anything."""

    treatment: Treatment
    operation: str = "inquiry"
    document: str | None = None
    report: str | None = None
    remaining: int | None = None

    def matches(self, operation: str, document: str | None, report: str | None) -> bool:
        return (
            self.remaining != 0
            and self.operation == operation
            and self.document in (None, document)
            and self.report in (None, report)
        )

    def fire(self) -> Treatment:
        if self.remaining is not None:
            self.remaining -= 1
        return self.treatment


class Scripts:
    """The script of every provider."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = {}

    def put(self, provider: str, rules: list[Rule]) -> None:
        """Replace the provider's script."""
        self._rules[provider] = rules

    def clear(self) -> None:
        """Forget every script."""
        self._rules.clear()

    def count(self, provider: str) -> int:
        return len(self._rules.get(provider, ()))

    def fire(
        self, provider: str, operation: str, document: str | None = None, report: str | None = None
    ) -> Treatment | None:
        """The treatment of the first rule that matches, which counts as fired."""
        for rule in self._rules.get(provider, ()):
            if rule.matches(operation, document, report):
                return rule.fire()
        return None


def parse_script(body: object) -> list[Rule]:
    """Read ``{"rules": [...]}``. Raises ``InvalidScript`` naming the first wrong field."""
    return read_rules(body, _rule)


def _rule(body: object, place: str) -> Rule:
    rule = read_object(body, place, _RULE_FIELDS)
    when = read_when(rule, place, _WHEN_FIELDS)
    return Rule(
        treatment=Treatment(
            outcome=Outcome(read_one_of(rule, "outcome", place, tuple(Outcome), Outcome.ANSWERED)),
            delay_ms=read_number(rule, "delay_ms", place, most=LONGEST_DELAY_MS) or 0,
            score=Computed(read_number(rule, "score", place, most=1000)) if "score" in rule else None,
            debts=_debts(rule, place),
            registration=_text(rule, "registration", place),
            token_seconds=read_number(rule, "token_seconds", place, least=1, most=86_400),
            word=Manner(read_one_of(rule, "word", place, tuple(Manner), Manner.OK)),
            word_delay_ms=read_number(rule, "word_delay_ms", place, most=LONGEST_DELAY_MS) or 0,
        ),
        operation=read_one_of(when, "operation", f"{place}.when", OPERATIONS, "inquiry"),
        document=read_document(when, "document", f"{place}.when"),
        report=_text(when, "report", f"{place}.when"),
        remaining=read_number(rule, "times", place, least=1),
    )


def _debts(rule: Mapping[str, object], place: str) -> tuple[Debt, ...] | None:
    value = rule.get("debts")
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_RULES:
        raise InvalidScript(f"{place}.debts", "is not an array")
    return tuple(_debt(item, f"{place}.debts.{index}") for index, item in enumerate(value))


def _debt(body: object, place: str) -> Debt:
    debt = read_object(body, place, _DEBT_FIELDS)
    try:
        day = date.fromisoformat(_text(debt, "date", place) or "2024-05-10")
    except ValueError as error:
        raise InvalidScript(f"{place}.date", "is not a day like 2024-05-10") from error
    return Debt(
        kind=read_one_of(debt, "kind", place, KINDS, "pefin"),
        amount=read_number(debt, "amount", place, least=1) or 100_00,
        day=day,
        creditor=_text(debt, "creditor", place) or "Credor Exemplo",
    )


def _text(body: Mapping[str, object], name: str, place: str) -> str | None:
    value = body.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise InvalidScript(f"{place}.{name}", "is not a text")
    return value
