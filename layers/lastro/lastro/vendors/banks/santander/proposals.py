"""Santander's proposals: English names in camel case, reais as decimal texts, Y and N."""

from __future__ import annotations

from lastro.vendors.banks.proposals import Spelling, camel_case
from lastro.vendors.banks.santander.mapping import customer_members, write_flag
from lastro.vendors.banks.vocabulary import ENGLISH_DOCUMENTS, ENGLISH_REASONS, ENGLISH_STATES
from lastro.vendors.kit.amounts import read_decimal_text, write_decimal_text

PROPOSALS = Spelling(
    name_of=camel_case,
    names={
        "applicant": "customer",
        "deal": "financing",
        "asset_value": "vehicleAmount",
        "down_payment": "downPaymentAmount",
        "financed_amount": "financedAmount",
        "installments": "termMonths",
        "installment_value": "installmentAmount",
        "key": "requestId",
        "state": "status",
        "number": "proposalId",
        "sequence": "eventNumber",
    },
    person=customer_members,
    write_amount=write_decimal_text,
    read_amount=read_decimal_text,
    write_flag=write_flag,
    states=ENGLISH_STATES,
    reasons=ENGLISH_REASONS,
    documents=ENGLISH_DOCUMENTS,
)
