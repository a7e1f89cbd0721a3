"""What a partner sends to read a contract (docs/sources.md, CaaS API)."""

from __future__ import annotations

from lastro.origination.processes.requests import CamelRequest, Csn


class GetContract(CamelRequest):
    """Path of ``GET /v2.1/contract/{customerServiceNumber}`` and of its signed file."""

    customer_service_number: Csn
