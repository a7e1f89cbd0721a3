"""Which customer's journey is asked for."""

from __future__ import annotations

from lastro.wire.identifiers import Number
from lastro.wire.requests import Request


class GetCustomerJourney(Request):
    """Path of ``GET /api/v1/customers/{customer_id}/journey``."""

    customer_id: Number
