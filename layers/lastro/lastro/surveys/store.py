"""Surveys and what was sent of them in the table (keys in ``aws/dynamodb/keys/surveys.py``)."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key, open_partitions
from lastro.aws.dynamodb.keys import surveys as survey_keys
from lastro.aws.dynamodb.occurrences import tell, to_occurrence
from lastro.aws.dynamodb.retained import retain
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Update, Write
from lastro.aws.dynamodb.turns import read_turn, take_turn
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.keyed_request import Answered
from lastro.kernel.occurrences import Feature, Occurrence
from lastro.kernel.retention import Record
from lastro.surveys.model import KEPT, Answer, Recipient, SentSurvey, Survey, Tally

SURVEY_RECORD = "survey"
"""What is kept of a person here (``kernel/retention.py``)."""

_SCHEMA = 1
_PAGE = 100
_LAST_ID = 10**12 - 1
_SCORE = "score_"


class SurveyStore(FirstAnswers):
    """Surveys of every partner. Lists of what a survey sent follow within moments, all else is read consistently."""

    # surveys ----------------------------------------------------------------------------------------------------

    def reserve_id(self) -> int:
        return self._table.reserve(keys.sequence("survey"), 1)

    def find(self, partner_id: str, survey_id: int) -> Survey | None:
        item = self._table.get(survey_keys.survey(partner_id, survey_id))
        return _to_survey(item) if item else None

    def list_after(self, partner_id: str, survey_id: int, limit: int) -> list[Survey]:
        """Up to ``limit`` surveys with a higher number, in order."""
        if survey_id >= _LAST_ID:
            return []
        first = survey_keys.survey(partner_id, survey_id + 1)
        last = survey_keys.survey(partner_id, _LAST_ID)
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=limit)
        return [_to_survey(item) for item in islice(found, limit)]

    def read_turn(self, partner_id: str) -> int:
        """Read before the partner's surveys are counted, for ``add``."""
        return read_turn(self._table, _turn(partner_id))

    def add(self, partner_id: str, survey: Survey, turn: int, answered: Answered | None) -> bool:
        """Keep a new survey; false when another was added since the turn was read, or the same request was first."""
        put = Put(survey_keys.survey(partner_id, survey.id), _survey_item(survey), {"PK": ABSENT})
        return self._commit([put, take_turn(_turn(partner_id), turn)], answered)

    def replace(self, partner_id: str, survey: Survey) -> bool:
        """Keep the next version; false when somebody else was first."""
        where = {"version": survey.version - 1}
        return self._commit([Put(survey_keys.survey(partner_id, survey.id), _survey_item(survey), where)])

    # occurrences ------------------------------------------------------------------------------------------------

    def tell(self, occurrence: Occurrence, answered: Answered | None) -> bool:
        """Keep that something occurred; false when the same request was first."""
        return self._commit([tell(occurrence)], answered)

    def list_occurred(self, until: datetime) -> Iterator[Occurrence]:
        """What occurred up to a moment and is not worked, oldest first."""
        partitions = open_partitions(survey_keys.OCCURRED)
        found = self._table.query_merged(partitions, index=OPEN, at_most=f"{format_moment(until)}#~")
        return map(to_occurrence, self._table.read_whole(found))

    def put_off(self, occurrence: Occurrence, now: datetime) -> None:
        """Have what cannot be worked now looked at behind the others; nothing where it is worked by now."""
        at = survey_keys.occurrence(occurrence.partner_id, occurrence.name)
        behind = survey_keys.occurrence_index(occurrence.partner_id, occurrence.name, format_moment(now))
        self._commit([Update(at, behind, where={"entity": "occurrence"})])

    def finish(self, occurrence: Occurrence) -> None:
        """An occurrence is worked: nothing more is sent on it."""
        self._table.write(Delete(survey_keys.occurrence(occurrence.partner_id, occurrence.name)))

    # what was sent ----------------------------------------------------------------------------------------------

    def send(self, sent: SentSurvey) -> bool:
        """Keep a survey as sent, counted and found by its recipient; false when it was sent before."""
        partner_id, place = sent.partner_id, sent.place
        # Of whom there is a record, that ends it: a legal hold is on records, not on rows.
        of_record = sent.recipient.document is not None
        lapses = {} if of_record else {"expires": int((sent.sent_at + KEPT).timestamp())}
        item = {**_sent_item(sent), **lapses}
        pointer = {"entity": "survey_of", "schema": _SCHEMA, "version": 1, "sent_id": sent.id, **lapses}
        writes: list[Write] = [
            Put(survey_keys.sent_survey(partner_id, sent.id), item, {"PK": ABSENT}),
            Put(survey_keys.survey_of(partner_id, sent.recipient.name, place), pointer),
            Update(_count(sent), {"entity": "survey_count", "schema": _SCHEMA}, {"sent": 1}),
        ]
        if of_record:
            writes.append(retain(record_of(sent), sent.sent_at))
        return self._commit(writes)

    def find_sent(self, partner_id: str, sent_id: str) -> SentSurvey | None:
        item = self._table.get(survey_keys.sent_survey(partner_id, sent_id))
        return to_sent(item) if item else None

    def answer(self, sent: SentSurvey, answer: Answer, now: datetime) -> bool:
        """Keep and count an answer; false when there is one, or the survey is gone."""
        told = {"score": answer.score, "text": answer.text, "answered_at": format_moment(now)}
        key = survey_keys.sent_survey(sent.partner_id, sent.id)
        return self._commit(
            [
                Update(key, told, where={"id": sent.id, "answered_at": None}),
                Update(_count(sent), {"entity": "survey_count", "schema": _SCHEMA}, {f"{_SCORE}{answer.score}": 1}),
            ]
        )

    def list_of(self, partner_id: str, recipients: Sequence[Recipient], below: str, limit: int) -> list[SentSurvey]:
        """Up to ``limit`` surveys of somebody under any of its names, newest first, from below a place."""
        parts = [
            self._table.query(
                survey_keys.survey_of(partner_id, each.name).pk, newest_first=True, at_most=below, limit=limit + 1
            )
            for each in recipients
        ]
        merged = heapq.merge(*parts, key=lambda item: str(item["SK"]), reverse=True)
        found = islice((item for item in merged if item["SK"] != below), limit)
        wanted = [survey_keys.sent_survey(partner_id, item["sent_id"]) for item in found]
        items = self._table.get_many(wanted)
        return [to_sent(items[key]) for key in wanted if key in items]

    def walk_sent(
        self, partner_id: str, survey_id: int, *, newest_first: bool, beside: str, page: int
    ) -> Iterator[SentSurvey]:
        """What a survey sent in one order, from beside a place."""
        index = survey_keys.sent_surveys_index(partner_id, survey_id)
        bound = {"at_most": beside} if newest_first else {"at_least": beside}
        found = self._table.query(
            index["by_owner_pk"], index=BY_OWNER, newest_first=newest_first, limit=min(page, 100), **bound
        )
        others = (item for item in found if item["by_owner_sk"] != beside)
        return map(to_sent, self._table.read_whole(others))

    def find_ends(self, partner_id: str, recipient: Recipient) -> tuple[datetime, datetime] | None:
        """When somebody was sent a survey first and last, ``None``: never, or nothing of it is left."""
        pk = survey_keys.survey_of(partner_id, recipient.name).pk
        ends = [
            next(self._table.query(pk, newest_first=newest_first, only=("SK",), limit=1), None)
            for newest_first in (False, True)
        ]
        first, last = (datetime.fromisoformat(end["SK"].partition("#")[0]) if end else None for end in ends)
        return (first, last) if first and last else None

    def erase(self, partner_id: str, recipient: Recipient, before: datetime | None = None) -> None:
        """Remove what was sent to somebody before a moment, or all of it, the oldest first and with its answers; the
        counts, which name nobody, stay.
        """
        pk = survey_keys.survey_of(partner_id, recipient.name).pk
        found = self._table.query(pk, at_most=format_moment(before) if before else "", only=("SK", "sent_id"))
        while page := list(islice(found, _PAGE)):
            # The pointers last: what a crash leaves is found again.
            self._table.delete_many(survey_keys.sent_survey(partner_id, item["sent_id"]) for item in page)
            self._table.delete_many(Key(pk, item["SK"]) for item in page)

    # results ----------------------------------------------------------------------------------------------------

    def read_tallies(self, partner_id: str, survey_id: int) -> Mapping[Feature, Tally]:
        """What a survey came to, by trigger."""
        sent: Counter[Feature] = Counter()
        scores: defaultdict[Feature, Counter[int]] = defaultdict(Counter)
        pk = survey_keys.survey_count(partner_id, survey_id, "", "").pk
        for item in self._table.query(pk):
            trigger = Feature(item["SK"].partition("#")[0])
            sent[trigger] += item.get("sent", 0)
            for name, times in item.items():
                if name.startswith(_SCORE):
                    scores[trigger][int(name.removeprefix(_SCORE))] += times
        return {trigger: Tally(sent[trigger], dict(scores[trigger])) for trigger in sent}


