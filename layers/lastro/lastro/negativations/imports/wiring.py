"""Joins the use cases of imports to their adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.aws.settings import read_setting
from lastro.kernel.calendar import CLOCK
from lastro.negativations.wiring import open_boleto_store, open_debtor_store, open_table

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.aws.queue import Queue
    from lastro.negativations.imports.keeping import ImportReading, Imports, ImportSweep
    from lastro.negativations.imports.store import ImportStore
    from lastro.negativations.imports.worker import ImportWorker


@cache
def _imports() -> ImportStore:
    from lastro.negativations.imports.store import ImportStore

    return ImportStore(open_table())


@cache
def _import_files() -> Files:
    from lastro.aws.files import Files

    return Files(read_setting("LASTRO_INQUIRIES_BUCKET"))


@cache
def _imports_queue() -> Queue:
    from lastro.aws.queue import Queue

    return Queue(read_setting("LASTRO_IMPORTS_QUEUE_URL"))


@cache
def open_imports() -> Imports:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.imports.keeping import Imports

    return Imports(_imports(), open_partner_branches(), _import_files(), _imports_queue(), CLOCK, uuid4)


@cache
def open_import_reading() -> ImportReading:
    from lastro.negativations.imports.keeping import ImportReading

    return ImportReading(_imports(), _import_files(), CLOCK)


@cache
def open_import_sweep() -> ImportSweep:
    from lastro.negativations.imports.keeping import ImportSweep

    return ImportSweep(_imports(), _imports_queue(), CLOCK)


@cache
def open_import_worker() -> ImportWorker:
    from lastro.bureaus.wiring import open_partner_branches
    from lastro.negativations.imports.worker import ImportWorker
    from lastro.negativations.imports.writing import RowWriter

    writer = RowWriter(_imports(), open_debtor_store(), open_boleto_store(), open_partner_branches(), CLOCK)
    return ImportWorker(_imports(), writer, _import_files(), _imports_queue(), CLOCK)
