"""A store's plus returns: making, changing and ending rules. Another store's rule is not found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.simulations.errors import (
    ABOVE_MAX_RETURN,
    BANK_FIXED,
    RULE_BUSY,
    RULE_NOT_FOUND,
    RULE_OVERLAPS,
    RULE_READ_ONLY,
    TOO_MANY_RULES,
    TWO_STORES,
    UNKNOWN_BANK,
    UPSIDE_DOWN,
)
from lastro.simulations.returns.model import MOST_RULES, ReturnRule, RuleSet, Span, find_overlap
from lastro.simulations.returns.requests import (
    ChangedRule,
    CreateReturnRule,
    DeleteReturnRule,
    FindReturnRule,
    NewRule,
    UpdateReturnRule,
)
from lastro.simulations.returns.views import ReturnRuleAnswer, ReturnRuleList, show_rule

if TYPE_CHECKING:
    from lastro.simulations.returns.store import ReturnRuleStore


@dataclass(frozen=True)
class ReturnRules:
    """Rules of the caller's store."""

    store: ReturnRuleStore
    clock: Clock

    def create(self, request: CreateReturnRule, caller: Caller) -> str:
        """A rule that counts at once. The same request again gives the first answer again.

        Raises ``InvalidInput`` for bounds the wrong way round, and ``Conflict`` for one that a condition could be of
        beside another (``plus_return_rule_overlaps``), or with too many.
        """
        sent = request.plus_return_rule
        store_id = _store_of(sent, caller)
        if sent.bank_febraban_code is not None and sent.bank_febraban_code not in BANKS:
            raise InvalidInput([UNKNOWN_BANK.at("plus_return_rule.bank_febraban_code")])
        keyed = KeyedRequest.of(f"create_plus_return_rule#{store_id}", request.idempotency_key, sent.model_dump_json())

        def create_once() -> str | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return first
            before = self.store.find(store_id)
            if len(before.rules) >= MOST_RULES:
                raise TOO_MANY_RULES(most=MOST_RULES)
            blank = ReturnRule(0, sent.bank_febraban_code, Span(), Span(), 0, sent.max_return, "max", now, now)
            rule = replace(_with(blank, sent), id=self.store.reserve_id())
            _check(before, rule)
            answer = ReturnRuleAnswer(plus_return_rule=show_rule(store_id, rule)).model_dump_json()
            after = RuleSet(before.version + 1, (*before.rules, rule))
            return answer if self.store.replace(store_id, after, Answered.to(keyed, answer, now)) else None

        return until_committed(create_once, RULE_BUSY)

    def update(self, request: UpdateReturnRule, caller: Caller) -> ReturnRuleAnswer:
        """The rule with what was sent; its bank never changes. Raises as ``create`` does, and ``NotFound``."""
        sent = request.plus_return_rule
        store_id = _store_of(sent, caller)

        def change(rule: ReturnRule) -> ReturnRule:
            if "bank_febraban_code" in sent.model_fields_set and sent.bank_febraban_code != rule.bank:
                raise InvalidInput([BANK_FIXED.at("plus_return_rule.bank_febraban_code")])
            return _with(rule, sent)

        return self._change(request.rule_id, store_id, change)

    def activate(self, request: FindReturnRule, caller: Caller) -> ReturnRuleAnswer:
        """The rule as one that counts; again, nothing happens. Raises ``NotFound``, ``Forbidden`` and ``Conflict``."""
        return self._switch(request, caller, active=True)

    def deactivate(self, request: FindReturnRule, caller: Caller) -> ReturnRuleAnswer:
        """The rule as one that does not count; again, nothing happens. Raises ``NotFound`` and ``Forbidden``."""
        return self._switch(request, caller, active=False)

    def delete(self, request: DeleteReturnRule, caller: Caller) -> None:
        """End a rule; what was simulated under it keeps its number. Raises ``NotFound``."""
        store_id = caller.store_id

        def delete_once() -> bool | None:
            before = self.store.find(store_id)
            rule = _find(before, request.rule_id)
            left = tuple(each for each in before.rules if each is not rule)
            return self.store.replace(store_id, RuleSet(before.version + 1, left)) or None

        until_committed(delete_once, RULE_BUSY)

    def find(self, request: FindReturnRule, caller: Caller) -> ReturnRuleAnswer:
        """One of the store's. Raises ``NotFound``."""
        rule = _find(self.store.find(caller.store_id), request.rule_id)
        return ReturnRuleAnswer(plus_return_rule=show_rule(caller.store_id, rule))

    def list(self, caller: Caller) -> ReturnRuleList:
        """All of the store's, in order of number."""
        return ReturnRuleList([show_rule(caller.store_id, rule) for rule in self.store.find(caller.store_id).rules])

    def _switch(self, request: FindReturnRule, caller: Caller, *, active: bool) -> ReturnRuleAnswer:
        # The call is a GET, which a credential that only reads may otherwise make.
        if caller.role is not Role.MEMBER:
            raise RULE_READ_ONLY()
        return self._change(request.rule_id, caller.store_id, lambda rule: replace(rule, active=active))

    def _change(self, rule_id: int, store_id: int, change: Callable[[ReturnRule], ReturnRule]) -> ReturnRuleAnswer:
        def change_once() -> ReturnRule | None:
            before = self.store.find(store_id)
            rule = _find(before, rule_id)
            changed = change(rule)
            if changed == rule:
                return rule
            _check(before, changed)
            changed = replace(changed, updated_at=self.clock.now())
            rules = tuple(changed if each is rule else each for each in before.rules)
            return changed if self.store.replace(store_id, RuleSet(before.version + 1, rules)) else None

        return ReturnRuleAnswer(plus_return_rule=show_rule(store_id, until_committed(change_once, RULE_BUSY)))


