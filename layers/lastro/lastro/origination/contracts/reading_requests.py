"""What a partner sends to read a contract (reference caas.md §3.8)."""

from __future__ import annotations

from lastro.origination.requests import CamelRequest, Csn


class GetContract(CamelRequest):
    """Path of ``GET /v2.1/contract/{customerServiceNumber}`` and of its signed file."""

    customer_service_number: Csn
