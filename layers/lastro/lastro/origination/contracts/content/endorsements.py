"""The chain of endorsements as the contract's pages show it. Pure."""

from __future__ import annotations

from lastro.kernel.errors import Permanent
from lastro.origination.contracts.model import EndorsementLine
from lastro.origination.endorsements.model import chain_of, is_intact
from lastro.origination.processes.changes import StoredCredit


def read_chain(stored: StoredCredit) -> tuple[EndorsementLine, ...]:
    """Every link, first to last. Raises ``Permanent`` ``endorsement_chain_broken`` when one does not follow."""
    chain = chain_of(stored.rows)
    if not is_intact(chain):
        raise Permanent("an endorsement does not follow from the one before", code="endorsement_chain_broken")
    return tuple(
        EndorsementLine(
            position=link.position,
            endorser=link.endorser.name,
            endorser_cnpj=link.endorser.cnpj,
            endorsee=link.endorsee.name,
            endorsee_cnpj=link.endorsee.cnpj,
            endorsed_at=link.endorsed_at,
            value=link.value,
            recourse=link.recourse,
            evidence_hash=link.evidence_hash,
        )
        for link in chain
    )
