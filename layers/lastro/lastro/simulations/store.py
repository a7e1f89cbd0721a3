"""Simulations in the table: items and the one place that spells them (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import simulations as simulation_keys
from lastro.aws.dynamodb.retained import retain
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table, Update
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import SELLING, Panel
from lastro.kernel.documents import Cnpj
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.retention import Record
from lastro.simulations.conditions.breaker import Breaker
from lastro.simulations.flights.store import FlightCounts, count_flights, flight_keys
from lastro.simulations.items import (
    PROGRESS,
    asked_item,
    condition_item,
    header_item,
    panel_row,
    pre_approval_item,
    to_condition,
    to_originals,
    to_pre_approval,
    to_simulation,
    with_progress,
)
from lastro.simulations.model import Condition, PreApprovalStatus, Simulation, generated_by, original_of
from lastro.simulations.records import (
    SIMULATION_RECORD,
    OpenSimulation,
    PreApproval,
    Purchase,
    StoredSimulation,
    Wanted,
    Work,
)
from lastro.simulations.returns.items import to_rules
from lastro.webhooks.deliveries.outbox import notice_writes
from lastro.webhooks.service import Notice

_NOTHING_ASKED: Item = {"terms": ()}
"""For a simulation of before, whose conditions are items of their own from the beginning."""


class SimulationStore(FlightCounts):
    """Simulations, conditions, pre-approvals and breakers; every method is one round trip unless it says otherwise.

    Reads that decide are consistent.
    """

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, keys.sequence("simulation"))

    # creating ---------------------------------------------------------------------------------------------------

    def reserve_ids(self, count: int) -> int:
        """Take ``count`` consecutive identifiers; returns the first."""
        return self._ids.take(count)

    def read_purchase(
        self,
        keyed: KeyedRequest | None,
        partner_id: str,
        store_id: int,
        document: str,
        now: datetime,
        panel: Panel | None = None,
    ) -> Purchase:
        """What creating needs, in one round trip, in two where a panel alone has the lead. Raises ``Conflict`` when the
        key came with another request.
        """
        lead_at, store_at = simulation_keys.lead(store_id, document, panel), access_keys.store(store_id)
        counters = flight_keys(partner_id, now)
        rules_at = simulation_keys.return_rules(store_id)
        first_answer, found = self._find_with(keyed, now, [lead_at, store_at, rules_at, *counters])
        store = found.get(store_at) or {}
        lead = found.get(lead_at)
        if lead is None and panel is None and first_answer is None:
            lead = self._find_brought(store_id, document)
        return Purchase(
            first_answer,
            lead,
            store.get("banks", {}),
            count_flights(found, counters),
            store_active=store.get("active", True),
            rules=to_rules(found.get(rules_at)).rules,
        )

    def _find_brought(self, store_id: int, document: str) -> Item | None:
        """What a panel alone knows of a lead the partner may use, too."""
        wanted = [simulation_keys.lead(store_id, document, panel) for panel in SELLING]
        found = self._table.get_many(wanted)
        return next((found[key] for key in wanted if key in found), None)

    def put_simulation(
        self,
        simulation: Simulation,
        conditions: Sequence[Condition],
        answered: Answered | None,
    ) -> bool:
        """Persist a simulation, what was asked and the idempotency record, or nothing.

        A condition becomes an item when it ends: until then it follows from what was asked, or from the end of the
        condition that generated it. False when another request with the same key was first.
        """
        own = panel_row(simulation)
        writes = [
            Put(simulation_keys.simulation(simulation.id), header_item(simulation), {"PK": ABSENT}),
            Put(simulation_keys.asked(simulation.id), asked_item(conditions)),
            *([Put(*own)] if own else ()),
            retain(
                Record(simulation.partner_id, simulation.lead["cpf_cnpj"], SIMULATION_RECORD, simulation.id),
                simulation.created_at,
            ),
        ]
        # Without a key the identifier is new: whoever wrote it before was an earlier try of this very request.
        return self._commit(writes, answered) or answered is None

    # reading ----------------------------------------------------------------------------------------------------

    def find_simulation(self, simulation_id: str) -> StoredSimulation | None:
        """A simulation with its conditions in offset order, one query."""
        header: Simulation | None = None
        asked, progress = _NOTHING_ASKED, None
        stored: dict[int, Condition] = {}
        pre_approvals: dict[str, PreApproval] = {}
        for item in self._table.query(simulation_keys.simulation(simulation_id).pk):
            match item["entity"]:
                case "condition":
                    condition = to_condition(item)
                    stored[condition.offset] = condition
                case "asked":
                    asked = item
                case "pre_approval":
                    pre_approvals[item["bank"]] = to_pre_approval(item)
                case "simulation":
                    header = to_simulation(item)
                case "simulation_progress":
                    progress = item
        if header is None:
            return None
        header = with_progress(header, progress)
        # Simulations of before have pending conditions among their items.
        known = {each.offset: each for each in to_originals(header, asked, lambda offset: offset not in stored)}
        known |= {each.offset: each for original in stored.values() for each in generated_by(header, original)}
        known |= stored
        return StoredSimulation(header, tuple(known[offset] for offset in sorted(known)), pre_approvals)

    def find_header(self, simulation_id: str) -> Simulation | None:
        """A simulation without what is under it: neither conditions nor its progress."""
        item = self._table.get(simulation_keys.simulation(simulation_id))
        return to_simulation(item) if item else None

    def erase(self, simulation_id: str) -> None:
        """Remove a simulation, then everything under it: without its header nobody reads what a crash leaves of it."""
        head = simulation_keys.simulation(simulation_id)
        self._table.delete_many([head])
        self._table.delete_many(Key(item["PK"], item["SK"]) for item in self._table.query(head.pk, only=("PK", "SK")))

    def has_remains(self, simulation_id: str) -> bool:
        """Whether anything is there of a simulation, its header or what is under it."""
        pk = simulation_keys.simulation(simulation_id).pk
        return any(True for _ in self._table.query(pk, only=("PK", "SK"), limit=1))

    def find_store(self, store_id: int) -> dict[str, Any] | None:
        """Id, name and formatted CNPJ of a store."""
        item = self._table.get(access_keys.store(store_id))
        return {"id": item["id"], "name": item["name"], "cnpj": Cnpj(item["cnpj"]).formatted} if item else None

    def list_simulations(
        self, store_id: int, *, panel: Panel | None, after: datetime | None, newest_first: bool, skip: int, limit: int
    ) -> list[Simulation]:
        """One page of a store's simulations by creation, from ``after`` on when there is one; of a panel, its own.

        The index holds keys only: what is skipped is walked there, only the page itself is read, and in another round
        trip the progress of those that are not final.
        """
        entries = self._table.query(
            keys.mark_panel(simulation_keys.owner_index(store_id)["by_owner_pk"], panel),
            index=BY_OWNER,
            at_least=format_moment(after) or "",
            newest_first=newest_first,
            limit=min(skip + limit, 1000),
        )
        header = simulation_keys.simulation("").sk
        wanted = [Key(item["PK"], header) for item in islice(entries, skip, skip + limit)]
        headers = self._table.get_many(wanted)
        found = [to_simulation(headers[key]) for key in wanted if key in headers]
        # Of what is final nobody asks how far it got.
        progress = self._table.get_many(simulation_keys.progress(one.id) for one in found if not one.finished_at)
        return [with_progress(one, progress.get(simulation_keys.progress(one.id))) for one in found]

    def list_due(self, before: datetime) -> Iterator[OpenSimulation]:
        """Unfinished simulations that are due at or before a moment, oldest first."""
        partitions = keys.open_partitions(simulation_keys.OPEN_SIMULATIONS)
        last = simulation_keys.open_index(format_moment(before), "~")["open_sk"]
        for item in self._table.query_merged(partitions, index=OPEN, at_most=last):
            due_at = read_moment(item["open_sk"].partition("#")[0])
            yield OpenSimulation(item["PK"].removeprefix(simulation_keys.simulation("").pk), due_at)

    def postpone(self, due: OpenSimulation, due_at: datetime) -> bool:
        """Make an unfinished simulation due later. False when it was finished or postponed meanwhile."""
        seen = simulation_keys.open_index(format_moment(due.due_at), due.id)["open_sk"]
        later = simulation_keys.open_index(format_moment(due_at), due.id)
        return self._commit([Update(simulation_keys.simulation(due.id), assign=later, where={"open_sk": seen})])

    def read_work(self, wanted: Sequence[Wanted]) -> Work:
        """What a batch needs, in one round trip where every condition's store is named and none that is fresh ended."""
        names: list[Key] = []
        for each in wanted:
            names += [
                simulation_keys.simulation(each.simulation_id),
                simulation_keys.asked(each.simulation_id),
                simulation_keys.progress(each.simulation_id),
                simulation_keys.pre_approval(each.simulation_id, each.bank),
                simulation_keys.breaker(each.bank),
            ]
            if not each.fresh:
                names.append(simulation_keys.condition(each.simulation_id, each.offset))
            if each.offset != original_of(each.offset):
                names.append(simulation_keys.condition(each.simulation_id, original_of(each.offset)))
            if each.store_id is not None:
                names.append(access_keys.store(each.store_id))
        found = self._table.get_many(names)
        simulations: dict[str, Simulation] = {}
        conditions: dict[tuple[str, int], Condition] = {}
        breakers, pre_approvals = {}, {}
        offsets = {each.offset for each in wanted}
        for each in wanted:
            simulation_id, bank = each.simulation_id, each.bank
            if simulation_id not in simulations and (header := found.get(simulation_keys.simulation(simulation_id))):
                progress = found.get(simulation_keys.progress(simulation_id))
                simulation = simulations[simulation_id] = with_progress(to_simulation(header), progress)
                asked = found.get(simulation_keys.asked(simulation_id), _NOTHING_ASKED)
                for original in to_originals(simulation, asked, offsets.__contains__):
                    conditions[simulation_id, original.offset] = original
            item = found.get(simulation_keys.condition(simulation_id, original_of(each.offset)))
            if item and simulation_id in simulations:
                for condition in generated_by(simulations[simulation_id], to_condition(item)):
                    conditions[simulation_id, condition.offset] = condition
            if item := found.get(simulation_keys.breaker(bank)):
                breakers[bank] = Breaker(item["failures"], item["open_until"])
            if item := found.get(simulation_keys.pre_approval(simulation_id, bank)):
                pre_approvals[simulation_id, bank] = to_pre_approval(item)
        stores = {access_keys.store(simulation.store_id) for simulation in simulations.values()}
        ended = {
            simulation_keys.condition(each.simulation_id, each.offset)
            for each in wanted
            if each.simulation_id in simulations
            and (
                each.offset in simulations[each.simulation_id].ended
                or (each.simulation_id, each.offset) not in conditions
            )
        }
        if unread := (stores | ended) - set(names):
            found |= self._table.get_many(unread)
        # What is stored overrides what follows: it ended, or is pending in a simulation of before.
        for each in wanted:
            if item := found.get(simulation_keys.condition(each.simulation_id, each.offset)):
                conditions[each.simulation_id, each.offset] = to_condition(item)
        versions = {
            (store["id"], code): link.get("version")
            for store in (found[at] for at in stores if at in found)
            for code, link in store["banks"].items()
        }
        return Work(simulations, conditions, breakers, pre_approvals, versions)

    # ending conditions ------------------------------------------------------------------------------------------

    def end_conditions(self, ended: Sequence[tuple[str, Condition]]) -> dict[tuple[str, int], Condition]:
        """Store results of simulations, and with them what they generate, in one round trip.

        Gives those back that had ended before, as they did, and those of which there are two: the first counts.
        """
        first = {(name, one.offset): one for name, one in reversed(ended)}
        twins = {
            (name, one.offset): first[name, one.offset] for name, one in ended if one is not first[name, one.offset]
        }
        places = {simulation_keys.condition(*place): place for place in first}
        items = {key: condition_item(first[place]) for key, place in places.items()}
        if not (there := self._table.put_new(items)):
            return twins
        found = self._table.get_many(there)
        # Simulations of before have pending conditions among their items.
        if pending := [key for key, item in found.items() if item["ended_at"] is None]:
            for key in pending:
                self._commit([Put(key, items[key], {"ended_at": None})])
            found |= self._table.get_many(pending)
        # One whose answer was lost on its way is told as there by the retry that finds it.
        own = {key: decode_item(encode_item(items[key])) | {"PK": key.pk, "SK": key.sk} for key in found}
        return twins | {places[key]: to_condition(item) for key, item in found.items() if item != own[key]}

    def register_ended(self, simulation: Simulation, ended: frozenset[int], generated: frozenset[int]) -> Simulation:
        """Add ended and generated offsets to a simulation's progress; adding twice changes nothing.

        Returns the simulation as far as it got. What grows is an item of its own: a write is charged for all of its
        item.
        """
        grown: dict[str, Any] = {"ended": set(ended)}
        if generated:
            grown["generated"] = set(generated)
        at = simulation_keys.progress(simulation.id)
        return with_progress(simulation, self._table.write(Update(at, assign=PROGRESS, add=grown)))

    def close(self, simulation_id: str, finished_at: datetime, success: bool, notice: Notice | None = None) -> bool:
        """Mark a simulation finished and, in the same transaction, keep the notice of it.

        True for the one caller that did it.
        """
        update = Update(
            simulation_keys.simulation(simulation_id),
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
        return self._commit([Put(simulation_keys.pre_approval(simulation_id, bank), pre_approval_item(claim), where)])

    def end_pre_approval(self, simulation_id: str, ended: PreApproval, lease_until: int) -> bool:
        """Store what became of a claim: decided, or given back (``NOT_RUN`` with no lease).

        False when another claim took the place of the one until ``lease_until``.
        """
        at, where = simulation_keys.pre_approval(simulation_id, ended.bank), {"lease_until": lease_until}
        return self._commit([Put(at, pre_approval_item(ended), where)])

    def find_pre_approval(self, simulation_id: str, bank: str) -> PreApproval | None:
        item = self._table.get(simulation_keys.pre_approval(simulation_id, bank))
        return to_pre_approval(item) if item else None

    # circuit breakers -------------------------------------------------------------------------------------------

    def count_failure(self, bank: str) -> Breaker:
        """Count one more failure in a row of a bank; its breaker as it is then."""
        after = self._table.write(Update(simulation_keys.breaker(bank), add={"failures": 1, "open_until": 0}))
        return Breaker(int(after["failures"]), int(after["open_until"]))

    def pause_bank(self, bank: str, seen: Breaker, open_until: int) -> bool:
        """Leave a bank alone until a moment in milliseconds, as whose breaker opens or as the one caller that probes
        it; ``False`` where somebody else moved that moment first.
        """
        update = Update(
            simulation_keys.breaker(bank), assign={"open_until": open_until}, where={"open_until": seen.open_until}
        )
        return self._commit([update])

    def close_breaker(self, bank: str) -> None:
        """Forget a bank's failures: it answers again."""
        self._table.write(Update(simulation_keys.breaker(bank), assign={"failures": 0, "open_until": 0}))