def record_of(sent: SentSurvey) -> Record:
    """The record of a customer's surveys. Raises ``ValueError`` for who is no customer."""
    if sent.recipient.document is None:
        raise ValueError("only a customer has a document")
    return Record(sent.partner_id, sent.recipient.document, SURVEY_RECORD, str(sent.recipient.customer_id))


def _turn(partner_id: str) -> str:
    return f"surveys#{partner_id}"


def _count(sent: SentSurvey) -> Key:
    return survey_keys.survey_count(sent.partner_id, sent.survey_id, sent.trigger.value, sent.id)


def _survey_item(survey: Survey) -> Item:
    return {
        "entity": "survey",
        "schema": _SCHEMA,
        "version": survey.version,
        "id": survey.id,
        "name": survey.name,
        "question": survey.question,
        "lowest": survey.lowest,
        "highest": survey.highest,
        "triggers": [trigger.value for trigger in survey.triggers],
        "enabled": survey.enabled,
        "enabled_at": format_moment(survey.enabled_at),
        "created_at": format_moment(survey.created_at),
        "updated_at": format_moment(survey.updated_at),
    }


def _to_survey(item: Mapping[str, Any]) -> Survey:
    return Survey(
        id=item["id"],
        name=item["name"],
        question=item["question"],
        lowest=item["lowest"],
        highest=item["highest"],
        triggers=tuple(Feature(trigger) for trigger in item["triggers"]),
        enabled=item["enabled"],
        enabled_at=datetime.fromisoformat(item["enabled_at"]),
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        version=item["version"],
    )


