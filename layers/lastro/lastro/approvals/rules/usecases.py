"""Making, changing and reading approval rules. A rule is its partner's: another's is not found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.approvals.errors import RULE_BUSY, RULE_NOT_FOUND
from lastro.approvals.rules.check_requests import read_checks
from lastro.approvals.rules.checks import Checks
from lastro.approvals.rules.model import ApprovalRule, Cycle, find_faults
from lastro.approvals.rules.requests import CreateRule, FindRule, ListRules, ReplaceRule, SentRule
from lastro.approvals.rules.views import RuleAnswer, RuleList, show_rule
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, FieldError, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.approvals.rules.store import RuleStore


@dataclass(frozen=True)
class Rules:
    """A partner's rules."""

    store: RuleStore
    clock: Clock

    def create(self, request: CreateRule, caller: Caller) -> RuleAnswer:
        """A new rule, version 1. The same request again gives the first answer again.

        Raises ``InvalidInput`` for cycles that are out of order or contradict themselves, and ``Conflict`` for an
        ``Idempotency-Key`` that came with another request or is being worked.
        """
        sent = request.approval_rule
        cycles, checks = _read_rule(sent)
        keyed = KeyedRequest.of(
            f"create_approval_rule#{caller.holder}", request.idempotency_key, sent.model_dump_json()
        )

        def create_once() -> RuleAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return RuleAnswer.model_validate_json(first)
            rule = ApprovalRule(
                id=self.store.reserve_id(),
                name=sent.name,
                development=sent.development,
                price_table=sent.price_table,
                cycles=cycles,
                checks=checks,
                created_at=now,
                updated_at=now,
            )
            answer = RuleAnswer(approval_rule=show_rule(rule))
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.put_new(caller.partner_id, rule, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def replace(self, request: ReplaceRule, caller: Caller) -> RuleAnswer:
        """The next version of a rule; what changes nothing makes none. Raises ``NotFound`` and ``InvalidInput``."""
        sent = request.approval_rule
        cycles, checks = _read_rule(sent)

        def replace_once() -> RuleAnswer | None:
            rule = self.store.find(caller.partner_id, request.approval_rule_id)
            if rule is None:
                raise RULE_NOT_FOUND()
            changed = replace(
                rule,
                name=sent.name,
                development=sent.development,
                price_table=sent.price_table,
                cycles=cycles,
                checks=checks,
            )
            if changed == rule:
                return RuleAnswer(approval_rule=show_rule(rule))
            changed = replace(changed, version=rule.version + 1, updated_at=self.clock.now())
            stored = self.store.replace(caller.partner_id, rule, changed)
            return RuleAnswer(approval_rule=show_rule(changed)) if stored else None

        return until_committed(replace_once, RULE_BUSY)

    def show(self, request: FindRule, caller: Caller) -> RuleAnswer:
        """Raises ``NotFound``."""
        rule = self.store.find(caller.partner_id, request.approval_rule_id, request.version)
        if rule is None:
            raise RULE_NOT_FOUND()
        return RuleAnswer(approval_rule=show_rule(rule))

    def list(self, request: ListRules, caller: Caller) -> RuleList:
        """One page of the partner's rules."""
        found = self.store.list_after(caller.partner_id, request.cursor or 0, request.per_page + 1)
        page = found[: request.per_page]
        following = str(page[-1].id) if len(found) > len(page) else None
        return RuleList(approval_rules=[show_rule(rule) for rule in page], next_cursor=following)


def _read_rule(sent: SentRule) -> tuple[tuple[Cycle, ...], Checks]:
    """Raises ``InvalidInput`` with every fault of what is right by itself and wrong beside the rest."""
    cycles = tuple(cycle.to_cycle() for cycle in sent.cycles)
    checks, faults = read_checks(sent.checks)
    faults = [*find_faults(cycles), *faults]
    if faults:
        raise InvalidInput([FieldError(f"approval_rule.{one.field}", one.rule, one.message) for one in faults])
    return cycles, checks
