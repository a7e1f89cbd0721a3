"""Simulations in the table: items and the one place that spells them (keys in ``aws/keys.py``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from lastro.aws import keys
from lastro.aws.attempts import Attempts
from lastro.aws.keys import BY_OWNER, OPEN, Key
from lastro.aws.table import ABSENT, Item, Put, Update, Write
from lastro.kernel.attempt import Answered, Attempt
from lastro.kernel.documents import Cnpj
from lastro.simulations.book import PreApproval, Purchase, StoredSimulation, Wanted, Work
from lastro.simulations.conditions.breaker import Breaker
from lastro.simulations.model import Condition, PreApprovalStatus, Pricing, Simulation
from lastro.webhooks.deliveries.outbox import notice_writes
from lastro.webhooks.service import Notice

_SCHEMA = 1
_HIDDEN = ("PK", "SK", "entity", "schema", "version", "expires")

PENDING_KEPT = timedelta(days=30)
"""How long a condition is kept that nobody ends: one without a simulation, left by a request that lost or died."""


class SimulationStore(Attempts):
    """Implements ``SimulationBook``."""

    # creating ---------------------------------------------------------------------------------------------------

    def reserve_ids(self, count: int) -> int:
        """Take ``count`` consecutive identifiers; returns the first."""
        return self._table.reserve(keys.sequence("simulation"), count)

    def read_purchase(self, attempt: Attempt | None, store_id: int, document: str, now: datetime) -> Purchase:
        """What creating needs, in one round trip. Raises ``Conflict`` when the attempt's key came with another
        request.
        """
        lead_at, store_at = keys.lead(store_id, document), keys.store(store_id)
        first_answer, found = self._find_with(attempt, now, [lead_at, store_at])
        return Purchase(first_answer, found.get(lead_at), (found.get(store_at) or {}).get("banks", {}))

    def put_simulation(
        self,
        simulation: Simulation,
        conditions: Sequence[Condition],
        answered: Answered | None,
    ) -> bool:
        """Persist every condition, then make the simulation visible together with its idempotency record.

        Conditions without their header are invisible, so a crash in between leaves nothing a reader could see. False
        when another request with the same key was first: then nothing became visible. What is left of either lapses:
        only a condition that ends, as every one of a simulation does within minutes, is kept for good.
        """
        lapse = {"expires": int((datetime.fromisoformat(simulation.created_at) + PENDING_KEPT).timestamp())}
        entries = [_condition_entry(simulation.id, condition) for condition in conditions]
        self._table.put_many([(key, {**item, **lapse}) for key, item in entries])
        header = Put(keys.simulation(simulation.id), _header_item(simulation), {"PK": ABSENT})
        # Without a key the identifier is new: whoever wrote it before was an earlier try of this very request.
        return self._commit([header], answered) or answered is None

    # reading ----------------------------------------------------------------------------------------------------

    def find_simulation(self, simulation_id: str) -> StoredSimulation | None:
        """A simulation with its conditions in offset order, one query."""
        header: Simulation | None = None
        conditions: list[Condition] = []
        pre_approvals: dict[str, PreApproval] = {}
        for item in self._table.query(keys.simulation(simulation_id).pk):
            match item["entity"]:
                case "condition":
                    conditions.append(_to_condition(item))
                case "pre_approval":
                    pre_approvals[item["bank"]] = _to_pre_approval(item)
                case "simulation":
                    header = _to_simulation(item)
        return StoredSimulation(header, tuple(conditions), pre_approvals) if header else None

    def find_shop(self, store_id: int) -> dict[str, Any] | None:
        """Id, name and formatted CNPJ of a store."""
        item = self._table.get(keys.store(store_id))
        return {"id": item["id"], "name": item["name"], "cnpj": Cnpj(item["cnpj"]).formatted} if item else None

    def list_simulations(
        self, store_id: int, *, after: str, newest_first: bool, skip: int, limit: int
    ) -> list[Simulation]:
        """One page of a store's simulations by creation; ``after`` is an ISO moment or empty.

        The index holds keys only: what is skipped is walked there, only the page itself is read.
        """
        found = self._table.query(
            keys.owner_index(store_id)["by_owner_pk"],
            index=BY_OWNER,
            at_least=after,
            newest_first=newest_first,
            limit=min(skip + limit, 1000),
        )
        wanted = []
        for position, item in enumerate(found):
            if position >= skip + limit:
                break
            if position >= skip:
                wanted.append(Key(item["PK"], item["SK"]))
        headers = self._table.get_many(wanted)
        return [_to_simulation(headers[key]) for key in wanted if key in headers]

    def list_open(self, before: str) -> Iterator[str]:
        """Ids of unfinished simulations created at or before an ISO moment, oldest first."""
        for item in self._table.query(
            keys.open_index()["open_pk"], index=OPEN, at_most=keys.open_index(before, "~")["open_sk"]
        ):
            yield item["PK"].removeprefix(keys.simulation("").pk)

    def read_work(self, wanted: Sequence[Wanted]) -> Work:
        """What a batch needs, in one round trip where every condition's store is named."""
        names: list[Key] = []
        for each in wanted:
            names += [
                keys.simulation(each.simulation_id),
                keys.condition(each.simulation_id, each.offset),
                keys.pre_approval(each.simulation_id, each.bank),
                keys.breaker(each.bank),
            ]
            if each.store_id is not None:
                names.append(keys.store(each.store_id))
        found = self._table.get_many(names)
        simulations, conditions, breakers, pre_approvals = {}, {}, {}, {}
        for each in wanted:
            simulation_id, bank = each.simulation_id, each.bank
            if header := found.get(keys.simulation(simulation_id)):
                simulations[simulation_id] = _to_simulation(header)
            if item := found.get(keys.condition(simulation_id, each.offset)):
                conditions[simulation_id, each.offset] = _to_condition(item)
            if item := found.get(keys.breaker(bank)):
                breakers[bank] = Breaker(item["failures"], item["open_until"])
            if item := found.get(keys.pre_approval(simulation_id, bank)):
                pre_approvals[simulation_id, bank] = _to_pre_approval(item)
        stores = {keys.store(simulation.store_id) for simulation in simulations.values()}
        if unread := stores - set(names):
            found |= self._table.get_many(unread)
        versions = {
            (store["id"], code): link.get("version")
            for store in (found[at] for at in stores if at in found)
            for code, link in store["banks"].items()
        }
        return Work(simulations, conditions, breakers, pre_approvals, versions)

    # ending conditions ------------------------------------------------------------------------------------------

    def end_condition(self, simulation_id: str, ended: Condition, generated: Sequence[Condition]) -> bool:
        """Store a result and, in the same transaction, the conditions it generates. False when it had already ended."""
        result = Put(
            keys.condition(simulation_id, ended.offset),
            _condition_item(ended),
            {"ended_at": None, "entity": "condition"},
        )
        writes: list[Write] = [result]
        for condition in generated:
            key, item = _condition_entry(simulation_id, condition)
            writes.append(Put(key, item, {"PK": ABSENT}))
        return self._commit(writes)

    def register_ended(self, simulation_id: str, ended: frozenset[int], generated: frozenset[int]) -> Simulation:
        """Add ended and generated offsets to the header; adding twice changes nothing. Returns the header after it."""
        grown: dict[str, Any] = {"ended": set(ended)}
        if generated:
            grown["generated"] = set(generated)
        return _to_simulation(
            self._table.write(Update(keys.simulation(simulation_id), add=grown, where={"entity": "simulation"}))
        )

    def close(self, simulation_id: str, finished_at: str, success: bool, notice: Notice | None = None) -> bool:
        """Mark a simulation finished and, in the same transaction, keep the notice of it.

        True for the one caller that did it.
        """
        update = Update(
            keys.simulation(simulation_id),
            assign={"finished_at": finished_at, "success": success},
            remove=("open_pk", "open_sk"),
            where={"finished_at": None},
        )
        return self._commit([update, *(notice_writes(notice) if notice else ())])

    # pre-approvals ----------------------------------------------------------------------------------------------

    def claim_pre_approval(self, simulation_id: str, bank: str, lease_until: int, stale: PreApproval | None) -> bool:
        """Take the right to ask a bank; with ``stale`` take it over from a holder whose lease ran out."""
        claim = PreApproval(bank, PreApprovalStatus.IN_PROGRESS, lease_until)
        where: dict[str, Any] = {"lease_until": stale.lease_until} if stale else {"PK": ABSENT}
        return self._commit([Put(keys.pre_approval(simulation_id, bank), _pre_approval_item(claim), where)])

    def end_pre_approval(self, simulation_id: str, ended: PreApproval, lease_until: int) -> bool:
        """Store what became of a claim: decided, or given back (``NOT_RUN`` with no lease).

        False when another claim took the place of the one until ``lease_until``.
        """
        at, where = keys.pre_approval(simulation_id, ended.bank), {"lease_until": lease_until}
        return self._commit([Put(at, _pre_approval_item(ended), where)])

    def find_pre_approval(self, simulation_id: str, bank: str) -> PreApproval | None:
        item = self._table.get(keys.pre_approval(simulation_id, bank))
        return _to_pre_approval(item) if item else None

    # circuit breakers -------------------------------------------------------------------------------------------

    def count_failure(self, bank: str) -> int:
        """Count one more failure in a row of a bank and return how many there are."""
        update = Update(keys.breaker(bank), add={"failures": 1, "open_until": 0})
        return int(self._table.write(update)["failures"])

    def open_breaker(self, bank: str, open_until: int) -> None:
        self._table.write(Update(keys.breaker(bank), assign={"open_until": open_until}))

    def claim_probe(self, bank: str, seen: Breaker, open_until: int) -> bool:
        """Become the one caller that tries a paused bank; the others see the pause prolonged to ``open_until``."""
        update = Update(keys.breaker(bank), assign={"open_until": open_until}, where={"open_until": seen.open_until})
        return self._commit([update])

    def close_breaker(self, bank: str) -> None:
        self._table.write(Update(keys.breaker(bank), assign={"failures": 0, "open_until": 0}))


