"""Joins the portal's use cases to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.aws.dynamodb.table import Table
from lastro.customers.portal.store import PortalStore
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.customers.people.store import CustomerStore
    from lastro.customers.portal.changes.reporting import ChangeExport, ChangeReports
    from lastro.customers.portal.people.admitting import Admitting
    from lastro.customers.portal.registration.own_data import OwnData
    from lastro.customers.portal.registration.scheduling import Scheduling
    from lastro.wire.sheets.cells import SheetWriter


@cache
def open_scheduling() -> Scheduling:
    from lastro.customers.portal.registration.scheduling import Scheduling

    return Scheduling(PortalStore(Table()), CLOCK)


@cache
def open_admitting() -> Admitting:
    from lastro.customers.portal.people.admitting import Admitting

    return Admitting(PortalStore(Table()), _customers(), CLOCK, uuid4)


@cache
def open_own_data() -> OwnData:
    from lastro.customers.classes.store import ClassStore
    from lastro.customers.people.keeping import Customers
    from lastro.customers.portal.registration.own_data import OwnData

    records = Customers(_customers(), ClassStore(Table()), CLOCK)
    return OwnData(PortalStore(Table()), records, CLOCK, uuid4)


@cache
def _customers() -> CustomerStore:
    from lastro.customers.people.store import CustomerStore

    return CustomerStore(Table())


@cache
def open_change_reports() -> ChangeReports:
    from lastro.customers.portal.changes.reporting import ChangeReports

    return ChangeReports(PortalStore(Table()), CLOCK)


@cache
def open_change_export() -> ChangeExport:
    from lastro.aws.files import Files
    from lastro.aws.reports import ReportFiles
    from lastro.aws.settings import read_setting
    from lastro.customers.portal.changes.reporting import ChangeExport

    archive = Files(read_setting("LASTRO_INQUIRIES_BUCKET"))
    store = PortalStore(Table())
    return ChangeExport(store, ReportFiles(store, archive, CLOCK, uuid4), CLOCK, _find_writer)


def _find_writer(kind: str) -> SheetWriter:
    from lastro.wire.sheets.writers import find_writer

    return find_writer(kind, "Alterações cadastrais")
