"""PAN's proposals: Portuguese names in camel case, amounts like 1.234,56, S and N, everything inside ``proposta``."""

from __future__ import annotations

from lastro.vendors.banks.pan.mapping import client_members, write_flag
from lastro.vendors.banks.proposals import Spelling, camel_case
from lastro.vendors.banks.vocabulary import (
    PORTUGUESE_DOCUMENTS,
    PORTUGUESE_NAMES,
    PORTUGUESE_REASONS,
    PORTUGUESE_STATES,
)
from lastro.vendors.kit.amounts import read_brazilian, write_brazilian

PROPOSALS = Spelling(
    name_of=camel_case,
    names={name: camel_case(word) for name, word in PORTUGUESE_NAMES.items()}
    | {"applicant": "cliente", "deal": "financiamento", "key": "chaveIdempotencia"},
    person=client_members,
    write_amount=write_brazilian,
    read_amount=read_brazilian,
    write_flag=write_flag,
    states=PORTUGUESE_STATES,
    reasons=PORTUGUESE_REASONS,
    documents=PORTUGUESE_DOCUMENTS,
    inside="proposta",
)