def _header_item(simulation: Simulation) -> Item:
    item = asdict(simulation)
    item["banks"] = list(simulation.banks)
    del item["ended"], item["generated"]
    return {
        "entity": "simulation",
        "schema": _SCHEMA,
        "version": 1,
        **item,
        **keys.owner_index(simulation.store_id, simulation.created_at, simulation.id),
        **keys.open_index(simulation.created_at, simulation.id),
    }


def _to_simulation(item: Item) -> Simulation:
    hidden = (*_HIDDEN, "by_owner_pk", "by_owner_sk", "open_pk", "open_sk")
    fields = {name: value for name, value in item.items() if name not in hidden}
    fields["banks"] = tuple(item["banks"])
    fields["ended"] = frozenset(item.get("ended", ()))
    fields["generated"] = frozenset(item.get("generated", ()))
    return Simulation(**fields)


def _condition_entry(simulation_id: str, condition: Condition) -> tuple[Key, Item]:
    return keys.condition(simulation_id, condition.offset), _condition_item(condition)


def _condition_item(condition: Condition) -> Item:
    """Absent and null are alike except for ``ended_at``, which the ending write compares."""
    item = {
        name: value
        for name in Condition.__dataclass_fields__
        if name != "pricing" and (value := getattr(condition, name)) not in (None, (), {})
    }
    item["ended_at"] = condition.ended_at
    if condition.pricing:
        item["pricing"] = _pricing_item(condition.pricing)
    return {"entity": "condition", "schema": _SCHEMA, "version": 1, **item}


