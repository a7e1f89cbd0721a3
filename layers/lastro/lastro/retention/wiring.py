"""Joins the use cases of retention to every context's part, once per process; each function opens what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.aws.dynamodb.table import Table
from lastro.aws.settings import find_setting, read_setting
from lastro.kernel.calendar import CLOCK
from lastro.retention.parts import Parts
from lastro.retention.store import RetentionStore

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.aws.queue import Queue
    from lastro.retention.disclosures.asking import DisclosureReading, Disclosures, PersonalFields
    from lastro.retention.holds import HoldReading, LegalHolds
    from lastro.retention.subjects.asking import SubjectReading, SubjectRequests
    from lastro.retention.subjects.worker import RequestWorker
    from lastro.retention.sweep import RetentionSweep


@cache
def _store() -> RetentionStore:
    return RetentionStore(Table())


@cache
def _queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_SUBJECTS_QUEUE_URL"))


@cache
def _cabinet() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_DOCUMENTS_BUCKET"))


@cache
def open_parts() -> Parts:
    """The part of every context that keeps data of people: a new one registers here."""
    from lastro.approvals.wiring import open_personal_data as of_approvals
    from lastro.bureaus.wiring import open_personal_data as of_bureaus
    from lastro.customers.wiring import open_personal_data as of_customers
    from lastro.financing.wiring import open_personal_data as of_financing
    from lastro.negativations.wiring import open_personal_data as of_negativations
    from lastro.origination.wiring import open_personal_data as of_origination
    from lastro.simulations.wiring import open_personal_data as of_simulations
    from lastro.surveys.wiring import open_personal_data as of_surveys

    of_people = (of_simulations(), of_bureaus(), of_origination(), of_negativations(), of_customers(), of_surveys())
    parts = (*of_people, *of_approvals(), of_financing())
    return Parts(parts, find_setting("LASTRO_RETENTION") or "")


@cache
def open_requests() -> SubjectRequests:
    """Taking requests of data subjects."""
    from lastro.retention.subjects.asking import SubjectRequests

    return SubjectRequests(_store(), _queue(), CLOCK, uuid4)


@cache
def open_reading() -> SubjectReading:
    """What became of them."""
    from lastro.retention.subjects.asking import SubjectReading

    return SubjectReading(_store(), _cabinet())


@cache
def open_holds() -> LegalHolds:
    """Legal holds."""
    from lastro.retention.holds import LegalHolds

    return LegalHolds(_store(), _queue(), CLOCK, uuid4)


@cache
def open_hold_list() -> HoldReading:
    """A partner's legal holds."""
    from lastro.retention.holds import HoldReading

    return HoldReading(_store())


def _fields_of_leads() -> PersonalFields:
    from lastro.simulations.wiring import open_leads

    return open_leads().find_personal_fields


def _fields_of_proposals() -> PersonalFields:
    from lastro.origination.wiring import open_workstation

    return open_workstation().find_personal_fields


def _fields_of_customers() -> PersonalFields:
    from lastro.customers.wiring import open_reading as open_customers

    return open_customers().find_personal_fields


def _fields_of_debtors() -> PersonalFields:
    from lastro.negativations.wiring import open_debtors

    return open_debtors().find_personal_fields


def _fields_of_inquiries() -> PersonalFields:
    from lastro.bureaus.wiring import open_inquiry_reading

    return open_inquiry_reading().find_personal_fields


@cache
def open_disclosures() -> Disclosures:
    """Showing fields that screens mask; a context is loaded with the first field of its own."""
    from lastro.retention.disclosures.asking import Disclosures
    from lastro.retention.disclosures.model import DisclosedKind
    from lastro.retention.disclosures.store import DisclosureStore

    readers = {
        DisclosedKind.LEAD: _fields_of_leads,
        DisclosedKind.PROPOSAL: _fields_of_proposals,
        DisclosedKind.CUSTOMER: _fields_of_customers,
        DisclosedKind.DEBTOR: _fields_of_debtors,
        DisclosedKind.INQUIRY: _fields_of_inquiries,
    }
    return Disclosures(DisclosureStore(Table()), readers, CLOCK, uuid4)


@cache
def open_disclosure_list() -> DisclosureReading:
    """Who saw what."""
    from lastro.retention.disclosures.asking import DisclosureReading
    from lastro.retention.disclosures.store import DisclosureStore

    return DisclosureReading(DisclosureStore(Table()))


@cache
def open_worker() -> RequestWorker:
    """The queue consumer."""
    from lastro.retention.subjects.worker import RequestWorker

    return RequestWorker(_store(), open_parts(), _cabinet(), _queue(), CLOCK)


@cache
def open_sweep() -> RetentionSweep:
    """What ends by itself, and requests that lost their message."""
    from lastro.retention.sweep import RetentionSweep

    return RetentionSweep(_store(), open_parts(), _queue(), CLOCK)
