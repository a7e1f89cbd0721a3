"""Scripts: lists of rules that say how a bank treats the calls they match. The first match wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lastro.kernel.documents import InvalidDocument, parse_document
from sandbox.banks.scripting.treatments import (
    DEFAULT_IDEAL,
    DEFAULT_MINIMUM,
    SCRIPTABLE,
    Advised,
    Outcome,
    Treatment,
)

LONGEST_DELAY_MS = 120_000
MOST_RULES = 1_000

_RULE_FIELDS = {"when", "minimum_down_payment", "suggested_down_payment", "outcome", "delay_ms", "times"}
_WHEN_FIELDS = {"cpf", "installments", "down_payment"}

# A bank that turns an applicant down has nothing to advise unless the script says so.
_ADVISING = {Outcome.APPROVED, Outcome.SUGGESTION_MATRIX_ERROR, Outcome.TIMEOUT_AFTER_EFFECT}


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
    document: str | None = None
    installments: int | None = None
    down_payment: int | None = None
    remaining: int | None = None

    def matches_pricing(self, document: str, installments: int, down_payment: int) -> bool:
        return (
            self.matches_document(document)
            and self.installments in (None, installments)
            and self.down_payment in (None, down_payment)
        )

    def matches_pre_approval(self, document: str) -> bool:
        """Whether the rule matches a call that knows no condition yet."""
        return self.installments is None and self.down_payment is None and self.matches_document(document)

    def matches_document(self, document: str) -> bool:
        return self.remaining != 0 and self.document in (None, document)

    def fire(self) -> Treatment:
        if self.remaining is not None:
            self.remaining -= 1
        return self.treatment


class Scripts:
    """The script of every bank."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = {}

    def put(self, code: str, rules: list[Rule]) -> None:
        """Replace the bank's script."""
        self._rules[code] = rules

    def clear(self) -> None:
        """Forget every script of every bank."""
        self._rules.clear()

    def count(self, code: str) -> int:
        return len(self._rules.get(code, ()))

    def fire_pricing(self, code: str, document: str, installments: int, down_payment: int) -> Treatment | None:
        """The treatment of the first rule that matches a pricing call, which counts as fired."""
        for rule in self._rules.get(code, ()):
            if rule.matches_pricing(document, installments, down_payment):
                return rule.fire()
        return None

    def fire_pre_approval(self, code: str, document: str) -> Treatment | None:
        """As ``fire_pricing`` for a pre-approval; only a rule whose outcome acts on it counts as fired."""
        for rule in self._rules.get(code, ()):
            if rule.matches_pre_approval(document):
                acts = rule.treatment.outcome is Outcome.PRE_APPROVAL_REFUSED
                return rule.fire() if acts else rule.treatment
        return None


def parse_script(body: object) -> list[Rule]:
    """Read ``{"rules": [...]}``. Raises ``InvalidScript`` naming the first wrong field."""
    if not isinstance(body, Mapping):
        raise InvalidScript("body", "is not an object")
    _refuse_others(body, {"rules"}, "")
    rules = body.get("rules")
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise InvalidScript("rules", f"is not an array of at most {MOST_RULES} rules")
    return [_rule(rule, f"rules.{index}") for index, rule in enumerate(rules)]


def _rule(body: object, place: str) -> Rule:
    if not isinstance(body, Mapping):
        raise InvalidScript(place, "is not an object")
    _refuse_others(body, _RULE_FIELDS, f"{place}.")
    when = body.get("when")
    if when is None:
        when = {}
    if not isinstance(when, Mapping):
        raise InvalidScript(f"{place}.when", "is not an object")
    _refuse_others(when, _WHEN_FIELDS, f"{place}.when.")
    outcome = _outcome(body, place)
    advises = outcome in _ADVISING
    return Rule(
        treatment=Treatment(
            outcome=outcome,
            minimum=_advised(body, "minimum_down_payment", place, DEFAULT_MINIMUM if advises else None),
            ideal=_advised(body, "suggested_down_payment", place, DEFAULT_IDEAL if advises else None),
            delay_ms=_number(body, "delay_ms", place, most=LONGEST_DELAY_MS) or 0,
        ),
        document=_document(when, f"{place}.when"),
        installments=_number(when, "installments", f"{place}.when", least=1),
        down_payment=_number(when, "down_payment", f"{place}.when"),
        remaining=_number(body, "times", place, least=1),
    )


def _outcome(body: Mapping[str, object], place: str) -> Outcome:
    value = body.get("outcome", Outcome.APPROVED)
    if not isinstance(value, str) or value not in SCRIPTABLE:
        raise InvalidScript(f"{place}.outcome", "is not one of " + ", ".join(SCRIPTABLE))
    return Outcome(value)


def _advised(body: Mapping[str, object], name: str, place: str, default: Advised) -> Advised:
    return _number(body, name, place) if name in body else default


def _number(body: Mapping[str, object], name: str, place: str, *, least: int = 0, most: int = 10**12) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidScript(f"{place}.{name}", f"is not an integer from {least} to {most}")
    return value


def _document(when: Mapping[str, object], place: str) -> str | None:
    value = when.get("cpf")
    if value is None:
        return None
    try:
        return parse_document(value if isinstance(value, str) else "").value
    except InvalidDocument as error:
        raise InvalidScript(f"{place}.cpf", "is not a CPF or CNPJ") from error


def _refuse_others(body: Mapping[str, object], known: set[str], prefix: str) -> None:
    for name in body:
        if name not in known:
            raise InvalidScript(f"{prefix}{name}", "is not a known field")
