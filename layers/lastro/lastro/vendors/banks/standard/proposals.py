"""Proposals in the standard dialect: our own names, integer cents that say so."""

from __future__ import annotations

from lastro.vendors.banks.proposals import Spelling, as_it_is
from lastro.vendors.banks.standard.mapping import applicant_members
from lastro.vendors.banks.vocabulary import ENGLISH_DOCUMENTS, ENGLISH_REASONS, ENGLISH_STATES
from lastro.vendors.kit.amounts import read_cents

PROPOSALS = Spelling(
    name_of=as_it_is,
    names={
        "asset_value": "asset_value_in_cents",
        "down_payment": "down_payment_in_cents",
        "financed_amount": "financed_amount_in_cents",
        "installment_value": "installment_value_in_cents",
        "key": "idempotency_key",
        "state": "status",
    },
    person=applicant_members,
    write_amount=int,
    read_amount=read_cents,
    write_flag=bool,
    states=ENGLISH_STATES,
    reasons=ENGLISH_REASONS,
    documents=ENGLISH_DOCUMENTS,
)
