"""Errors of the calls about people's data: requests, holds and disclosures, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus import errors as bureaus
from lastro.customers import errors as customers
from lastro.kernel.errors import IN_PROGRESS, LastroError
from lastro.negativations import errors as negativations
from lastro.origination import errors as origination
from lastro.retention import errors as retention
from lastro.simulations import errors as simulations

RETENTION: Mapping[str, tuple[LastroError, ...]] = {
    "create_data_subject_request": (IN_PROGRESS(),),
    "get_data_subject_request": (retention.REQUEST_NOT_FOUND(),),
    "create_disclosure": (
        retention.NOT_YOUR_RECORD(),
        simulations.LEAD_NOT_FOUND(),
        origination.PROPOSAL_NOT_FOUND(),
        customers.CUSTOMER_NOT_FOUND(),
        negativations.DEBTOR_NOT_FOUND(),
        bureaus.INQUIRY_NOT_FOUND(),
    ),
    "create_legal_hold": (IN_PROGRESS(),),
    "lift_legal_hold": (
        retention.HOLD_NOT_FOUND(),
        retention.HOLD_LIFTED(),
        retention.HOLD_OF_OPERATOR(),
        retention.HOLD_BUSY(),
    ),
}
