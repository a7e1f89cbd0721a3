"""Sending surveys on what occurred: each survey once on each event, whatever dies in between."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.occurrences import Occurrence
from lastro.kernel.queues.sweeping import within_time
from lastro.surveys.model import MOST_SURVEYS, Recipient, Survey, send

if TYPE_CHECKING:
    from lastro.customers.service import Known, KnownPeople
    from lastro.surveys.store import SurveyStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """Works what was told, oldest first. An occurrence goes when all its surveys are sent: until then it is found."""

    store: SurveyStore
    people: KnownPeople
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - what occurred tells its own moment
        """One bounded round; returns what was done, counted. A fault of ours ends it: the next begins behind it."""
        counts = Counter({"occurred": 0, "surveys_sent": 0, "unaddressed": 0})
        surveys: dict[str, list[Survey]] = {}
        for occurrence in within_time(self.store.list_occurred(self.clock.now()), self.clock):
            partner_id = occurrence.partner_id
            if partner_id not in surveys:
                surveys[partner_id] = self.store.list_after(partner_id, 0, MOST_SURVEYS)
            try:
                counts.update(self._work(occurrence, surveys[partner_id]))
            except Exception as error:
                _log.warning("occurrence left for later", extra={"feature": occurrence.feature.value})
                # Behind the others: what fails every time must not stand in the way of what does not.
                with suppress(Retryable):
                    self.store.put_off(occurrence, self.clock.now())
                if not isinstance(error, Retryable):
                    raise
        return dict(counts)

    def _work(self, occurrence: Occurrence, surveys: list[Survey]) -> dict[str, int]:
        wanted = [survey for survey in surveys if survey.follows(occurrence)]
        recipient = self._find(occurrence) if wanted else None
        sent = 0
        if recipient is not None:
            now = self.clock.now()
            sent = sum(self.store.send(send(survey, occurrence, recipient, now)) for survey in wanted)
        self.store.finish(occurrence)
        return {"occurred": 1, "surveys_sent": sent, "unaddressed": int(bool(wanted) and recipient is None)}

    def _find(self, occurrence: Occurrence) -> Recipient | None:
        """Whom an event is about; ``None`` for who is neither a customer nor has access to the portal."""
        partner_id, known = occurrence.partner_id, None
        if occurrence.customer_id is not None:
            known = self.people.customer(partner_id, occurrence.customer_id)
        elif occurrence.document is not None:
            known = self.people.holder(partner_id, occurrence.document)
        if known is None and occurrence.person_id is not None:
            known = self.people.visitor(partner_id, occurrence.person_id)
        return to_recipient(known) if known else None


def to_recipient(known: Known) -> Recipient:
    """A customer under its number, also where it is a person of the portal too."""
    if known.customer_id is not None:
        return Recipient(customer_id=known.customer_id, document=known.document)
    return Recipient(person_id=known.person_id)