def _to_condition(item: Item) -> Condition:
    fields = {name: value for name, value in item.items() if name not in _HIDDEN}
    fields["generated"] = tuple(item.get("generated", ()))
    if "pricing" in item:
        fields["pricing"] = _to_pricing(item["pricing"])
    return Condition(**fields)


def _pricing_item(pricing: Pricing) -> Item:
    """Equal instalments in a row are stored as ``[value, count]``: a schedule of sixty is two pairs."""
    runs: list[list[int]] = []
    for value in pricing.installments:
        if runs and runs[-1][0] == value:
            runs[-1][1] += 1
        else:
            runs.append([value, 1])
    item = {name: getattr(pricing, name) for name in Pricing.__dataclass_fields__}
    return {**item, "installments": runs, "expenses": [list(expense) for expense in pricing.expenses]}


def _to_pricing(item: Item) -> Pricing:
    installments = tuple(value for value, count in item["installments"] for _ in range(count))
    expenses = tuple((kind, value, reference) for kind, value, reference in item["expenses"])
    return Pricing(**{**item, "installments": installments, "expenses": expenses})


def _pre_approval_item(pre_approval: PreApproval) -> Item:
    return {
        "entity": "pre_approval",
        "schema": _SCHEMA,
        "version": 1,
        "bank": pre_approval.bank,
        "status": int(pre_approval.status),
        "lease_until": pre_approval.lease_until,
        "ended_at": pre_approval.ended_at,
    }


def _to_pre_approval(item: Item) -> PreApproval:
    return PreApproval(item["bank"], PreApprovalStatus(item["status"]), item["lease_until"], item["ended_at"])
