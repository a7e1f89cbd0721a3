"""Itaú's proposals: Portuguese names with underscores, reais as JSON decimals, everything inside ``data``."""

from __future__ import annotations

from lastro.vendors.banks.itau.mapping import applicant_members
from lastro.vendors.banks.proposals import Spelling, as_it_is
from lastro.vendors.banks.vocabulary import (
    PORTUGUESE_DOCUMENTS,
    PORTUGUESE_NAMES,
    PORTUGUESE_REASONS,
    PORTUGUESE_STATES,
)
from lastro.vendors.kit.amounts import read_decimal, write_decimal

PROPOSALS = Spelling(
    name_of=as_it_is,
    names=PORTUGUESE_NAMES,
    person=applicant_members,
    write_amount=write_decimal,
    read_amount=read_decimal,
    write_flag=bool,
    states=PORTUGUESE_STATES,
    reasons=PORTUGUESE_REASONS,
    documents=PORTUGUESE_DOCUMENTS,
    inside="data",
)
