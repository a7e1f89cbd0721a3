"""Receiving documents: one a call, kept for every unsigned proposal of the process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.origination.documents.content import EXTENSIONS, check_content, decode_file, folder_name
from lastro.origination.documents.requests import PutDocument
from lastro.origination.errors import DOCUMENT_NOT_TAKEN, NO_PROPOSAL, PROCESS_BUSY
from lastro.origination.processes.changes import Change, Row, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, HistoryEntry, Process, Step, StepName, amend_credit, move_credit
from lastro.origination.processes.reading import own_process
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditEvent, CreditStatus
from lastro.origination.processes.steps import StepDispatch, owe, owe_notice
from lastro.origination.processes.views import DocumentView
from lastro.origination.products.words import DocumentType

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.origination.processes.store import OriginationStore

COLLECTING = frozenset({CreditStatus.PRE_PROCESSING, CreditStatus.PRE_APPROVED, CreditStatus.AWAITING_DOCUMENTS})
"""While a proposal is in one of these, a document may be replaced; later, one not yet sent may still be added."""

_COMPLETABLE = frozenset({CreditStatus.PRE_APPROVED, CreditStatus.AWAITING_DOCUMENTS})


@dataclass(frozen=True)
class Documents:
    """Keeps documents in a cabinet and notes them in the store."""

    store: OriginationStore
    cabinet: Files
    dispatch: StepDispatch
    clock: Clock

    def put(self, request: PutDocument, caller: Caller) -> DocumentView:
        """Keep a document; the last one owed moves a proposal on to the analysis of its documents.

        The file is kept before anything is noted, under its own hash: what a crash leaves behind nobody sees, and the
        same file again changes nothing. Raises ``InvalidInput`` and ``PayloadTooLarge`` for the file, ``NotFound``, and
        ``Conflict``: ``no_proposal`` before one exists, ``wrong_state`` when no proposal takes this document any more.
        """
        now, kind = self.clock.now(), DocumentType(request.type)
        process = own_process(self.store, request.id, caller).process
        if not process.credits:
            raise NO_PROPOSAL()
        content = decode_file(request.base64)
        media_type = check_content(content, request.mime_type)
        digest = hashlib.sha256(content).hexdigest()
        self._takers(process.credits, kind, digest)
        name = _file_name(process, kind, digest, media_type)
        kept = {
            "type": kind.value,
            "media_type": media_type,
            "name": request.name,
            "file": name,
            "file_version": self.cabinet.put(name, content, media_type),
            "sha256": digest,
            "size": len(content),
            "received_at": format_moment(now),
        }
        self._note(request, kind, caller, kept, now)
        return DocumentView(type=request.type, mime_type=media_type, name=request.name, url=self.cabinet.link(name))

    def _note(
        self, request: PutDocument, kind: DocumentType, caller: Caller, kept: dict[str, Any], now: datetime
    ) -> None:
        who = caller.principal or caller.partner_id

        def note_once() -> bool | None:
            process = own_process(self.store, request.id, caller).process
            takers = self._takers(process.credits, kind, kept["sha256"])
            if not takers:
                return True
            row = Row(f"DOCUMENT#{kind}", kept)
            revised = [_receive(taker.credit, kind, now, who) for taker in takers]
            steps: list[Step] = [
                owe(credit, StepName.ANALYZE, now)
                for credit, entry in revised
                if entry.event == CreditEvent.DOCUMENTS_COMPLETED
            ]
            steps.append(owe_notice(process, now))
            change = Change(credits=revised, steps=steps, rows=[RowPut(credit.owner, row) for credit, _ in revised])
            if not self.store.commit(change):
                return None
            self.dispatch.send(steps)
            return True

        until_committed(note_once, PROCESS_BUSY)

    def _takers(self, csns: Sequence[str], kind: DocumentType, digest: str) -> list[StoredCredit]:
        """The proposals that take a document now; those that have this very file are left out.

        Raises ``Conflict`` when none takes it and none has it.
        """
        unsigned = [credit.csn for credit in self.store.find_credits(csns) if credit.status in BEFORE_CONTRACT]
        stored = [found for csn in unsigned if (found := self.store.find_credit(csn))]
        having = [each for each in stored if each.rows.get(f"DOCUMENT#{kind}", {}).get("sha256") == digest]
        takers = [each for each in stored if each not in having and _takes(each.credit, kind)]
        if not takers and not having:
            raise DOCUMENT_NOT_TAKEN()
        return takers


def _takes(credit: Credit, kind: DocumentType) -> bool:
    if credit.status in COLLECTING:
        return True
    return credit.status in BEFORE_CONTRACT and kind not in credit.received_documents


def _receive(credit: Credit, kind: DocumentType, now: datetime, who: str) -> tuple[Credit, HistoryEntry]:
    received = tuple(sorted({*credit.received_documents, kind}))
    owed = [each for each in credit.required_documents if each not in received]
    if not owed and credit.status in _COMPLETABLE:
        return move_credit(credit, CreditEvent.DOCUMENTS_COMPLETED, now, who, kind, received_documents=received)
    return amend_credit(credit, "document_received", now, who, kind, received_documents=received)


def _file_name(process: Process, kind: DocumentType, digest: str, media_type: str) -> str:
    return f"{folder_name(process.partner_id, process.id)}{kind}/{digest}.{EXTENSIONS[media_type]}"
