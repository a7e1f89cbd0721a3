"""Scripts: lists of rules that say how a bank treats the calls they match. The first match wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.banks.scripting.treatments import (
    DEFAULT_IDEAL,
    DEFAULT_MINIMUM,
    SCRIPTABLE,
    Advised,
    Outcome,
    Treatment,
)
from sandbox.scripting import (
    LONGEST_DELAY_MS,
    read_document,
    read_number,
    read_object,
    read_one_of,
    read_rules,
    read_when,
)

_RULE_FIELDS = {"when", "minimum_down_payment", "suggested_down_payment", "outcome", "delay_ms", "times"}
_WHEN_FIELDS = {"cpf", "installments", "down_payment"}

# A bank that turns an applicant down has nothing to advise unless the script says so.
_ADVISING = {Outcome.APPROVED, Outcome.SUGGESTION_MATRIX_ERROR, Outcome.TIMEOUT_AFTER_EFFECT}


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
    return read_rules(body, _rule)


def _rule(body: object, place: str) -> Rule:
    rule = read_object(body, place, _RULE_FIELDS)
    when = read_when(rule, place, _WHEN_FIELDS)
    outcome = Outcome(read_one_of(rule, "outcome", place, SCRIPTABLE, Outcome.APPROVED))
    advises = outcome in _ADVISING
    return Rule(
        treatment=Treatment(
            outcome=outcome,
            minimum=_advised(rule, "minimum_down_payment", place, DEFAULT_MINIMUM if advises else None),
            ideal=_advised(rule, "suggested_down_payment", place, DEFAULT_IDEAL if advises else None),
            delay_ms=read_number(rule, "delay_ms", place, most=LONGEST_DELAY_MS) or 0,
        ),
        document=read_document(when, "cpf", f"{place}.when"),
        installments=read_number(when, "installments", f"{place}.when", least=1),
        down_payment=read_number(when, "down_payment", f"{place}.when"),
        remaining=read_number(rule, "times", place, least=1),
    )


def _advised(body: Mapping[str, object], name: str, place: str, default: Advised) -> Advised:
    return read_number(body, name, place) if name in body else default
