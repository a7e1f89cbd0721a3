"""The proposals of a bank in memory: the port's behaviour without HTTP, steered as the sandbox's desk is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lastro.financing.attempts.states import ENDED, State
from lastro.financing.ports import CounterOffer, DocumentKind, ProposalDocument, ProposalRequest, RefusalReason, Word
from lastro.kernel.errors import Permanent, Retryable, Unknown

WANTED = (DocumentKind.IDENTITY, DocumentKind.INCOME)


@dataclass
class FakeCase:
    """A proposal: its story's steps that are still to come, and what was said."""

    request: ProposalRequest
    steps: list[str]
    words: list[Word]
    documents: dict[str, DocumentKind] = field(default_factory=dict)


class FakeDesk:
    """Proposals of bank ``code``. Each look at one takes its story a step further."""

    def __init__(self, code: str = "341", *, credentials_accepted: bool = True) -> None:
        self.code = code
        self.cases: dict[str, FakeCase] = {}
        self.asked: list[tuple[str, str]] = []
        self._accepted = credentials_accepted
        self._rules: list[dict[str, Any]] = []

    def tell_stories(self, rules: Sequence[Mapping[str, Any]]) -> None:
        self._rules = [dict(rule) for rule in rules]

    async def send_proposal(self, request: ProposalRequest) -> Word:
        self._note("send", request.key)
        if request.key in self.cases:
            return self.cases[request.key].words[-1]
        rule = self._rule()
        match rule.get("sending"):
            case "unstable":
                raise Retryable("the bank is unstable", code="bank_unavailable")
            case "validation_error":
                raise Permanent("the bank refused fields", code="bank_validation_error")
            case "invalid_credentials":
                raise Permanent("the bank refused the credentials", code="invalid_bank_credentials")
        received = Word(request.key, f"{self.code}-P{len(self.cases) + 1:06d}", 1, State.SENT)
        steps = list(rule.get("steps", ["in_analysis", "approved"]))
        self.cases[request.key] = FakeCase(request, steps, [received])
        if rule.get("sending") == "timeout_after_effect":
            raise Unknown("no answer came", code="bank_timeout")
        return received

    async def find_proposal(self, key: str) -> Word | None:
        self._note("find", key)
        case = self.cases.get(key)
        if case is None:
            return None
        self.advance(key)
        return case.words[-1]

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        self._note("document", key)
        case = self.cases[key]
        case.documents.setdefault(document.key, document.kind)
        return case.words[-1]

    async def cancel_proposal(self, key: str) -> Word:
        self._note("cancel", key)
        case = self.cases[key]
        if case.words[-1].state not in (*ENDED, State.FORMALISED, State.PAID):
            self._say(case, "cancelled")
        return case.words[-1]

    def advance(self, key: str) -> None:
        """Take a story a step further, unless documents are waited for."""
        case = self.cases[key]
        waits = case.words[-1].state is State.PENDING_DOCUMENTS and self._lacks(case)
        if case.steps and not waits and case.words[-1].state not in (State.REFUSED, State.CANCELLED):
            self._say(case, case.steps.pop(0))

    def _say(self, case: FakeCase, step: str) -> None:
        last, request = case.words[-1], case.request
        counter = last.counter
        if step == "counter_offer":
            number = 1 + (counter.number if counter else 0)
            more = request.financed_amount // 5
            counter = CounterOffer(
                number,
                request.down_payment + more,
                request.financed_amount - more,
                request.installments,
                request.installment_value * 4 // 5,
            )
        state = State.APPROVED_OTHERWISE if step == "counter_offer" else State(step)
        formalised = state in (State.FORMALISED, State.PAID)
        case.words.append(
            Word(
                key=last.key,
                number=last.number,
                sequence=last.sequence + 1,
                state=state,
                reason=RefusalReason.CREDIT if state is State.REFUSED else None,
                pending=self._lacks(case) if state is State.PENDING_DOCUMENTS else (),
                counter=counter,
                contract=f"CT{last.number}" if formalised else None,
                lien=f"SNG{last.number[-6:]}" if formalised else None,
            )
        )

    def _lacks(self, case: FakeCase) -> tuple[DocumentKind, ...]:
        return tuple(each for each in WANTED if each not in case.documents.values())

    def _rule(self) -> Mapping[str, Any]:
        for rule in self._rules:
            if rule.get("times") == 0:
                continue
            if "times" in rule:
                rule["times"] -= 1
            return rule
        return {}

    def _note(self, act: str, key: str) -> None:
        self.asked.append((act, key))
        if not self._accepted:
            raise Permanent("the bank refused the credentials", code="invalid_bank_credentials")
