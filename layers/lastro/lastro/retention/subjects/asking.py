"""Asking about a person's data, and reading what became of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import IN_PROGRESS, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.queues.queue import MessageQueue
from lastro.retention.errors import REQUEST_NOT_FOUND
from lastro.retention.model import Action, Fate, Kept, SubjectRequest, begin
from lastro.retention.requests import CreateSubjectRequest, FindSubjectRequest
from lastro.retention.subjects.worker import queue_requests
from lastro.retention.views import (
    FileView,
    KeptView,
    KindCount,
    SubjectRequestAnswer,
    SubjectRequestView,
)

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.retention.store import RetentionStore

LINK_SECONDS = 900


@dataclass(frozen=True)
class SubjectRequests:
    """Takes requests of data subjects from partners. ``new_id`` gives random UUIDs."""

    store: RetentionStore
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    def create(self, request: CreateSubjectRequest, caller: Caller) -> SubjectRequestAnswer:
        """Take a request and queue it; the same request again is the same request.

        Raises ``Conflict`` for a key used with another request.
        """
        asked = request.data_subject_request
        keyed = KeyedRequest.of(
            f"create_data_subject_request#{caller.holder}", request.idempotency_key, asked.model_dump_json()
        )
        now = self.clock.now()

        def create_once() -> SubjectRequestAnswer | None:
            if first := self.store.find_answer(keyed, now):
                return SubjectRequestAnswer.model_validate_json(first)
            new = SubjectRequest(
                id=str(self.new_id()),
                partner_id=caller.partner_id,
                document=parse_document(asked.document).value,
                action=Action(asked.action),
                requested_by=asked.requested_by,
                created_at=now,
            )
            answer = SubjectRequestAnswer(data=show_request(new))
            if not self.store.put_request(begin(new, now), Answered.to(keyed, answer.model_dump_json(), now)):
                return None
            # What the queue does not take now, sync_retention brings.
            with suppress(Retryable):
                queue_requests(self.queue, [new])
            return answer

        return until_committed(create_once, IN_PROGRESS)


@dataclass(frozen=True)
class SubjectReading:
    """Tells how far a request is."""

    store: RetentionStore
    cabinet: Files

    def show(self, request: FindSubjectRequest, caller: Caller) -> SubjectRequestAnswer:
        """One request, its files by fresh addresses. Raises ``NotFound``."""
        found = self.store.find_request(request.request_id)
        if found is None or found.partner_id != caller.partner_id:
            raise REQUEST_NOT_FOUND()
        files = [self._file(name) for name in (*found.files, *found.attachments)] if found.finished_at else []
        return SubjectRequestAnswer(data=show_request(found).model_copy(update={"files": files}))

    def _file(self, name: str) -> FileView:
        saved = name.rsplit("/", 2)
        return FileView(
            url=self.cabinet.link(name, seconds=LINK_SECONDS, save_as="-".join(saved[-2:])), name=name.split("/", 2)[2]
        )


def show_request(request: SubjectRequest) -> SubjectRequestView:
    """A request without its files."""
    counts: dict[str, dict[str, int]] = {}
    for name, count in request.fates.items():
        kind, _, fate = name.rpartition(".")
        counts.setdefault(kind, {})[fate] = count
    return SubjectRequestView(
        id=request.id,
        document=parse_document(request.document).formatted,
        action=request.action.value,
        status=request.status.value,
        requested_by=request.requested_by,
        created_at=format_moment(request.created_at),
        finished_at=format_moment(request.finished_at),
        records=[
            KindCount(
                kind=kind,
                **{fate.value: found.get(fate.value, 0) for fate in Fate},
            )
            for kind, found in sorted(counts.items())
        ],
        kept=[_show_kept(each) for each in request.kept],
        files=[],
    )


def _show_kept(kept: Kept) -> KeptView:
    until = kept.until.isoformat() if kept.until else None
    return KeptView(kind=kept.kind, id=kept.id, until=until, basis=kept.basis)
