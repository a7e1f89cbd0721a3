"""A person of the portal and the surveys that it was sent: each answered once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.surveys.errors import (
    OUTSIDE_SCALE,
    SENT_SURVEY_NOT_FOUND,
    SURVEY_ANSWERED,
    SURVEY_BUSY,
    WRONG_PLACE,
)
from lastro.surveys.model import Answer, Recipient
from lastro.surveys.requests import AnswerSurvey, ListOwnSurveys
from lastro.surveys.views import OwnSurveyAnswer, OwnSurveyList, view_own

if TYPE_CHECKING:
    from lastro.customers.service import KnownPeople
    from lastro.surveys.store import SurveyStore

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


@dataclass(frozen=True)
class OwnSurveys:
    """What a person does about surveys."""

    store: SurveyStore
    people: KnownPeople
    clock: Clock

    def list_page(self, request: ListOwnSurveys, caller: Caller) -> OwnSurveyList:
        """A page of what one was sent, newest first. Raises ``NotFound`` once the access ended, ``InvalidInput``."""
        below = read_place(request.cursor, "own_surveys")
        found = self.store.list_of(caller.partner_id, self._names(caller), below, request.per_page + 1)
        page = found[: request.per_page]
        return OwnSurveyList(
            surveys=[view_own(each) for each in page],
            next_cursor=spell_cursor(page[-1].place, "own_surveys") if len(found) > len(page) else None,
        )

    def answer(self, request: AnswerSurvey, caller: Caller) -> OwnSurveyAnswer:
        """Answer a survey; the same answer again is the same.

        Raises ``NotFound`` for one that somebody else was sent, ``Conflict`` for another answer than was given,
        ``InvalidInput`` for a score beyond its scale.
        """
        names = {each.name for each in self._names(caller)}
        given = Answer(request.answer.score, request.answer.text)

        def answer_once() -> OwnSurveyAnswer | None:
            sent = self.store.find_sent(caller.partner_id, request.sent_survey_id)
            if sent is None or sent.recipient.name not in names:
                raise SENT_SURVEY_NOT_FOUND()
            if sent.answer is not None:
                if sent.answer != given:
                    raise SURVEY_ANSWERED()
                return OwnSurveyAnswer(survey=view_own(sent))
            if not sent.lowest <= given.score <= sent.highest:
                raise InvalidInput([OUTSIDE_SCALE.at("answer.score", lowest=sent.lowest, highest=sent.highest)])
            now = self.clock.now()
            after = replace(sent, answer=given, answered_at=now)
            return OwnSurveyAnswer(survey=view_own(after)) if self.store.answer(sent, given, now) else None

        return until_committed(answer_once, SURVEY_BUSY)

    def _names(self, caller: Caller) -> list[Recipient]:
        """The names that a person is sent surveys under: its access, and the customer that it is."""
        known = self.people.enter(caller)
        own = [Recipient(person_id=caller.person)]
        return own if known.customer_id is None else [*own, Recipient(customer_id=known.customer_id)]


def read_place(cursor: str | None, of: str) -> str:
    """The place behind a cursor of the list ``of`` this name, empty for none.

    Raises ``InvalidInput`` for one that was never given.
    """
    try:
        return place_behind(cursor, _PLACE, of) if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_PLACE.at("cursor")]) from error
