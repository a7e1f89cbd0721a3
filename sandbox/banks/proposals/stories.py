"""What becomes of a proposal, step by step, and how the bank tells it: from a script, or from a published document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lastro.kernel.documents import InvalidDocument, parse_document
from sandbox.scripting import MOST_RULES, InvalidScript


class Step(StrEnum):
    """One thing that happens to a proposal after it was received."""

    IN_ANALYSIS = "in_analysis"
    PENDING_DOCUMENTS = "pending_documents"
    APPROVED = "approved"
    COUNTER_OFFER = "counter_offer"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FORMALISED = "formalised"
    PAID = "paid"
    RETURNED = "returned"


class Sending(StrEnum):
    """What the sender of a proposal gets."""

    ANSWERED = "answered"
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    UNSTABLE = "unstable"
    VALIDATION_ERROR = "validation_error"
    INVALID_CREDENTIALS = "invalid_credentials"


class Telling(StrEnum):
    """How the bank calls back: each step as it happens, each twice, all of them last first, or never."""

    ONCE = "once"
    TWICE = "twice"
    REVERSED = "reversed"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Story:
    """What becomes of a proposal. The steps follow each other ``delay_ms`` apart."""

    steps: tuple[Step, ...] = (Step.IN_ANALYSIS, Step.APPROVED)
    sending: Sending = Sending.ANSWERED
    telling: Telling = Telling.ONCE
    delay_ms: int = 0


_WHOLE = (Step.IN_ANALYSIS, Step.APPROVED, Step.FORMALISED, Step.PAID)

PUBLISHED: Mapping[str, Story] = {
    "99999903045": Story((Step.IN_ANALYSIS, Step.APPROVED)),
    "99999903126": Story((Step.IN_ANALYSIS, Step.REFUSED)),
    "99999903207": Story((Step.IN_ANALYSIS, Step.COUNTER_OFFER)),
    "99999903398": Story((Step.IN_ANALYSIS, Step.PENDING_DOCUMENTS, Step.APPROVED)),
    "99999903479": Story((Step.IN_ANALYSIS, Step.APPROVED), telling=Telling.NEVER),
    "99999903550": Story(_WHOLE, telling=Telling.TWICE),
    "99999903630": Story(_WHOLE, telling=Telling.REVERSED),
    "99999903711": Story(_WHOLE, sending=Sending.TIMEOUT_AFTER_EFFECT),
    "99999903800": Story(_WHOLE),
    "99999903983": Story((*_WHOLE, Step.RETURNED)),
}
"""Document -> story. Any other document is analysed and approved."""


@dataclass(slots=True)
class ProposalRule:
    """A story and for whom; ``remaining`` counts how often it may still be told (``None``: for ever)."""

    story: Story
    document: str | None = None
    remaining: int | None = None


def parse_stories(body: object) -> list[ProposalRule]:
    """Read ``{"rules": [{"when": {"cpf"}, "steps", "sending", "telling", "delay_ms", "times"}]}``.

    Raises ``InvalidScript`` naming the first wrong field.
    """
    rules = body.get("rules") if isinstance(body, Mapping) else None
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise InvalidScript("rules", f"is not an array of at most {MOST_RULES} rules")
    return [_rule(rule, f"rules.{index}") for index, rule in enumerate(rules)]


def _rule(body: object, place: str) -> ProposalRule:
    if not isinstance(body, Mapping):
        raise InvalidScript(place, "is not an object")
    for name in body:
        if name not in {"when", "steps", "sending", "telling", "delay_ms", "times"}:
            raise InvalidScript(f"{place}.{name}", "is not a known field")
    steps = body.get("steps", list(Story().steps))
    if not isinstance(steps, list) or not all(each in set(Step) for each in steps):
        raise InvalidScript(f"{place}.steps", "is not an array of " + ", ".join(Step))
    delay = body.get("delay_ms", 0)
    if not isinstance(delay, int) or isinstance(delay, bool) or not 0 <= delay <= 120_000:
        raise InvalidScript(f"{place}.delay_ms", "is not an integer from 0 to 120000")
    times = body.get("times")
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
        raise InvalidScript(f"{place}.times", "is not an integer from 1")
    story = Story(
        steps=tuple(Step(each) for each in steps),
        sending=Sending(_one_of(body, "sending", place, Sending.ANSWERED, tuple(Sending))),
        telling=Telling(_one_of(body, "telling", place, Telling.ONCE, tuple(Telling))),
        delay_ms=delay,
    )
    return ProposalRule(story, _document(body.get("when"), f"{place}.when"), times)


def _one_of(body: Mapping[str, object], name: str, place: str, default: str, known: tuple[str, ...]) -> str:
    value = body.get(name, default)
    if not isinstance(value, str) or value not in known:
        raise InvalidScript(f"{place}.{name}", "is not one of " + ", ".join(known))
    return value


def _document(when: object, place: str) -> str | None:
    if when is None:
        return None
    if not isinstance(when, Mapping) or set(when) - {"cpf"}:
        raise InvalidScript(place, "holds nothing but cpf")
    value = when.get("cpf")
    if value is None:
        return None
    try:
        return parse_document(value if isinstance(value, str) else "").value
    except InvalidDocument as error:
        raise InvalidScript(f"{place}.cpf", "is not a CPF or CNPJ") from error
