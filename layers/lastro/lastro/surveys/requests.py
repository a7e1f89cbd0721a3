"""What partners send about surveys, and what people of the portal answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.kernel.occurrences import Feature
from lastro.surveys.model import HIGHEST_SCORE, LONGEST_TEXT
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.identifiers import IdempotencyKey, Number, OwnId, Uuid
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Line, Text

SurveyId = Annotated[Number, Field(description="Number of the survey", examples=[1])]
Score = Annotated[int, InWhole(0, HIGHEST_SCORE)]


class AskedSurvey(WireObject):
    """What is asked, on which events."""

    name: Annotated[Text, Field(description="Name of the survey, for the partner", examples=["Depois da reserva"])]
    question: Annotated[
        str, Line(500), Field(description="The question", examples=["De 0 a 10, quanto você nos recomendaria?"])
    ]
    lowest_score: Annotated[Score, Field(description="Lowest score; it never changes", examples=[0])] = 0
    highest_score: Annotated[Score, Field(description="Highest score; it never changes", examples=[10])] = HIGHEST_SCORE
    triggers: Annotated[
        list[Feature],
        Field(
            min_length=1,
            max_length=len(Feature),
            description="Features whose events send it",
            examples=[["reservation"]],
        ),
    ]
    enabled: Annotated[Flag, Field(description="Whether it is sent", examples=[True])] = True


class CreateSurvey(Request):
    """Body of ``POST /api/v1/surveys``."""

    survey: AskedSurvey
    idempotency_key: IdempotencyKey = None


class ReplaceSurvey(Request):
    """Path and body of ``PUT /api/v1/surveys/{survey_id}``."""

    survey_id: SurveyId
    survey: AskedSurvey


class FindSurvey(Request):
    """Path of the calls that read one survey."""

    survey_id: SurveyId


class ListSurveys(Request):
    """Query of ``GET /api/v1/surveys``."""

    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: PerPage = 25


class ListSentSurveys(Request):
    """Path and query of ``GET /api/v1/surveys/{survey_id}/sent``."""

    survey_id: SurveyId
    cursor: Cursor = None
    per_page: PerPage = 25


class AskedFile(WireObject):
    """What the file shall be."""

    format: Annotated[Literal["csv", "xlsx"], Field(description="Kind of file", examples=["xlsx"])]


class ExportSurvey(Request):
    """Path and body of ``POST /api/v1/surveys/{survey_id}/files``."""

    survey_id: SurveyId
    report: AskedFile
    idempotency_key: IdempotencyKey = None


class ToldEvent(WireObject):
    """An event of a feature that this system does not have, about a customer or a person of the portal."""

    feature: Annotated[Feature, Field(description="The feature, one the partner tells of", examples=["ticket"])]
    id: Annotated[
        OwnId | None,
        Field(description="Id of what occurred, the survey's protocol; absent: service_id is", examples=["10751"]),
    ] = None
    service_id: Annotated[OwnId, Field(description="Id of the service or feature it belongs to", examples=["88"])]
    customer_id: Annotated[Number | None, Field(description="Number of the customer", examples=[42])] = None
    portal_person_id: Annotated[
        Uuid | None,
        Field(description="UUID of a person of the portal", examples=["5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"]),
    ] = None


class CreateSurveyEvent(Request):
    """Body of ``POST /api/v1/survey_events``."""

    survey_event: ToldEvent
    idempotency_key: IdempotencyKey = None


class ListOwnSurveys(Request):
    """Query of ``GET /api/v1/portal/surveys``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class GivenAnswer(WireObject):
    """What a person answers."""

    score: Annotated[Score, Field(description="A score of the survey's scale", examples=[9])]
    text: Annotated[
        Annotated[str, Line(LONGEST_TEXT)] | None, Field(description="In its own words", examples=["Tudo certo."])
    ] = None


class AnswerSurvey(Request):
    """Path and body of ``POST /api/v1/portal/surveys/{sent_survey_id}/answer``."""

    sent_survey_id: Annotated[
        Uuid, Field(description="UUID of a survey that was sent", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])
    ]
    answer: GivenAnswer
