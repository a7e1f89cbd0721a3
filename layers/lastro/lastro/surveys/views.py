"""What is read of surveys, by the partner's staff and by the people of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.kernel.calendar import format_moment
from lastro.kernel.occurrences import Feature
from lastro.surveys.model import SentSurvey, Survey, Tally, add_tallies

MASK = "***"
_Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
_NoMoment = Annotated[str | None, Field(description="UTC, ISO 8601; null: never", examples=[None])]
_Next = Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]
_Id = Annotated[int, Field(description="Number of the survey", examples=[1])]
_SentId = Annotated[str, Field(description="UUID", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
_Question = Annotated[str, Field(description="The question", examples=["De 0 a 10, quanto você nos recomendaria?"])]
_Lowest = Annotated[int, Field(description="Lowest score", examples=[0])]
_Highest = Annotated[int, Field(description="Highest score", examples=[10])]
_Trigger = Annotated[Feature, Field(description="The feature whose event sent it", examples=["reservation"])]
_Protocol = Annotated[
    str, Field(description="Id of what occurred, else of the service it belongs to", examples=["10751"])
]
_Score = Annotated[int | None, Field(description="Score; null: not answered", examples=[9])]


class View(BaseModel):
    """What is read. Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


class SurveyView(View):
    """A survey."""

    id: _Id
    name: Annotated[str, Field(description="Name of the survey, for the partner", examples=["Depois da reserva"])]
    question: _Question
    lowest_score: _Lowest
    highest_score: _Highest
    triggers: Annotated[list[Feature], Field(description="Features whose events send it", examples=[["reservation"]])]
    enabled: Annotated[bool, Field(description="Whether it is sent", examples=[True])]
    created_at: _Moment
    updated_at: _Moment


class SurveyAnswer(View):
    """Envelope of one survey."""

    survey: SurveyView


class SurveyList(View):
    """A page of surveys, by number."""

    surveys: Annotated[list[SurveyView], Field(description="Surveys of this page")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=["25"])]


class SentSurveyView(View):
    """A survey as it was sent, with its protocol and its answer. Brokers and agencies read the text masked."""

    id: _SentId
    survey_id: _Id
    trigger: _Trigger
    protocol: _Protocol
    customer_id: Annotated[
        int | None, Field(description="Number of the customer; null: a person who is none", examples=[42])
    ]
    portal_person_id: Annotated[
        str | None, Field(description="UUID of a person of the portal; null: a customer", examples=[None])
    ]
    sent_at: _Moment
    answered_at: _NoMoment
    score: _Score
    text: Annotated[str | None, Field(description="In the person's words", examples=["Tudo certo."])]


class SentSurveyList(View):
    """A page of what a survey sent, newest first."""

    sent_surveys: Annotated[list[SentSurveyView], Field(description="Sent surveys of this page")]
    next_cursor: _Next


class ScoreCountView(View):
    """How many gave a score."""

    score: Annotated[int, Field(description="The score", examples=[9])]
    count: Annotated[int, Field(description="How many gave it", examples=[3])]


class ResultView(View):
    """What a survey came to."""

    sent: Annotated[int, Field(description="How often it was sent", examples=[10])]
    answered: Annotated[int, Field(description="How many answered", examples=[4])]
    score_sum: Annotated[int, Field(description="Sum of all scores", examples=[33])]
    mean: Annotated[
        str | None,
        Field(description="Mean score with two decimals, half to even; null without an answer", examples=["8.25"]),
    ]
    distribution: Annotated[list[ScoreCountView], Field(description="Every score of the scale")]


class TriggerResultView(ResultView):
    """What a survey came to on one trigger."""

    trigger: _Trigger


class SurveyResultView(ResultView):
    """What a survey came to, in all and by trigger."""

    survey_id: _Id
    triggers: Annotated[list[TriggerResultView], Field(description="By trigger, in the order of the closed list")]


class SurveyResultAnswer(View):
    """Envelope of a result."""

    survey_result: SurveyResultView


