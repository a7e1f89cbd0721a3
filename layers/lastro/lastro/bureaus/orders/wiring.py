"""Joins the orders of inquiries to their adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.bureaus.wiring import open_inquiring, wait_for

if TYPE_CHECKING:
    from lastro.bureaus.orders.ordering import InquiryOrders


@cache
def open_orders() -> InquiryOrders:
    """Asking bureaus, with the one HTTP client."""
    from lastro.bureaus.orders.ordering import InquiryOrders

    return InquiryOrders(open_inquiring(), wait_for)
