"""What a store reads of the documents of a proposal."""

from __future__ import annotations

from pydantic import BaseModel, Field

from lastro.financing.fields import Moment, local
from lastro.financing.ports import DocumentKind
from lastro.financing.proposals.model import Proposal, StoredDocument


class DocumentView(BaseModel):
    """A document of a proposal."""

    id: str = Field(description="Name of the document", examples=["3f1c0c7a4e6a5b4c1e9d550d6f3a7f1a"])
    kind: DocumentKind = Field(description="What it shows", examples=["identity"])
    media_type: str = Field(description="What its bytes are", examples=["application/pdf"])
    size: int = Field(description="Bytes", examples=[48_213])
    handed_in_at_banks: list[str] = Field(description="Codes of the banks that have it", examples=[["341"]])
    created_at: Moment


class DocumentAnswer(BaseModel):
    """Envelope of one document."""

    document: DocumentView


class DocumentList(BaseModel):
    """The documents of a proposal, and what banks wait for."""

    documents: list[DocumentView] = Field(description="Oldest first")
    pending_documents: list[DocumentKind] = Field(
        description="Documents that banks wait for", examples=[["identity", "income"]]
    )


def show_document(proposal: Proposal, document: StoredDocument) -> DocumentView:
    return DocumentView(
        id=document.id,
        kind=document.kind,
        media_type=document.media_type,
        size=document.size,
        handed_in_at_banks=[each.bank for each in proposal.attempts if document.id in each.handed_in],
        created_at=local(document.at),
    )