class SurveyFile(View):
    """A private address of a file, good for a minute."""

    url: Annotated[str, Field(description="GET it without a key", examples=["https://files.example.com/a.xlsx"])]
    file_name: Annotated[str, Field(description="Name to save it under", examples=["pesquisa-1-20261103.xlsx"])]
    expires_at: _Moment


class SurveyFileAnswer(View):
    """Envelope of a file's address."""

    file: SurveyFile


class SurveyEventView(View):
    """What was told: the surveys that follow it are sent within minutes."""

    feature: Annotated[Feature, Field(description="The feature", examples=["ticket"])]
    protocol: _Protocol
    told_at: _Moment


class SurveyEventAnswer(View):
    """Envelope of an event."""

    survey_event: SurveyEventView


class OwnSurveyView(View):
    """A survey as a person has it."""

    id: _SentId
    question: _Question
    lowest_score: _Lowest
    highest_score: _Highest
    protocol: _Protocol
    sent_at: _Moment
    answered_at: _NoMoment
    score: _Score
    text: Annotated[str | None, Field(description="In its own words", examples=[None])]


class OwnSurveyAnswer(View):
    """Envelope of one survey of a person's."""

    survey: OwnSurveyView


class OwnSurveyList(View):
    """A page of the surveys that one was sent, newest first."""

    surveys: Annotated[list[OwnSurveyView], Field(description="Surveys of this page")]
    next_cursor: _Next


def show_survey(survey: Survey) -> SurveyAnswer:
    return SurveyAnswer(survey=view_survey(survey))


def view_survey(survey: Survey) -> SurveyView:
    return SurveyView(
        id=survey.id,
        name=survey.name,
        question=survey.question,
        lowest_score=survey.lowest,
        highest_score=survey.highest,
        triggers=list(survey.triggers),
        enabled=survey.enabled,
        created_at=format_moment(survey.created_at),
        updated_at=format_moment(survey.updated_at),
    )


def view_sent(sent: SentSurvey, *, plain: bool) -> SentSurveyView:
    """``plain`` for the partner's managers."""
    text = sent.answer.text if sent.answer else None
    return SentSurveyView(
        id=sent.id,
        survey_id=sent.survey_id,
        trigger=sent.trigger,
        protocol=sent.protocol,
        customer_id=sent.recipient.customer_id,
        portal_person_id=sent.recipient.person_id,
        sent_at=format_moment(sent.sent_at),
        answered_at=format_moment(sent.answered_at),
        score=sent.answer.score if sent.answer else None,
        text=text if plain or text is None else MASK,
    )


def view_own(sent: SentSurvey) -> OwnSurveyView:
    return OwnSurveyView(
        id=sent.id,
        question=sent.question,
        lowest_score=sent.lowest,
        highest_score=sent.highest,
        protocol=sent.protocol,
        sent_at=format_moment(sent.sent_at),
        answered_at=format_moment(sent.answered_at),
        score=sent.answer.score if sent.answer else None,
        text=sent.answer.text if sent.answer else None,
    )


def show_result(survey: Survey, tallies: Mapping[Feature, Tally]) -> SurveyResultAnswer:
    """Every trigger of the survey, and any it had before and was sent on."""
    triggers = [trigger for trigger in Feature if trigger in survey.triggers or trigger in tallies]
    view = SurveyResultView(
        survey_id=survey.id,
        **_told(survey, add_tallies(list(tallies.values()))).model_dump(),
        triggers=[
            TriggerResultView(trigger=trigger, **_told(survey, tallies.get(trigger, Tally())).model_dump())
            for trigger in triggers
        ],
    )
    return SurveyResultAnswer(survey_result=view)


def _told(survey: Survey, tally: Tally) -> ResultView:
    return ResultView(
        sent=tally.sent,
        answered=tally.answered,
        score_sum=tally.total,
        mean=None if tally.mean is None else str(tally.mean),
        distribution=[
            ScoreCountView(score=score, count=tally.scores.get(score, 0))
            for score in range(survey.lowest, survey.highest + 1)
        ],
    )
