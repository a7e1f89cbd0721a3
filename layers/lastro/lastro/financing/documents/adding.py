"""Documents of a proposal: kept as files, then handed in at the banks that wait for them."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from lastro.financing.attempts.states import ENDED
from lastro.financing.documents.views import DocumentAnswer, show_document
from lastro.financing.errors import (
    DOCUMENT_TOO_LARGE,
    FILE_CUT_OFF,
    NOT_A_DOCUMENT,
    NOT_BASE64,
    PROPOSAL_ENDED,
    TOO_MANY_DOCUMENTS,
)
from lastro.financing.proposals.model import MOST_DOCUMENTS, Proposal, StoredDocument
from lastro.financing.proposals.requests import MAX_FILE_BYTES, AddDocument
from lastro.financing.records.keeping import ProposalKeeping
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.wire.things.files import EXTENSIONS, has_its_end, recognise

if TYPE_CHECKING:
    from lastro.aws.files import Files


@dataclass(frozen=True)
class ProposalDocuments:
    """Takes documents of proposals into a cabinet."""

    proposals: ProposalKeeping
    cabinet: Files

    def add(self, request: AddDocument, caller: Caller) -> DocumentAnswer:
        """Keep a document. The file is kept before it is noted, under its own hash: the same again changes nothing.

        Raises ``InvalidInput`` and ``PayloadTooLarge`` for the file, ``NotFound``, and ``Conflict`` for a proposal that
        ended or has too many.
        """
        content = _decode(request.base64)
        media_type = recognise(content)
        if media_type is None:
            raise InvalidInput([NOT_A_DOCUMENT.at("base64")])
        if not has_its_end(content, media_type):
            raise InvalidInput([FILE_CUT_OFF.at("base64")])
        digest = sha256(content).hexdigest()
        # The same file may show two things; each is a document of its own.
        name = sha256(f"{request.kind.value}:{digest}".encode()).hexdigest()[:32]
        self._check(self.proposals.find(request.proposal_id, caller), name)
        added = StoredDocument(name, request.kind, media_type, len(content), digest, self.proposals.clock.now())
        self.cabinet.put(file_name(caller.partner_id, request.proposal_id, added), content, media_type)

        def add(before: Proposal) -> Proposal:
            self._check(before, name)
            if any(each.id == added.id for each in before.documents):
                return before
            return replace(before, documents=(*before.documents, added))

        kept = self.proposals.change(request.proposal_id, caller, "document.added", add)
        shown = next(each for each in kept.documents if each.id == added.id)
        return DocumentAnswer(document=show_document(kept, shown))

    def _check(self, proposal: Proposal, name: str) -> None:
        if proposal.closed_at is not None or proposal.state in ENDED:
            raise PROPOSAL_ENDED()
        known = any(each.id == name for each in proposal.documents)
        if not known and len(proposal.documents) >= MOST_DOCUMENTS:
            raise TOO_MANY_DOCUMENTS(most=MOST_DOCUMENTS)


def file_name(partner_id: str, proposal_id: int, document: StoredDocument) -> str:
    """Where a document's file is."""
    return f"{folder_name(partner_id, proposal_id)}{document.digest}.{EXTENSIONS[document.media_type]}"


def folder_name(partner_id: str, proposal_id: int) -> str:
    """Below which a proposal's documents lie, also those that a crash left without a note."""
    return f"documents/proposals/{partner_id}/{proposal_id}/"


def _decode(text: str) -> bytes:
    try:
        content = b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput([NOT_BASE64.at("base64")]) from error
    if len(content) > MAX_FILE_BYTES:
        raise DOCUMENT_TOO_LARGE(most=MAX_FILE_BYTES)
    return content
