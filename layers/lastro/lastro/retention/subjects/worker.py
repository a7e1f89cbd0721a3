"""Working a data subject's request, a slice a message: whatever dies in between goes on where it was."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.retention import Record
from lastro.retention.model import (
    Action,
    Fate,
    Kept,
    RequestStatus,
    Retained,
    Slice,
    SubjectRequest,
    advance,
    hold_back,
    next_look,
)
from lastro.retention.parts import Parts
from lastro.retention.subjects.messages import RetentionQueued

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.retention.store import RetentionStore

RETRIES = Retries((5, 15, 60, 300))
RECORDS = 20
"""Records of a slice: one message is over well within its time."""
_BUSY = "Em uso: termina quando o que está em andamento terminar"
_ERASING = "Eliminação em andamento: o que resta dele é eliminado sem novo pedido"
_JSON = "application/json"

_log = logging.getLogger(__name__)


@dataclass()
class _Tally:
    """What a slice comes to while it is worked."""

    fates: Counter[str] = field(default_factory=Counter)
    kept: list[Kept] = field(default_factory=list)
    exported: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RequestWorker:
    """Works requests over every context's part. ``cabinet`` keeps the files of exports."""

    store: RetentionStore
    parts: Parts
    cabinet: Files
    queue: MessageQueue
    clock: Clock

    def process(self, delivery: Delivery[RetentionQueued]) -> Done | Again:
        """One slice, then a message for the next. What was worked twice came to the same both times."""
        request = self.store.find_request(delivery.message.request_id or "")
        if request is None or request.status is not RequestStatus.PENDING:
            return Done()
        if request.action is Action.ERASURE and self.store.is_held(request.partner_id, request.document):
            self.store.save_request(hold_back(request))
            return Done()
        now = self.clock.now()
        rows = self.store.list_records(request.partner_id, request.document, after=request.after, limit=RECORDS)
        tally = _Tally()
        for _, retained in rows:
            if request.action is Action.EXPORT:
                self._export(retained.record, tally)
            elif not self._erase(retained, local_date(now), tally):
                # A hold came while this was worked: what is not done yet stays.
                self.store.save_request(hold_back(request))
                return Done()
        files = [self._file(request, tally)] if tally.exported else []
        done = Slice(
            rows[-1][0] if rows else request.after,
            len(rows) < RECORDS,
            tally.fates,
            tally.kept,
            files,
            tally.attachments,
        )
        after = advance(request, done, now)
        if self.store.save_request(after) and after.status is RequestStatus.PENDING:
            queue_requests(self.queue, [request])
        return Done()

    def _export(self, record: Record, tally: _Tally) -> None:
        found = self.parts.of(record).export(record)
        if found is None:
            return
        told = {"kind": record.kind, "id": record.id, "data": dict(found.data), "files": [*found.files]}
        tally.exported.append({**told, "erasing": found.erasing})
        tally.attachments += found.files
        tally.fates[f"{record.kind}.{Fate.IN_USE if found.erasing else Fate.EXPORTED}"] += 1
        if found.erasing:
            tally.kept.append(Kept(record.kind, record.id, None, _ERASING))

    def _file(self, request: SubjectRequest, tally: _Tally) -> str:
        """Keep a part of an export; the same slice again is the same file."""
        name = f"exports/{request.partner_id}/{request.id}/{len(request.files) + 1:06d}.json"
        body = {"document": request.document, "exported_at": format_moment(self.clock.now()), "records": tally.exported}
        self.cabinet.put(name, json.dumps(body, ensure_ascii=False, default=str).encode(), _JSON)
        return name

    def _erase(self, retained: Retained, today: date, tally: _Tally) -> bool:
        """End a record, or leave it for as long as it has to stay. False when a hold forbids it."""
        record = retained.record
        part = self.parts.of(record)
        standing = self.parts.look(record)
        if standing is None:
            self.store.release(retained)
            return True
        kind = standing.kind.name
        if self.store.is_held(record.partner_id, record.document):
            return False
        look_on = next_look(standing, today, wanted=True)
        if look_on is None and part.end(record):
            self.store.release(retained)
            tally.fates[f"{kind}.{Fate.ENDED}"] += 1
            return True
        until = standing.kept_until if look_on is not None else None
        if until is not None:
            part.trim(record)
        self.store.want(retained, look_on or next_day(today))
        tally.fates[f"{kind}.{Fate.KEPT if until else Fate.IN_USE}"] += 1
        basis = standing.kind.basis if until else _BUSY
        tally.kept.append(Kept(kind, record.id, until, basis))
        return True


def next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def queue_requests(queue: MessageQueue, requests: Sequence[SubjectRequest]) -> None:
    """Queue requests that are kept already."""
    queue.send([RetentionQueued(partner_id=each.partner_id, request_id=each.id) for each in requests])
