"""Reports as files: written once for a keyed request, removed after a day, fetched by a private address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.aws.dynamodb.first_answers import FirstAnswers
    from lastro.aws.files import Files

MAX_ROWS = 20_000
MOST_WALKED = 100_000
"""Lines of a log that one file looks at, whatever a filter lets through of them: those behind make further files."""
LINK_SECONDS = 60
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True)
class Written:
    """A file, and the cursor of the one with what this one did not come to; empty where it is whole."""

    content: bytes
    next_cursor: str = ""


@dataclass(frozen=True)
class ReportLink:
    """A private address of a file, good for a minute; ``expires_at`` is ISO 8601 in UTC, ``next_cursor`` leads to the
    file that goes on.
    """

    url: str
    file_name: str
    content_type: str
    expires_at: str
    next_cursor: str | None


@dataclass(frozen=True)
class ReportFiles:
    """Keeps reports of partners. ``new_id`` gives random UUIDs."""

    answers: FirstAnswers
    archive: Files
    clock: Clock
    new_id: Callable[[], UUID]

    def give(
        self, partner_id: str, keyed: KeyedRequest | None, stem: str, kind: str, write: Callable[[], Written]
    ) -> ReportLink:
        """The address of the file that ``write`` makes, saved as ``<stem>.<kind>``; ``kind`` is one of ``TYPES``.

        The same request gives the same file under the same name, whatever day it has become and though ``stem`` says
        otherwise by now. Raises what ``write`` raises, and ``Conflict`` for a key that came with another request.
        """
        now = self.clock.now()
        kept = self.answers.find_answer(keyed, now)
        if kept is None:
            written = write()
            kept = f"{self.new_id()} {stem} {written.next_cursor}".rstrip()
            self.archive.put(_file(partner_id, kept), written.content, TYPES[kind])
            if not self.answers.keep_answer(Answered.to(keyed, kept, now)):
                # The same request was first: its file is the answer, and this one is never told of.
                kept = self.answers.find_answer(keyed, now) or kept
        # What was kept without a name is of a period that the request itself tells.
        called, _, next_cursor = kept.partition(" ")[2].partition(" ")
        name, place = f"{called or stem}.{kind}", _file(partner_id, kept)
        url = self.archive.link(place, seconds=LINK_SECONDS, save_as=name, media_type=TYPES[kind])
        return ReportLink(
            url, name, TYPES[kind], format_moment(now + timedelta(seconds=LINK_SECONDS)), next_cursor or None
        )


def _file(partner_id: str, kept: str) -> str:
    return f"reports/{partner_id}/{kept.partition(' ')[0]}"
