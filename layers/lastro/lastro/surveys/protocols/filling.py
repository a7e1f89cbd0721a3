"""Giving surveys that were sent before there were protocols their protocol: in rounds of so much time, each going on
where the last one stopped. A round that finds nothing to fill changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.sweeping import SWEEP_TIME, within_time
from lastro.surveys.model import MOST_SURVEYS

if TYPE_CHECKING:
    from lastro.surveys.protocols.store import FillingStore

_STEP = 100


@dataclass(frozen=True)
class Filling:
    """How far a partner's filling is: the survey and the place behind which it goes on. ``done``: a next one begins
    anew.
    """

    survey_id: int = 0
    place: str = ""
    walked: int = 0
    filled: int = 0
    done: bool = False


@dataclass(frozen=True)
class ProtocolFilling:
    """Walks all that a partner's surveys sent, oldest first, survey by survey."""

    store: FillingStore
    clock: Clock

    def run(self, partner_id: str, time: timedelta = SWEEP_TIME) -> Filling:
        """One round. Its progress is kept every hundred rows and at its end; a row is filled once, by whoever comes
        first.
        """
        ends = self.clock.now() + time
        filling = self.store.find(partner_id)
        if filling.done:
            filling = Filling()
        for survey in self.store.surveys.list_after(partner_id, max(filling.survey_id - 1, 0), MOST_SURVEYS):
            if survey.id != filling.survey_id:
                filling = replace(filling, survey_id=survey.id, place="")
            walked = self.store.surveys.walk_sent(
                partner_id, survey.id, newest_first=False, beside=filling.place, page=_STEP
            )
            left = ends - self.clock.now()
            for sent in within_time(walked, self.clock, left):
                filled = sent.stored_protocol is None and self.store.fill(sent)
                filling = replace(
                    filling,
                    place=sent.place,
                    walked=filling.walked + 1,
                    filled=filling.filled + int(filled),
                )
                if filling.walked % _STEP == 0:
                    self.store.keep(partner_id, filling)
            if self.clock.now() >= ends:
                self.store.keep(partner_id, filling)
                return filling
        filling = replace(filling, done=True)
        self.store.keep(partner_id, filling)
        return filling
