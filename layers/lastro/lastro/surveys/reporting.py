"""What surveys sent and what came of it: pages, results by trigger, and all of a survey as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lastro.aws.reports import MAX_ROWS, Written
from lastro.kernel.calendar import SAO_PAULO, Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import KeyedRequest
from lastro.kernel.occurrences import Feature
from lastro.surveys.answering import read_place
from lastro.surveys.errors import SURVEY_NOT_FOUND, TOO_MANY_SENT
from lastro.surveys.keeping import manages
from lastro.surveys.model import SentSurvey, Survey, add_tallies
from lastro.surveys.requests import ExportSurvey, FindSurvey, ListSentSurveys
from lastro.surveys.views import (
    SentSurveyList,
    SurveyFile,
    SurveyFileAnswer,
    SurveyResultAnswer,
    show_result,
    view_sent,
)

if TYPE_CHECKING:
    from lastro.aws.reports import ReportFiles
    from lastro.surveys.store import SurveyStore
    from lastro.wire.sheets.cells import Cell, SheetWriter

_PAGE = 100
HEADINGS = ("Protocolo", "Gatilho", "Enviada em", "Cliente", "Pessoa do portal", "Respondida em", "Nota", "Texto")
TRIGGERS = {
    Feature.RESERVATION: "Reserva",
    Feature.PROPOSAL: "Proposta",
    Feature.REGISTRATION_UPDATE: "Atualização cadastral",
    Feature.SALE: "Venda",
    Feature.ASSIGNMENT: "Cessão",
    Feature.PRE_REGISTRATION: "Pré-cadastro",
    Feature.TICKET: "Chamado",
}


@dataclass(frozen=True)
class SurveyReports:
    """Reads what surveys sent."""

    store: SurveyStore

    def list_sent(self, request: ListSentSurveys, caller: Caller) -> SentSurveyList:
        """A page of what a survey sent, newest first. Raises ``NotFound``, ``InvalidInput``."""
        below = read_place(request.cursor, "survey_answers")
        survey = find_survey(self.store, request.survey_id, caller)
        walked = self.store.walk_sent(
            caller.partner_id, survey.id, newest_first=True, beside=below, page=request.per_page + 2
        )
        found = list(islice(walked, request.per_page + 1))
        page = found[: request.per_page]
        return SentSurveyList(
            sent_surveys=[view_sent(each, plain=manages(caller)) for each in page],
            next_cursor=spell_cursor(page[-1].place, "survey_answers") if len(found) > len(page) else None,
        )

    def result(self, request: FindSurvey, caller: Caller) -> SurveyResultAnswer:
        """What a survey came to, in all and by trigger: one query of its counts. Raises ``NotFound``."""
        survey = find_survey(self.store, request.survey_id, caller)
        return show_result(survey, self.store.read_tallies(caller.partner_id, survey.id))


@dataclass(frozen=True)
class SurveyExport:
    """Writes all that a survey sent into a file. ``writers`` by format."""

    store: SurveyStore
    files: ReportFiles
    clock: Clock
    writers: Callable[[str], SheetWriter]

    def export(self, request: ExportSurvey, caller: Caller) -> SurveyFileAnswer:
        """The address of the file; the same request gives the same file.

        Raises ``NotFound``, and ``BusinessRefusal`` when there is more than a file holds.
        """
        survey = find_survey(self.store, request.survey_id, caller)
        kind = request.report.format

        def write() -> Written:
            walked = self.store.walk_sent(caller.partner_id, survey.id, newest_first=True, beside="", page=_PAGE)
            found = list(islice(walked, MAX_ROWS + 1))
            if len(found) > MAX_ROWS:
                raise TOO_MANY_SENT(most=MAX_ROWS)
            rows = (row for each in found for row in _rows(each, plain=manages(caller)))
            return Written(self.writers(kind)(HEADINGS, rows, self._sums(survey, caller)))

        asked = f"{request.survey_id}#{request.report.model_dump_json()}"
        keyed = KeyedRequest.of(f"export_survey#{caller.holder}", request.idempotency_key, asked)
        stem = f"pesquisa-{survey.id}-{local_date(self.clock.now()):%Y%m%d}"
        link = self.files.give(caller.partner_id, keyed, stem, kind, write)
        return SurveyFileAnswer(file=SurveyFile(url=link.url, file_name=link.file_name, expires_at=link.expires_at))

    def _sums(self, survey: Survey, caller: Caller) -> list[tuple[str, Cell]]:
        tallies = self.store.read_tallies(caller.partner_id, survey.id)
        whole = add_tallies(list(tallies.values()))
        found: list[tuple[str, Cell]] = [("Enviadas", whole.sent), ("Respondidas", whole.answered)]
        found += [("Soma das notas", whole.total), ("Média", None if whole.mean is None else str(whole.mean))]
        for trigger in Feature:
            if trigger in tallies:
                tally, name = tallies[trigger], TRIGGERS[trigger]
                found += [(f"{name}: enviadas", tally.sent), (f"{name}: respondidas", tally.answered)]
                found.append((f"{name}: média", None if tally.mean is None else str(tally.mean)))
        return found


def find_survey(store: SurveyStore, survey_id: int, caller: Caller) -> Survey:
    """Raises ``NotFound``."""
    survey = store.find(caller.partner_id, survey_id)
    if survey is None:
        raise SURVEY_NOT_FOUND()
    return survey


def _rows(sent: SentSurvey, *, plain: bool) -> Iterator[Sequence[Cell]]:
    view = view_sent(sent, plain=plain)
    sent_at = sent.sent_at.astimezone(SAO_PAULO).replace(tzinfo=None)
    answered_at = sent.answered_at.astimezone(SAO_PAULO).replace(tzinfo=None) if sent.answered_at else None
    yield (
        view.protocol,
        TRIGGERS[sent.trigger],
        sent_at,
        view.customer_id,
        view.portal_person_id,
        answered_at,
        view.score,
        view.text,
    )
