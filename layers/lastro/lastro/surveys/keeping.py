"""Keeping a partner's surveys, and taking what it tells of features that this system does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.occurrences import FEATURES, Feature, Occurrence, Teller
from lastro.surveys.errors import (
    RECIPIENT_MISSING,
    SCALE_CROSSED,
    SCALE_FIXED,
    SURVEY_BUSY,
    SURVEY_MANAGERS_ONLY,
    SURVEY_NOT_FOUND,
    TOLD_BY_SYSTEM,
    TOO_MANY_SURVEYS,
    UNKNOWN_CUSTOMER,
    UNKNOWN_PERSON,
)
from lastro.surveys.model import MOST_SURVEYS, Recipient, Survey
from lastro.surveys.requests import (
    AskedSurvey,
    CreateSurvey,
    CreateSurveyEvent,
    FindSurvey,
    ListSurveys,
    ReplaceSurvey,
    ToldEvent,
)
from lastro.surveys.sending import to_recipient
from lastro.surveys.views import (
    SurveyAnswer,
    SurveyEventAnswer,
    SurveyEventView,
    SurveyList,
    show_survey,
    view_survey,
)

if TYPE_CHECKING:
    from lastro.customers.service import KnownPeople
    from lastro.surveys.store import SurveyStore


def manages(caller: Caller) -> bool:
    """Whether a member of staff keeps surveys and reads what people wrote."""
    return caller.panel in (None, Panel.MANAGER)


@dataclass(frozen=True)
class Surveys:
    """A partner's surveys."""

    store: SurveyStore
    clock: Clock

    def create(self, request: CreateSurvey, caller: Caller) -> SurveyAnswer:
        """A new survey; the same request again gives the first answer again.

        Raises ``Forbidden`` to who is no manager, ``InvalidInput``, ``BusinessRefusal`` for one too many.
        """
        if not manages(caller):
            raise SURVEY_MANAGERS_ONLY()
        asked = request.survey
        keyed = KeyedRequest.of(f"create_survey#{caller.holder}", request.idempotency_key, asked.model_dump_json())
        if asked.highest_score < asked.lowest_score:
            raise InvalidInput([SCALE_CROSSED.at("survey.highest_score")])

        def create_once() -> SurveyAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return SurveyAnswer.model_validate_json(first)
            turn = self.store.read_turn(caller.partner_id)
            if len(self.store.list_after(caller.partner_id, 0, MOST_SURVEYS)) >= MOST_SURVEYS:
                raise TOO_MANY_SURVEYS(most=MOST_SURVEYS)
            survey = Survey(
                id=self.store.reserve_id(),
                name=asked.name,
                question=asked.question,
                lowest=asked.lowest_score,
                highest=asked.highest_score,
                triggers=_triggers(asked),
                enabled=asked.enabled,
                enabled_at=now,
                created_at=now,
                updated_at=now,
            )
            answer = show_survey(survey)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.add(caller.partner_id, survey, turn, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def replace(self, request: ReplaceSurvey, caller: Caller) -> SurveyAnswer:
        """All of a survey anew but its scale; what changes nothing makes no version.

        One that is switched on again follows what occurs from then on. Raises ``Forbidden``, ``NotFound``,
        ``InvalidInput``.
        """
        if not manages(caller):
            raise SURVEY_MANAGERS_ONLY()
        asked = request.survey

        def replace_once() -> SurveyAnswer | None:
            now = self.clock.now()
            before = self._find(request.survey_id, caller)
            if (asked.lowest_score, asked.highest_score) != (before.lowest, before.highest):
                raise InvalidInput([SCALE_FIXED.at("survey.lowest_score")])
            after = replace(
                before, name=asked.name, question=asked.question, triggers=_triggers(asked), enabled=asked.enabled
            )
            if after == before:
                return show_survey(before)
            begins = now if after.enabled and not before.enabled else before.enabled_at
            after = replace(after, enabled_at=begins, updated_at=now, version=before.version + 1)
            return show_survey(after) if self.store.replace(caller.partner_id, after) else None

        return until_committed(replace_once, SURVEY_BUSY)

    def show(self, request: FindSurvey, caller: Caller) -> SurveyAnswer:
        """Raises ``NotFound``."""
        return show_survey(self._find(request.survey_id, caller))

    def list_page(self, request: ListSurveys, caller: Caller) -> SurveyList:
        """A page of surveys, by number."""
        found = self.store.list_after(caller.partner_id, request.cursor or 0, request.per_page + 1)
        page = found[: request.per_page]
        return SurveyList(
            surveys=[view_survey(each) for each in page],
            next_cursor=str(page[-1].id) if len(found) > len(page) else None,
        )

    def _find(self, survey_id: int, caller: Caller) -> Survey:
        survey = self.store.find(caller.partner_id, survey_id)
        if survey is None:
            raise SURVEY_NOT_FOUND()
        return survey


@dataclass(frozen=True)
class SurveyEvents:
    """What a partner tells of its own features."""

    store: SurveyStore
    people: KnownPeople
    clock: Clock

    def create(self, request: CreateSurveyEvent, caller: Caller) -> SurveyEventAnswer:
        """Keep that something occurred. The same event told again sends nothing again.

        Raises ``InvalidInput`` for a feature that this system tells of itself and for nobody, or two, it is about.
        """
        if not manages(caller):
            raise SURVEY_MANAGERS_ONLY()
        told = request.survey_event
        keyed = KeyedRequest.of(f"create_survey_event#{caller.holder}", request.idempotency_key, told.model_dump_json())

        def create_once() -> SurveyEventAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return SurveyEventAnswer.model_validate_json(first)
            recipient = self._find_recipient(told, caller.partner_id)
            occurrence = Occurrence(
                caller.partner_id,
                told.feature,
                told.id,
                told.service_id,
                now,
                customer_id=told.customer_id,
                person_id=told.portal_person_id,
                # One id may be told of several people: each is asked, and asked once by whichever number it is told.
                happening=recipient.name,
            )
            view = SurveyEventView(feature=told.feature, protocol=occurrence.protocol, told_at=format_moment(now))
            answer = SurveyEventAnswer(survey_event=view)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            return answer if self.store.tell(occurrence, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def _find_recipient(self, told: ToldEvent, partner_id: str) -> Recipient:
        """Whom an event is about. Raises ``InvalidInput``."""
        faults, known = [], None
        if FEATURES[told.feature] is Teller.SYSTEM:
            faults.append(TOLD_BY_SYSTEM.at("survey_event.feature"))
        if told.customer_id is not None and told.portal_person_id is None:
            known = self.people.customer(partner_id, told.customer_id)
            unknown = UNKNOWN_CUSTOMER.at("survey_event.customer_id")
        elif told.portal_person_id is not None and told.customer_id is None:
            known = self.people.visitor(partner_id, told.portal_person_id)
            unknown = UNKNOWN_PERSON.at("survey_event.portal_person_id")
        else:
            unknown = RECIPIENT_MISSING.at("survey_event.customer_id")
        if known is None or faults:
            raise InvalidInput(faults if known else [*faults, unknown])
        return to_recipient(known)


def _triggers(asked: AskedSurvey) -> tuple[Feature, ...]:
    """In the order of the closed list, each once."""
    return tuple(trigger for trigger in Feature if trigger in asked.triggers)
