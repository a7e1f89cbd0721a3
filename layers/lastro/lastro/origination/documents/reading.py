"""Reading a document that was received."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Permanent
from lastro.origination.documents.requests import GetDocument
from lastro.origination.errors import DOCUMENT_NOT_FOUND
from lastro.origination.processes.reading import own_credit
from lastro.origination.workstation.views import DocumentFile, show_document

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class DocumentReading:
    """Reads documents from the cabinet that the store leads to."""

    store: OriginationStore
    cabinet: Files

    def show(self, request: GetDocument, caller: Caller) -> DocumentFile:
        """The document of a type that a proposal has, as it was noted with it.

        Raises ``NotFound``: ``unknown_proposal``, and ``unknown_document`` for a type that was not received;
        ``Permanent`` ``document_corrupted`` when the file is not the one that was received.
        """
        stored = own_credit(self.store, request.customer_service_number, caller)
        fields = stored.rows.get(f"DOCUMENT#{request.type}")
        if fields is None:
            raise DOCUMENT_NOT_FOUND(type=request.type)
        content = self.cabinet.get(fields["file"], fields["file_version"])
        if hashlib.sha256(content).hexdigest() != fields["sha256"]:
            raise Permanent("the stored document is not the one that was received", code="document_corrupted")
        return DocumentFile(**show_document(fields), base64=base64.b64encode(content).decode())
