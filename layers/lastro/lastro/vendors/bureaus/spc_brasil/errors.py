"""SPC Brasil's faults: a code such as ``CN_INT005.E2.3`` opens the text of a SOAP fault, under whatever status."""

from __future__ import annotations

import re

from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.tables import UNAUTHORISED, Row

CODE = re.compile(r"\s*(CN_[A-Z]{3}[0-9]{3}\.E[0-9]*(?:\.[0-9]+)*)", re.ASCII)
PAUSE_SECONDS = 5

FAULTS = (
    Row(BureauReason.PROCESSING, codes=("CN_GER001.*",)),
    Row(BureauReason.INVALID_CREDENTIALS, codes=("CN_INT005.E2", "CN_INT005.E2.*", "CN_INT005.E3", "CN_INT005.E3.*")),
    Row(BureauReason.NOT_CONTRACTED, codes=("CN_INT005.E4", "CN_INT005.E4.*")),
    Row(BureauReason.INVALID_DOCUMENT, codes=("CN_INT005.E8.2", "CN_INT005.E8.2.*")),
    Row(BureauReason.UNKNOWN_REPORT, codes=("CN_INT005.E8.3", "CN_INT005.E8.3.*")),
    Row(BureauReason.VALIDATION, codes=("CN_INT005.*",)),
)
"""The code that opens a fault."""

STATUSES = (
    Row(BureauReason.INVALID_CREDENTIALS, UNAUTHORISED),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.UNAVAILABLE, {503}),
)
"""Answers outside 2xx that hold no fault."""

LISTING_FAULTS = (
    Row(BureauReason.INVALID_CREDENTIALS, codes=("CN_INT005.E2", "CN_INT005.E2.*", "CN_INT005.E3", "CN_INT005.E3.*")),
    Row(BureauReason.NOT_CONTRACTED, codes=("CN_INT005.E4", "CN_INT005.E4.*")),
    Row(BureauReason.INVALID_DOCUMENT, codes=("CN_INT005.E8.2", "CN_INT005.E8.2.*")),
    Row(BureauReason.NOT_LISTED, codes=("CN_INT006.E1",)),
    Row(BureauReason.ALREADY_LISTED, codes=("CN_INT006.E2",)),
    Row(BureauReason.VALIDATION, codes=("CN_INT005.*",)),
)
"""Faults of registrations. An internal error (``CN_GER001``) may come after the effect: it leaves the doubt.

The two of ``CN_INT006`` are our own, for no list of this service's faults is published.
"""
