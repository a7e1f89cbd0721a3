"""Use cases of imports: begin one, and read how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.errors import IMPORT_BUSY, IMPORT_NOT_FOUND, NO_SUCH_BRANCH
from lastro.negativations.imports.messages import ImportMessage
from lastro.negativations.imports.model import UPLOAD_SECONDS, Import, ImportStatus
from lastro.negativations.imports.views import ImportAnswer, view_import

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.bureaus.service import PartnerBranches
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller
    from lastro.kernel.queues.queue import MessageQueue
    from lastro.negativations.imports.requests import CreateImport, FindImport
    from lastro.negativations.imports.store import ImportStore

LEFT_ALONE = timedelta(minutes=10)
"""How long an import that does not move is left to its queue."""


@dataclass(frozen=True)
class Imports:
    """What partners do with imports."""

    store: ImportStore
    branches: PartnerBranches
    files: Files
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    def create(self, request: CreateImport, caller: Caller) -> ImportAnswer:
        """Begin an import: the answer says where its file is to be sent.

        Raises ``InvalidInput`` for a branch there is not, and ``Conflict`` when the Idempotency-Key came with another
        request.
        """
        asked = request.import_
        keyed = KeyedRequest.of(f"create_import#{caller.partner_id}", request.idempotency_key, asked.model_dump_json())
        if asked.branch_id is not None and not self.branches.has_branch(caller.partner_id, asked.branch_id):
            raise InvalidInput([NO_SUCH_BRANCH.at("import.branch_id")])

        def create_once() -> Import | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return self.store.find(caller.partner_id, first)
            each = Import(str(self.new_id()), caller.partner_id, asked.format, now, branch_id=asked.branch_id)
            return each if self.store.put(each, Answered.to(keyed, each.id, now)) else None

        each = until_committed(create_once, IMPORT_BUSY)
        if each.status is ImportStatus.WAITING:
            # What could not be queued now, sync_imports queues.
            with suppress(Retryable):
                self.queue.send([ImportMessage(partner_id=each.partner_id, import_id=each.id)])
        return ImportAnswer(data=view_import(each, self.clock.now(), upload_url=self._upload(each), errors_url=None))

    def _upload(self, each: Import) -> str | None:
        waiting = each.status is ImportStatus.WAITING
        return self.files.upload_link(each.file, seconds=UPLOAD_SECONDS) if waiting else None


@dataclass(frozen=True)
class ImportReading:
    """Reads imports."""

    store: ImportStore
    files: Files
    clock: Clock

    def show(self, request: FindImport, caller: Caller) -> ImportAnswer:
        """How far an import is. Raises ``NotFound``."""
        each = self.store.find(caller.partner_id, request.import_id)
        if each is None:
            raise IMPORT_NOT_FOUND()
        errors = None
        if each.parts and not each.is_open:
            errors = self.files.link(each.errors_file, save_as=f"erros-{each.id}.csv", media_type="text/csv")
        return ImportAnswer(data=view_import(each, self.clock.now(), upload_url=None, errors_url=errors))


@dataclass(frozen=True)
class ImportSweep:
    """Queues again the imports that do not move."""

    store: ImportStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep; returns what was done, counted. Raises ``Retryable`` when the queue is out of reach."""
        counts = {"imports": 0}
        still = self.store.list_open(self.clock.now() - LEFT_ALONE)
        for partner_id, import_id in within_time(still, self.clock):
            each = self.store.find(partner_id, import_id)
            moment = self.clock.now()
            # Moved on before it is sent: a queue that is behind is not filled with the same import.
            if each is None or not self.store.put(replace(each, updated_at=moment, version=each.version + 1)):
                continue
            self.queue.send([ImportMessage(partner_id=partner_id, request_id=each.request_id, import_id=import_id)])
            counts["imports"] += 1
        return counts
