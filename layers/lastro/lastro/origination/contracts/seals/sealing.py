"""The step ``seal_contract``: an accepted contract, the record of its signature and its endorsements as a signed PDF.

It is owed by the acceptance and again by each endorsement; every result starts with the very bytes that were accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import Permanent
from lastro.origination.contracts.model import AppendixHead, EndorsementLine, Signature
from lastro.origination.contracts.rows import (
    StoredSeal,
    StoredSignature,
    checksum_of,
    contracts_of,
    file_name,
    newest_seal_of,
    signature_of,
)
from lastro.origination.processes.changes import ABSENT, Change, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, Step

if TYPE_CHECKING:
    from lastro.aws.archive import Archive
    from lastro.origination.products.store import ProductStore

DrawAppendix = Callable[[AppendixHead, Signature, Sequence[EndorsementLine]], bytes]
SealPdf = Callable[[bytes, bytes, str], bytes]
"""The contract, the pages to append and the place of signing; gives the signed PDF."""
ReadChain = Callable[[StoredCredit], Sequence[EndorsementLine]]
"""The chain of endorsements of a credit, first to last."""


@dataclass(frozen=True)
class ContractSealing:
    """Appends and signs over the archive, the products and the clock.

    ``timestamped``: what ``seal`` gives holds a timestamp, and the appendix says so.
    """

    products: ProductStore
    archive: Archive
    clock: Clock
    read_chain: ReadChain
    draw_appendix: DrawAppendix
    seal: SealPdf
    timestamped: bool = False

    def carry_out(self, stored: StoredCredit, step: Step) -> Change | None:
        """Seal an accepted contract with the endorsements it has by now; nothing to do when that was done.

        Raises ``Permanent`` (``unknown_product``, ``unusable_signing_identity``, ``undrawable_text``,
        ``contract_corrupted``) and ``Retryable``, with ``timestamp_unavailable`` or ``timestamp_unusable`` where the
        authority that is configured gives no timestamp: nothing is sealed without it.
        """
        credit, signature = stored.credit, signature_of(stored)
        contracts = contracts_of(stored)
        chain = tuple(self.read_chain(stored))
        newest = newest_seal_of(stored)
        if signature is None or not contracts or (newest and newest.endorsements >= len(chain)):
            return None
        product = self.products.find_version(credit.partner_id, credit.product_id, credit.product_version)
        if product is None:
            raise Permanent("the credit's product is not known", code="unknown_product")
        contract = contracts[0]
        original = self.archive.get(contract.file)
        if checksum_of(original) != contract.checksum:
            raise Permanent("the stored contract is not the one that was accepted", code="contract_corrupted")
        head = AppendixHead(product.issuer.name, credit.csn, contract.checksum, contract.size, self.timestamped)
        appendix = self.draw_appendix(head, _evidence(credit, signature), chain)
        sealed = self.seal(original, appendix, f"{product.issuer.city}/{product.issuer.state}")
        checksum = checksum_of(sealed)
        file = file_name(credit, "signed", checksum)
        self.archive.put_once(file, sealed)
        seal = StoredSeal(checksum, len(sealed), file, self.clock.now(), len(chain))
        return Change(rows=[RowPut(credit.owner, seal.row(), ABSENT)], done=[step])


def _evidence(credit: Credit, signature: StoredSignature) -> Signature:
    log = signature.log_data
    return Signature(
        signer=credit.name,
        document=Cpf(credit.cpf),
        received_at=signature.received_at,
        occurred_at=datetime.fromisoformat(log["occurrence_date"]),
        ip=log["ip"],
        user_agent=log["user_agent"],
        latitude=Decimal(log["latitude"]),
        longitude=Decimal(log["longitude"]),
        mac=log.get("mac", ""),
        checksums=signature.checksums,
        sent_by=signature.who,
    )
