"""Scripts: lists of rules that say how a provider treats the calls they match. The first match wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lastro.kernel.documents import InvalidDocument, parse_document
from sandbox.bureaus.outcomes import Computed, Manner, Outcome, Treatment
from sandbox.bureaus.subjects import KINDS, Debt

LONGEST_DELAY_MS = 120_000
MOST_RULES = 1_000
OPERATIONS = ("inquiry", "login", "find", "codes", "reports", "include", "remove", "follow")

_RULE_FIELDS = {"when", "outcome", "delay_ms", "times", "score", "debts", "registration", "token_seconds"} | {
    "word",
    "word_delay_ms",
}
_WHEN_FIELDS = {"operation", "document", "report"}
_DEBT_FIELDS = {"kind", "amount", "date", "creditor"}


class InvalidScript(ValueError):
    """The script cannot be obeyed; ``field`` is the dotted path of what is wrong, ``rule`` says why."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


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
    script = _object(body, "body", {"rules"}, "")
    rules = script.get("rules")
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise InvalidScript("rules", f"is not an array of at most {MOST_RULES} rules")
    return [_rule(rule, f"rules.{index}") for index, rule in enumerate(rules)]


def _rule(body: object, place: str) -> Rule:
    rule = _object(body, place, _RULE_FIELDS)
    given = rule.get("when")
    when = _object({} if given is None else given, f"{place}.when", _WHEN_FIELDS)
    return Rule(
        treatment=Treatment(
            outcome=Outcome(_one_of(rule, "outcome", place, tuple(Outcome), Outcome.ANSWERED)),
            delay_ms=_number(rule, "delay_ms", place, most=LONGEST_DELAY_MS) or 0,
            score=Computed(_number(rule, "score", place, most=1000)) if "score" in rule else None,
            debts=_debts(rule, place),
            registration=_text(rule, "registration", place),
            token_seconds=_number(rule, "token_seconds", place, least=1, most=86_400),
            word=Manner(_one_of(rule, "word", place, tuple(Manner), Manner.OK)),
            word_delay_ms=_number(rule, "word_delay_ms", place, most=LONGEST_DELAY_MS) or 0,
        ),
        operation=_one_of(when, "operation", f"{place}.when", OPERATIONS, "inquiry"),
        document=_document(when, f"{place}.when"),
        report=_text(when, "report", f"{place}.when"),
        remaining=_number(rule, "times", place, least=1),
    )


def _debts(rule: Mapping[str, object], place: str) -> tuple[Debt, ...] | None:
    value = rule.get("debts")
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_RULES:
        raise InvalidScript(f"{place}.debts", "is not an array")
    return tuple(_debt(item, f"{place}.debts.{index}") for index, item in enumerate(value))


def _debt(body: object, place: str) -> Debt:
    debt = _object(body, place, _DEBT_FIELDS)
    try:
        day = date.fromisoformat(_text(debt, "date", place) or "2024-05-10")
    except ValueError as error:
        raise InvalidScript(f"{place}.date", "is not a day like 2024-05-10") from error
    return Debt(
        kind=_one_of(debt, "kind", place, KINDS, "pefin"),
        amount=_number(debt, "amount", place, least=1) or 100_00,
        day=day,
        creditor=_text(debt, "creditor", place) or "Credor Exemplo",
    )


def _object(value: object, place: str, known: set[str], prefix: str | None = None) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise InvalidScript(place, "is not an object")
    for name in value:
        if name not in known:
            raise InvalidScript(f"{place + '.' if prefix is None else prefix}{name}", "is not a known field")
    return value


def _one_of(body: Mapping[str, object], name: str, place: str, known: tuple[str, ...], default: str) -> str:
    value = body.get(name, default)
    if not isinstance(value, str) or value not in known:
        raise InvalidScript(f"{place}.{name}", "is not one of " + ", ".join(known))
    return value


def _number(body: Mapping[str, object], name: str, place: str, *, least: int = 0, most: int = 10**12) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidScript(f"{place}.{name}", f"is not an integer from {least} to {most}")
    return value


def _text(body: Mapping[str, object], name: str, place: str) -> str | None:
    value = body.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise InvalidScript(f"{place}.{name}", "is not a text")
    return value


def _document(when: Mapping[str, object], place: str) -> str | None:
    value = when.get("document")
    if value is None:
        return None
    try:
        return parse_document(value if isinstance(value, str) else "").value
    except InvalidDocument as error:
        raise InvalidScript(f"{place}.document", "is not a CPF or CNPJ") from error
