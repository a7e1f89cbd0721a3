"""The consumer of imports: a file is worked in steps, and whoever dies leaves it where the last step ended."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.texts.formulas import plain_text
from lastro.negativations.imports.lines import LineError, Row, WrongLine, read_heading, read_line
from lastro.negativations.imports.messages import ImportMessage
from lastro.negativations.imports.model import (
    MAX_BYTES,
    MAX_ERRORS,
    MAX_LINES,
    UPLOAD_SECONDS,
    Counts,
    FileFormat,
    Import,
    ImportStatus,
)
from lastro.negativations.imports.reading import FileReplaced, LineTooLong, ReadRange, lines_from
from lastro.negativations.imports.repeats import Repeats, find_repeats, refused
from lastro.negativations.imports.writing import Overtaken

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.negativations.imports.store import ImportStore
    from lastro.negativations.imports.writing import RowWriter

RETRIES = Retries((1, 3, 5, 10, 15, 30, 60, 120, 300))
"""Between looks for a file that has not been sent, too."""

STEP_LINES = 500
"""Lines whose effects and progress are kept together."""

WORK_TIME = timedelta(seconds=25)
"""How long one delivery works before it leaves the rest to the next."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportWorker:
    """Works imports. Two workers of one go on as one: the slower finds the step done."""

    store: ImportStore
    writer: RowWriter
    files: Files
    queue: MessageQueue
    clock: Clock

    def process(self, delivery: Delivery[ImportMessage]) -> Done | Again:
        """Work on for a while; what is left is queued. Raises ``Retryable`` without the files or the queue."""
        message = delivery.message
        ends = self.clock.now() + WORK_TIME
        each = self.store.find(message.partner_id, message.import_id)
        if each is None or not each.is_open:
            return Done()
        if each.status is ImportStatus.WAITING:
            begun = self._begin(each)
            if begun is None:
                return Again() if self.store.find(each.partner_id, each.id) == each else Done()
            each = begun
        repeats = self._read_repeats(each)
        while each.is_open:
            if self.clock.now() >= ends:
                self.queue.send([ImportMessage(partner_id=each.partner_id, import_id=each.id)])
                return Done()
            try:
                after = self._step(each, repeats)
            except Overtaken:
                return Done()
            if not self.store.put(after):
                # Somebody else works it: both wrote the same, and one counts.
                return Done()
            each = after
        return Done()

    def _begin(self, each: Import) -> Import | None:
        """The import with its file; ``None`` while it is not there, or when it was ended or begun by another."""
        now = self.clock.now()
        sent = self.files.find(each.file)
        if sent is None:
            if now < each.created_at + timedelta(seconds=2 * UPLOAD_SECONDS):
                return None
            self.store.put(each.ended(ImportStatus.ABANDONED, now, "file_not_sent"))
            return None
        size, tag = sent
        if size > MAX_BYTES:
            begun = replace(each.ended(ImportStatus.STOPPED, now, "file_too_large"), size=size)
        else:
            try:
                begun = each.begun(size, now, tag=tag, repeats=self._note_repeats(each, size, tag))
            except FileReplaced:
                return None
        return begun if self.store.put(begun) else None

    def _reader(self, each: Import, tag: str) -> ReadRange:
        def read(start: int, length: int) -> bytes:
            found = self.files.read(each.file, start, length, tag)
            if found is None:
                raise FileReplaced
            return found

        return read

    def _note_repeats(self, each: Import, size: int, tag: str) -> bool:
        """Whether two lines tell a boleto otherwise. Noted before anything of the file is kept: a delivery that goes on
        with it finds the note.
        """
        # A file of more lines is stopped by the step that meets them.
        most = MAX_LINES + STEP_LINES + 1
        repeats = find_repeats(self._reader(each, tag), size, each.format, most)
        if repeats:
            self.files.put(each.repeats_file, json.dumps(repeats).encode(), "application/json")
        return bool(repeats)

    def _read_repeats(self, each: Import) -> Repeats:
        if not each.repeats:
            return {}
        found: Repeats = json.loads(self.files.get(each.repeats_file))
        return found

    def _step(self, each: Import, repeats: Repeats) -> Import:
        """The import after some more of its lines. What is written for them is written before their progress."""
        moment = self.clock.now()
        lines = lines_from(self._reader(each, each.tag), each.offset, each.size)
        heading, offset, number = each.heading, each.offset, each.counts.lines + 1
        rows: list[Row] = []
        errors: list[LineError] = []
        failed = 0
        try:
            if each.format is FileFormat.CSV:
                if not heading:
                    first = next(lines, (b"", 0))
                    heading, offset = _decoded(first[0], 1), first[1]
                columns = read_heading(heading)
                number += 1
            else:
                columns = ("", [])
            for raw, behind in islice(lines, STEP_LINES):
                offset = behind
                try:
                    rows.append(self._read(each, raw, number, columns, repeats))
                except WrongLine as error:
                    errors += error.errors
                    failed += 1
                number += 1
        except LineTooLong:
            return self._stopped(each, offset, "line_too_long", moment)
        except FileReplaced:
            return self._stopped(each, each.offset, "file_replaced", moment)
        except WrongLine as error:
            self._keep_errors(each, error.errors)
            return self._stopped(replace(each, parts=(*each.parts, each.offset)), offset, "wrong_heading", moment)
        kept, refused = self.writer.keep(each, rows)
        errors += refused
        counts = each.counts.plus(kept).plus(Counts(failed=failed))
        after = replace(
            each,
            heading=heading,
            offset=offset,
            counts=counts,
            within=0,
            within_counts=Counts(),
            updated_at=moment,
            version=each.version + 1,
        )
        if errors:
            self._keep_errors(each, errors)
            after = replace(after, parts=(*each.parts, each.offset))
        return self._judged(after, moment)

    def _read(self, each: Import, raw: bytes, number: int, columns: tuple[str, list[str]], repeats: Repeats) -> Row:
        text = _decoded(raw, number)
        row = read_line(text, number, each.format, columns, each.partner_id, each.branch_id)
        if errors := refused(row, repeats):
            raise WrongLine(errors)
        return row

    def _judged(self, each: Import, moment: datetime) -> Import:
        """Whether it goes on. The errors of all its steps become one file when it ends."""
        code = None
        if each.counts.failed > MAX_ERRORS:
            code = "too_many_errors"
        elif each.counts.lines > MAX_LINES:
            code = "too_many_lines"
        if code is None and each.offset < each.size:
            return each
        self._join_errors(each)
        status = ImportStatus.STOPPED if code else ImportStatus.FINISHED
        return replace(each, status=status, ended_at=moment, stopped_code=code)

    def _stopped(self, each: Import, offset: int, code: str, moment: datetime) -> Import:
        _log.warning("import stopped", extra={"import_id": each.id, "code": code})
        ended = replace(each.ended(ImportStatus.STOPPED, moment, code), offset=offset)
        self._join_errors(ended)
        return ended

    def _keep_errors(self, each: Import, errors: Sequence[LineError]) -> None:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        # The name of a column, or of a field, is whatever stands in the file.
        writer.writerows(
            (error.line, plain_text(error.field), error.rule, plain_text(error.message)) for error in errors
        )
        self.files.put(each.part_file(each.offset), text.getvalue().encode(), "text/csv")

    def _join_errors(self, each: Import) -> None:
        if each.parts:
            content = b"\xef\xbb\xbflinha;campo;regra;mensagem\r\n" + b"".join(self._parts(each))
            self.files.put(each.errors_file, content, "text/csv")

    def _parts(self, each: Import) -> Iterator[bytes]:
        for offset in each.parts:
            yield self.files.get(each.part_file(offset))


def _decoded(raw: bytes, number: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = LineError(number, "", "not_utf8", "Esta linha não está em UTF-8.")
        raise WrongLine([wrong]) from error
