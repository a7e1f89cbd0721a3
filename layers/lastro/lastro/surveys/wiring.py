"""Joins the use cases of surveys to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK
from lastro.surveys.store import SurveyStore

if TYPE_CHECKING:
    from lastro.customers.service import KnownPeople
    from lastro.kernel.retention import PersonalData
    from lastro.surveys.answering import OwnSurveys
    from lastro.surveys.keeping import SurveyEvents, Surveys
    from lastro.surveys.protocols.filling import ProtocolFilling
    from lastro.surveys.reporting import SurveyExport, SurveyReports
    from lastro.surveys.sending import Sending
    from lastro.wire.sheets.cells import SheetWriter


@cache
def _store() -> SurveyStore:
    return SurveyStore(Table())


def _people() -> KnownPeople:
    from lastro.customers.wiring import open_known_people

    return open_known_people()


@cache
def open_surveys() -> Surveys:
    from lastro.surveys.keeping import Surveys

    return Surveys(_store(), CLOCK)


@cache
def open_events() -> SurveyEvents:
    from lastro.surveys.keeping import SurveyEvents

    return SurveyEvents(_store(), _people(), CLOCK)


@cache
def open_sending() -> Sending:
    from lastro.surveys.sending import Sending

    return Sending(_store(), _people(), CLOCK)


@cache
def open_own_surveys() -> OwnSurveys:
    from lastro.surveys.answering import OwnSurveys

    return OwnSurveys(_store(), _people(), CLOCK)


@cache
def open_reports() -> SurveyReports:
    from lastro.surveys.reporting import SurveyReports

    return SurveyReports(_store())


@cache
def open_export() -> SurveyExport:
    from lastro.aws.files import Files
    from lastro.aws.reports import ReportFiles
    from lastro.aws.settings import read_setting
    from lastro.surveys.reporting import SurveyExport

    archive = Files(read_setting("LASTRO_INQUIRIES_BUCKET"))
    return SurveyExport(_store(), ReportFiles(_store(), archive, CLOCK, uuid4), CLOCK, _find_writer)


def open_filling() -> ProtocolFilling:
    """Protocols of what was sent before there were any."""
    from lastro.surveys.protocols.filling import ProtocolFilling
    from lastro.surveys.protocols.store import FillingStore

    return ProtocolFilling(FillingStore(Table()), CLOCK)


@cache
def open_personal_data() -> PersonalData:
    """What surveys keep of people."""
    from lastro.surveys.service import keep_personal_data

    return keep_personal_data(_store(), CLOCK)


def _find_writer(kind: str) -> SheetWriter:
    from lastro.wire.sheets.writers import find_writer

    return find_writer(kind, "Pesquisas")
