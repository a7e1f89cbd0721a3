"""BV's proposals: English names in camel case, integer cents."""

from __future__ import annotations

from lastro.vendors.banks.bv.mapping import client_members
from lastro.vendors.banks.proposals import Spelling, camel_case
from lastro.vendors.banks.vocabulary import ENGLISH_DOCUMENTS, ENGLISH_REASONS, ENGLISH_STATES
from lastro.vendors.kit.amounts import read_cents

PROPOSALS = Spelling(
    name_of=camel_case,
    names={
        "applicant": "client",
        "deal": "pricing",
        "asset_value": "vehicleValue",
        "down_payment": "entryValue",
        "installments": "term",
        "key": "correlationId",
        "state": "status",
        "number": "proposalNumber",
        "sequence": "revision",
    },
    person=client_members,
    write_amount=int,
    read_amount=read_cents,
    write_flag=bool,
    states=ENGLISH_STATES,
    reasons=ENGLISH_REASONS,
    documents=ENGLISH_DOCUMENTS,
)
