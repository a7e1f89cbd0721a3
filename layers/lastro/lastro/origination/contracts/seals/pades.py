"""Appending pages to a contract and signing the whole with PAdES, as one increment of the file.

Nothing of the accepted contract is rewritten: its bytes stay the first bytes of the result, so whoever holds the result
can cut them out and check the SHA-256 that the borrower accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Protocol

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

from lastro.origination.contracts.seals.identity import SigningIdentity, UnusableIdentity

FIELD = "AssinaturaDaCredora"
_ROOM = 48 * 1024
"""Digits kept for a signature with its certificates and a timestamp with those of its authority: 24 kB."""
_REASON = "Registro do aceite eletrônico da Cédula de Crédito Bancário"


def seal(
    contract: bytes,
    appendix: bytes,
    identity: SigningIdentity,
    place: str,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """The contract, then the appendix's pages, then one PAdES signature (SHA-256) over all of it.

    ``place`` is the city of signing. With a ``timestamper`` the signature holds an authority's timestamp (PAdES B-T),
    which is asked for once. Raises ``UnusableIdentity`` and what the timestamper raises.
    """
    signer = _signer_of(identity)
    writer = IncrementalPdfFileWriter(BytesIO(contract))
    tree: _PageTree = writer
    for page in _pages_of(PdfFileReader(BytesIO(appendix))):
        tree.insert_page(writer.import_object(page))
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=_REASON,
        location=place,
        subfilter=SigSeedSubFilter.PADES,
    )
    output = BytesIO()
    # Without a fixed room pyHanko would measure it with a signature of its own and ask the authority twice.
    room = _ROOM if timestamper else None
    PdfSigner(metadata, signer, timestamper=timestamper).sign_pdf(writer, output=output, bytes_reserved=room)
    return output.getvalue()


class _PageTree(Protocol):
    """The part of a writer that pyHanko leaves without types."""

    def insert_page(self, new_page: generic.PdfObject) -> generic.PdfObject: ...


def _pages_of(reader: PdfFileReader) -> list[generic.DictionaryObject]:
    """The pages, each cut off from its tree, which would otherwise be copied along. Our own sheets' tree is flat."""
    kids: Sequence[generic.DictionaryObject] = reader.root["/Pages"]["/Kids"]
    # By position: iterating would give references instead of the pages.
    pages = [kids[position] for position in range(len(kids))]
    for page in pages:
        del page["/Parent"]
    return pages


def _signer_of(identity: SigningIdentity) -> SimpleSigner:
    try:
        [certificate] = load_certs_from_pemder_data(identity.certificate.encode())
        chain = list(load_certs_from_pemder_data(identity.chain.encode())) if identity.chain.strip() else []
        key = load_private_key_from_pemder_data(identity.private_key.encode(), passphrase=None)
    except (ValueError, TypeError) as error:
        raise UnusableIdentity("the signing certificate or key cannot be read") from error
    open_store: Callable[[Iterable[object]], CertificateStore] = SimpleCertificateStore.from_certs
    return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=open_store(chain))
