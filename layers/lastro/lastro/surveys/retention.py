"""The surveys that a customer was sent and its answers, as retention works them. Counts of a survey name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date, start_of_day
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import Exported, Kind, Record, Standing
from lastro.surveys.model import KEPT, Recipient, SentSurvey
from lastro.surveys.views import view_own

if TYPE_CHECKING:
    from lastro.surveys.store import SurveyStore

SURVEY = Kind(
    "survey",
    "Pesquisas enviadas a um cliente e as suas respostas",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 15, I e 16: terminada a finalidade, os dados são eliminados",
)
_PAGE = 100


@dataclass(frozen=True)
class SurveyData:
    """All surveys of one customer (``PersonalData``); the record's id is the customer's number."""

    store: SurveyStore
    clock: Clock
    records: Sequence[str] = ("survey",)
    kinds: Sequence[Kind] = field(default=(SURVEY,))

    def look(self, record: Record) -> Standing | None:
        """Counts from the last that was sent; each goes on its own day."""
        ends = self.store.find_ends(record.partner_id, _recipient(record))
        if ends is None:
            return None
        first, last = ends
        return Standing(self.kinds[0], local_date(last), local_date(first + KEPT))

    def export(self, record: Record) -> Exported | None:
        found = list(self._walk(record))
        if not found:
            return None
        return Exported({"surveys": [view_own(each).model_dump(mode="json") for each in found]})

    def trim(self, record: Record) -> None:
        """Remove those that are over their own term."""
        tomorrow = start_of_day(local_date(self.clock.now()) + timedelta(days=1)).astimezone(UTC)
        self.store.erase(record.partner_id, _recipient(record), before=tomorrow - KEPT)

    def end(self, record: Record) -> bool:
        """Remove them with their answers."""
        self.store.erase(record.partner_id, _recipient(record))
        return True

    def _walk(self, record: Record) -> Sequence[SentSurvey]:
        found: list[SentSurvey] = []
        below = ""
        while page := self.store.list_of(record.partner_id, [_recipient(record)], below, _PAGE):
            found += page
            below = page[-1].place
        return found


def _recipient(record: Record) -> Recipient:
    return Recipient(customer_id=int(record.id))