def _find(rule_set: RuleSet, rule_id: int) -> ReturnRule:
    rule = next((each for each in rule_set.rules if each.id == rule_id), None)
    if rule is None:
        raise RULE_NOT_FOUND()
    return rule


def _with(rule: ReturnRule, sent: NewRule | ChangedRule) -> ReturnRule:
    """The rule with what was sent; what was sent empty is as if it had never been."""
    told = {name: getattr(sent, name) for name in type(sent).model_fields if name in sent.model_fields_set}
    named: dict[str, Any] = {name: told[name] for name in ("name", "max_return") if name in told}
    if "min_return" in told:
        named["min_return"] = told["min_return"] or 0
    if "active" in told:
        named["active"] = told["active"] is not False
    if "return_preference" in told:
        named["return_preference"] = told["return_preference"] or "max"
    return replace(
        rule,
        **named,
        installments=_span(rule.installments, told, "installments"),
        financed=_span(rule.financed, told, "financed_amount_cents"),
    )


def _span(before: Span, told: Mapping[str, Any], name: str) -> Span:
    return Span(told.get(f"min_{name}", before.least), told.get(f"max_{name}", before.most))


def _check(rule_set: RuleSet, rule: ReturnRule) -> None:
    """Raises ``InvalidInput`` for bounds the wrong way round, ``Conflict`` for a rule that overlaps another."""
    errors = []
    if rule.min_return > rule.max_return:
        errors.append(ABOVE_MAX_RETURN.at("plus_return_rule.min_return"))
    for name, span in (("installments", rule.installments), ("financed_amount_cents", rule.financed)):
        if span.least is not None and span.most is not None and span.least > span.most:
            errors.append(UPSIDE_DOWN.at(f"plus_return_rule.min_{name}"))
    if errors:
        raise InvalidInput(errors)
    other = find_overlap(rule_set.rules, rule)
    if other is not None:
        raise RULE_OVERLAPS(rule=other.id)


def _store_of(sent: NewRule | ChangedRule, caller: Caller) -> int:
    """Raises ``InvalidInput`` where body and header name two stores."""
    if sent.store_id is None:
        return caller.store_id
    if caller.chosen_store not in (None, sent.store_id):
        raise InvalidInput([TWO_STORES.at("plus_return_rule.store_id")])
    return caller.own_store(sent.store_id)
