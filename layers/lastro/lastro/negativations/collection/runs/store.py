"""Runs in the table: how far each shard was walked, what is to be worked, what became of it, each counted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.negativations.boletos.model import Boleto, Status
from lastro.negativations.boletos.store import done_step_write
from lastro.negativations.collection.model import Candidate, Figures, Result, Run, RunKey, RunStatus, Walk, add_up

MOST_QUEUED = 90
"""Boletos whose rows are written together with the walk's progress; a transaction holds a hundred writes."""

RESULTS_KEPT = timedelta(days=1827)
"""Five years: what the routine did about a boleto can be asked for no longer (docs/retention.md)."""

_SCHEMA = 1
_TALLIED = ("done:", "excluded:", "failed:", "cost:")


class RunStore:
    """Runs of every branch."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, run: RunKey) -> Run | None:
        item = self._table.get(_key(run))
        return _to_run(item, run) if item else None

    def put(self, run: Run) -> bool:
        """Put a run in the place of the version before it; false when that is no longer there."""
        where: dict[str, Any] = {"version": run.version - 1} if run.version > 1 else {"PK": ABSENT}
        return self._table.commit([Put(_key(run.key), _run_item(run), where)])

    def list_open(self, before: datetime) -> Iterator[tuple[RunKey, str]]:
        """(run, place) of those that are not finished and to be looked at by a moment, the longest due first."""
        for item in self._table.query(
            keys.open_run_index()["open_pk"], index=OPEN, at_most=f"{format_moment(before)}~"
        ):
            yield _to_key(item["PK"]), item["open_sk"]

    def postpone(self, run: RunKey, place: str, moment: datetime) -> bool:
        """Look at an unfinished run again at a moment; false when it is no longer at the place where it was found."""
        index = keys.open_run_index(format_moment(moment), f"{run.partner_id}#{run.id}")
        return self._table.commit([Update(_key(run), assign=index, where={"open_sk": place})])

    def list_of_partner(self, partner_id: str, *, after: str, limit: int) -> list[tuple[RunKey, str]]:
        """(run, place) of a partner's runs, newest first, from below an earlier place."""
        found = self._table.query(
            keys.collection_run_index(partner_id)["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_most=after,
            limit=limit + 1,
        )
        rows = ((_to_key(item["PK"]), item["by_owner_sk"]) for item in found if item["by_owner_sk"] != after)
        return list(islice(rows, limit))

    # walking ------------------------------------------------------------------------------------------------------

    def list_candidates(self, run: RunKey, shard: int, due_by: date, *, after: str, page: int) -> Iterator[Candidate]:
        """Boletos of a shard that were due by a day, the longest overdue first, from behind the place of one."""
        found = self._table.query(
            keys.collection_index(run.partner_id, run.branch_id, shard)["open_pk"],
            index=OPEN,
            # "~" stands behind every key of the same boleto, whatever it says of step and status by now.
            at_least=f"{after}~" if after else "0",
            at_most=f"{due_by.isoformat()}~",
            limit=page,
        )
        for item in found:
            due, boleto_id, debtor_id, step, status = item["open_sk"].split("#")
            yield Candidate(
                boleto_id, debtor_id, date.fromisoformat(due), int(step), Status(status), f"{due}#{boleto_id}"
            )

    def find_walk(self, run: RunKey, shard: int) -> Walk:
        item = self._table.get(keys.collection_walk(_key(run), shard))
        return _to_walk(item) if item else Walk()

    def find_still(self, run: RunKey, before: datetime) -> list[int]:
        """Shards that are not walked through and were not walked on since a moment."""
        at = {shard: keys.collection_walk(_key(run), shard) for shard in range(BOLETO_SHARDS)}
        found = self._table.get_many(at.values())
        walks = {shard: found[key] for shard, key in at.items() if key in found}
        return [
            shard
            for shard in at
            if shard not in walks
            or (not walks[shard]["done"] and walks[shard].get("moved_at", "") <= format_moment(before))
        ]

    def find_known(self, run: RunKey, boleto_ids: Sequence[str]) -> set[str]:
        """Those of the boletos that this run has a row of."""
        wanted = {keys.collected_boleto(_key(run), each): each for each in boleto_ids}
        return {wanted[key] for key in self._table.get_many(wanted)}

    def advance(
        self, run: RunKey, shard: int, before: Walk, after: Walk, wanted: Sequence[Candidate], moment: datetime
    ) -> bool:
        """Keep how far a shard was walked, with the boletos that are to be worked; at most ``MOST_QUEUED``.

        False when somebody else walked it meanwhile, or the run has a row of one of them already.
        """
        at = _key(run)
        where: dict[str, Any] = {"cursor": before.cursor} if before.cursor or before.looked_at else {"PK": ABSENT}
        item = {"entity": "collection_walk", "schema": _SCHEMA, "version": 1, "moved_at": moment, **asdict(after)}
        writes: list[Write] = [Put(keys.collection_walk(at, shard), item, where)]
        for candidate in wanted:
            waiting = {
                "entity": "collected_boleto",
                "schema": _SCHEMA,
                "version": 1,
                "debtor_id": candidate.debtor_id,
                "expires": int((moment + RESULTS_KEPT).timestamp()),
                **keys.collection_work_index(
                    keys.boleto_shard(candidate.debtor_id), format_moment(moment), candidate.boleto_id
                ),
            }
            writes.append(Put(keys.collected_boleto(at, candidate.boleto_id), waiting, {"PK": ABSENT}))
        return self._table.commit(writes)

    # working ------------------------------------------------------------------------------------------------------

    def list_waiting(self, before: datetime) -> Iterator[tuple[RunKey, str, str]]:
        """(run, debtor, boleto) of what was queued at or before a moment and has no result, the oldest first."""
        partitions = [keys.collection_work_index(shard)["open_pk"] for shard in range(BOLETO_SHARDS)]
        found = self._table.query_merged(partitions, index=OPEN, at_most=f"{format_moment(before)}~")
        for item in self._table.read_whole(found):
            if "open_pk" in item:  # else it has a result by now
                yield _to_key(item["PK"]), item["debtor_id"], item["SK"].removeprefix(keys.COLLECTED_PREFIX)

    def postpone_waiting(self, run: RunKey, debtor_id: str, boleto_id: str, moment: datetime) -> bool:
        """Leave what waits alone until a moment, before its message is sent again; false when it has a result."""
        index = keys.collection_work_index(keys.boleto_shard(debtor_id), format_moment(moment), boleto_id)
        at = keys.collected_boleto(_key(run), boleto_id)
        return self._table.commit([Update(at, assign=index, where={"open_pk": index["open_pk"]})])

    def find_waiting(self, run: RunKey, boleto_ids: Sequence[str]) -> list[str]:
        """Those of the boletos that still wait for their result."""
        wanted = {keys.collected_boleto(_key(run), each): each for each in boleto_ids}
        found = self._table.get_many(wanted)
        return [name for key, name in wanted.items() if key in found and "open_pk" in found[key]]

    def end(
        self, run: RunKey, boleto_id: str, debtor_id: str, result: Result, stepped: Boleto | None, moment: datetime
    ) -> bool:
        """Keep the result of a boleto and count it at a moment, with the step that it reached if it did; once.

        False when it has a result, or the boleto was changed meanwhile: look again.
        """
        at = _key(run)
        shard = keys.boleto_shard(debtor_id)
        counted = {f"{result.outcome}:{result.code}": 1}
        if result.cost_cents:
            counted["cost:cents"] = result.cost_cents
        writes: list[Write] = [
            Update(
                keys.collected_boleto(at, boleto_id),
                assign=asdict(result),
                remove=("open_pk", "open_sk"),
                where={"open_pk": keys.collection_work_index(shard)["open_pk"]},
            ),
            Update(keys.collection_tally(at, shard), assign={"moved_at": moment}, add=counted),
        ]
        if stepped is not None:
            writes.append(done_step_write(stepped))
        return self._table.commit(writes)

    def shard_of(self, debtor_id: str) -> int:
        """Where a run walks and counts a debtor's boletos."""
        return keys.boleto_shard(debtor_id)

    def is_worked(self, run: RunKey, shard: int) -> bool:
        """Whether a shard is walked through and everything that was queued of it has a result."""
        at = _key(run)
        walk, tally = keys.collection_walk(at, shard), keys.collection_tally(at, shard)
        found = self._table.get_many([walk, tally])
        walks = [_to_walk(found[walk])] if walk in found else []
        return add_up(walks, 1, [_to_tally(found[tally])] if tally in found else []).is_finished

    def add_up(self, run: RunKey) -> Figures:
        """The figures of a run as they are now: sixteen rows in one round trip."""
        at = _key(run)
        walks = [keys.collection_walk(at, shard) for shard in range(BOLETO_SHARDS)]
        tallies = [keys.collection_tally(at, shard) for shard in range(BOLETO_SHARDS)]
        found = self._table.get_many([*walks, *tallies])
        return add_up(
            [_to_walk(found[key]) for key in walks if key in found],
            BOLETO_SHARDS,
            [_to_tally(found[key]) for key in tallies if key in found],
            max((read_moment(item["moved_at"]) for item in found.values() if "moved_at" in item), default=None),
        )


def _key(run: RunKey) -> Key:
    return keys.collection_run(run.partner_id, run.branch_id, run.business_date.isoformat())


def _to_key(pk: str) -> RunKey:
    _, partner_id, branch, day = pk.split("#")
    return RunKey(partner_id, int(branch), date.fromisoformat(day))


def _run_item(run: Run) -> Item:
    day = run.key.business_date.isoformat()
    item: Item = {name: getattr(run, name) for name in Run.__dataclass_fields__ if name != "key"}
    item |= {
        "status": run.status.value,
        **keys.collection_run_index(run.key.partner_id, day, run.key.branch_id),
    }
    if run.status is RunStatus.RUNNING:
        item |= keys.open_run_index(format_moment(run.started_at), f"{run.key.partner_id}#{run.key.id}")
    return {"entity": "collection_run", "schema": _SCHEMA, **item}


def _to_run(item: Item, key: RunKey) -> Run:
    known = {name: item[name] for name in Run.__dataclass_fields__ if name in item}
    moments = {name: read_moment(item.get(name)) for name in ("started_at", "ended_at")}
    return Run(key, **{**known, **moments, "status": RunStatus(item["status"])})


def _to_walk(item: Item) -> Walk:
    return Walk(**{name: item[name] for name in Walk.__dataclass_fields__})


def _to_tally(item: Item) -> dict[str, int]:
    return {name: value for name, value in item.items() if name.startswith(_TALLIED)}
