"""Joins the use cases of inquiries to their adapters, once per process; each opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.bureaus.wiring import (
    open_archive,
    open_asking,
    open_inquiry_store,
    open_queue,
    open_setup_store,
    open_table,
)
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.access_requests import AccessRequests
    from lastro.bureaus.inquiries.reading import InquiryFiles
    from lastro.bureaus.inquiries.working.sweep import InquirySweep
    from lastro.bureaus.inquiries.working.worker import InquiryWorker


@cache
def open_worker() -> InquiryWorker:
    from lastro.bureaus.inquiries.working.worker import InquiryWorker

    return InquiryWorker(open_setup_store(), open_inquiry_store(), open_asking(), CLOCK)


@cache
def open_sweep() -> InquirySweep:
    from lastro.bureaus.inquiries.working.sweep import InquirySweep

    return InquirySweep(open_inquiry_store(), open_queue(), CLOCK)


@cache
def open_files() -> InquiryFiles:
    from lastro.bureaus.inquiries.reading import InquiryFiles

    return InquiryFiles(open_inquiry_store(), open_archive(), CLOCK)


@cache
def open_access_requests() -> AccessRequests:
    from lastro.bureaus.inquiries.access_requests import AccessRequests
    from lastro.bureaus.orders.store import AttemptStore

    return AccessRequests(open_inquiry_store(), AttemptStore(open_table()), CLOCK, uuid4)