def _sent_item(sent: SentSurvey) -> Item:
    return {
        "entity": "sent_survey",
        "schema": _SCHEMA,
        "version": 1,
        "id": sent.id,
        "partner_id": sent.partner_id,
        "survey_id": sent.survey_id,
        "question": sent.question,
        "lowest": sent.lowest,
        "highest": sent.highest,
        "trigger": sent.trigger.value,
        "feature_id": sent.feature_id,
        "service_id": sent.service_id,
        "protocol": sent.protocol,
        "customer_id": sent.recipient.customer_id,
        "person_id": sent.recipient.person_id,
        "sent_at": format_moment(sent.sent_at),
        "score": None,
        "text": None,
        "answered_at": None,
        **survey_keys.sent_surveys_index(sent.partner_id, sent.survey_id, sent.place),
    }


def to_sent(item: Mapping[str, Any]) -> SentSurvey:
    answered_at = read_moment(item["answered_at"])
    return SentSurvey(
        id=item["id"],
        partner_id=item["partner_id"],
        survey_id=item["survey_id"],
        question=item["question"],
        lowest=item["lowest"],
        highest=item["highest"],
        trigger=Feature(item["trigger"]),
        feature_id=item["feature_id"],
        service_id=item["service_id"],
        stored_protocol=item.get("protocol"),
        recipient=Recipient(item["customer_id"], item["person_id"]),
        sent_at=datetime.fromisoformat(item["sent_at"]),
        answer=Answer(item["score"], item["text"]) if answered_at else None,
        answered_at=answered_at,
    )
