"""Working what a run queued of one debtor: each boleto gets one result, whatever is delivered how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict, DomainError, InvalidInput, Retryable
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import (
    Action,
    Parameters,
    Result,
    Run,
    RunKey,
    RunStatus,
    Step,
    Verdict,
    judge,
)
from lastro.negativations.collection.runs.finishing import finish_if_done
from lastro.negativations.errors import UNKNOWN_NATURE

if TYPE_CHECKING:
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.runs.walking import CollectionWalk
    from lastro.negativations.collection.store import ParametersStore
    from lastro.negativations.debtors.store import DebtorStore

RETRIES = Retries((5, 15, 60, 300))
_ROUNDS = 5
_NO_STEP = Result("excluded", "nothing_due")


AskForListing = Callable[[Boleto, RunKey], None]
"""Asks for the listing of a boleto on behalf of a run, once however often it is called for the same one. Raises
``DomainError`` where it may not be listed, ``InvalidInput`` naming what it lacks, and ``Retryable``.
"""


@dataclass(frozen=True)
class CollectionWorker:
    """Works messages of the queue of collections: shards are walked, debtors are worked."""

    walking: CollectionWalk
    parameters: ParametersStore
    runs: RunStore
    boletos: BoletoStore
    debtors: DebtorStore
    ask_for_listing: AskForListing
    clock: Clock

    def process(self, delivery: Delivery[CollectionMessage]) -> Done | Again:
        """Raises ``Retryable`` where the bureau's set-up or the queue cannot be reached."""
        message = delivery.message
        key = RunKey(message.partner_id, message.branch_id, message.business_date)
        if not message.debtor_id:
            self.walking.walk(key, message.shard)
            self._finish(key, message.shard)
            return Done()
        run, parameters = self.runs.find(key), self.parameters.find(key.partner_id, key.branch_id)
        if run is None or run.status is not RunStatus.RUNNING or parameters is None:
            return Done()
        for boleto_id in self.runs.find_waiting(key, message.boleto_ids):
            self._work(run, parameters, message.debtor_id, boleto_id)
        self._finish(key, self.runs.shard_of(message.debtor_id))
        return Done()

    def _finish(self, key: RunKey, shard: int) -> None:
        """Two rows tell whether the shard has its last result; only then are all of the run's read."""
        if not self.runs.is_worked(key, shard):
            return
        run = self.runs.find(key)
        if run and run.status is RunStatus.RUNNING:
            finish_if_done(self.runs, run)

    def _work(self, run: Run, parameters: Parameters, debtor_id: str, boleto_id: str) -> None:
        for _ in range(_ROUNDS):
            boleto = self.boletos.find(run.key.partner_id, boleto_id)
            if boleto is None:
                result, stepped = Result("excluded", "boleto_not_found"), None
            else:
                debtor = self.debtors.find(run.key.partner_id, debtor_id)
                verdict = judge(boleto, debtor, parameters, run.key.business_date, homologation=run.homologation)
                result = self._act(run, parameters, boleto, verdict)
                stepped = self._stepped(boleto, verdict.step) if result.outcome == "done" else None
            if self.runs.end(run.key, boleto_id, debtor_id, result, stepped, self.clock.now()):
                return
            if not self.runs.find_waiting(run.key, [boleto_id]):
                return
        raise Retryable("others keep changing the boleto", code="boleto_busy")

    def _act(self, run: Run, parameters: Parameters, boleto: Boleto, verdict: Verdict) -> Result:
        if verdict.exclusion:
            return Result("excluded", verdict.exclusion)
        if verdict.step is None:
            return _NO_STEP
        if verdict.step.action is not Action.CREDIT_ANALYSIS:
            return Result("done", verdict.step.action)
        try:
            self.ask_for_listing(boleto, run.key)
        except InvalidInput as error:
            return Result("failed", _name_fault(error, boleto))
        except Conflict as error:
            return Result("excluded", error.code)
        except DomainError as error:
            return Result("failed", error.code)
        return Result("done", verdict.step.action, parameters.listing_cost_cents)

    def _stepped(self, boleto: Boleto, step: Step | None) -> Boleto | None:
        """The boleto as the step left it: asking for a listing counted its version up."""
        if step is None:
            return None
        now = self.boletos.find(boleto.partner_id, boleto.id) or boleto
        moment = self.clock.now()
        return replace(now, collection_step=step.number, updated_at=moment, version=now.version + 1)


def _name_fault(error: InvalidInput, boleto: Boleto) -> str:
    """What a boleto that lacks something is counted under: a nature code that the bureau does not have is named."""
    if all(each.rule != UNKNOWN_NATURE.rule for each in error.errors):
        return error.code
    return f"{UNKNOWN_NATURE.rule}:{boleto.nature_code}" if boleto.nature_code else UNKNOWN_NATURE.rule
