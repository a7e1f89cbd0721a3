"""What the borrower and its associates declare of being politically exposed, from the partner's own customers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lastro.origination.contracts.model import UNDECLARED, Exposure, ExposureDeclaration
from lastro.origination.contracts.wording.typography import short_date

if TYPE_CHECKING:
    from lastro.customers.service import DeclaredExposure, Exposures
    from lastro.kernel.documents import Document

RELATIONS = {
    "relative": "familiar",
    "close_associate": "estreito colaborador",
    "representative": "representante",
}


def find_declaration(exposures: Exposures, partner_id: str, document: Document, day: date) -> ExposureDeclaration:
    """As of a day; nothing is declared by who is no customer of the partner."""
    found = exposures.find(partner_id, document, day)
    if found is None:
        return UNDECLARED
    own, associates = found
    return ExposureDeclaration(_write(own), tuple(_write(each) for each in associates))


def _write(told: DeclaredExposure) -> Exposure:
    return Exposure(
        name=told.name,
        declared=told.declared,
        exposed=told.exposed,
        office=told.office or "",
        since=short_date(told.since) if told.since else "",
        until=short_date(told.until) if told.until else "",
        relation=RELATIONS[told.relation] if told.relation else "",
    )
