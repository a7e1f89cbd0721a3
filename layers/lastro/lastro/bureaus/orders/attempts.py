"""First answers and access requests in the table (keys in ``aws/keys.py``)."""

from __future__ import annotations

from datetime import datetime

from lastro.aws import keys
from lastro.aws.idempotency import answer_record, find_answer, record_key
from lastro.aws.table import ABSENT, ConditionFailed, Put, Table, Write
from lastro.bureaus.book import FirstAnswer
from lastro.kernel.attempt import Attempt
from lastro.kernel.calendar import format_moment
from lastro.kernel.documents import Document


class AttemptStore:
    """Implements ``AttemptBook``."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_first_answer(self, attempt: Attempt | None, now: datetime) -> FirstAnswer:
        if attempt is None:
            return FirstAnswer(None)
        record = self._table.get(record_key(attempt))
        return FirstAnswer(find_answer(record, attempt, now), record)

    def put_answer(self, attempt: Attempt | None, answer: str, first: FirstAnswer, now: datetime) -> bool:
        return self._done([], attempt, answer, first, now)

    def put_access(
        self,
        partner_id: str,
        document: Document,
        request_id: str,
        requested_by: str,
        attempt: Attempt | None,
        first: FirstAnswer,
        now: datetime,
    ) -> bool:
        moment = format_moment(now)
        item = {
            "entity": "access_request",
            "schema": 1,
            "version": 1,
            "id": request_id,
            "requested_by": requested_by,
            "answered_at": moment,
        }
        put = Put(keys.document_access(partner_id, document.value, moment, request_id), item, {"PK": ABSENT})
        return self._done([put], attempt, request_id, first, now)

    def _done(
        self, writes: list[Write], attempt: Attempt | None, answer: str, first: FirstAnswer, now: datetime
    ) -> bool:
        if attempt:
            writes = [*writes, answer_record(attempt, answer, now, replaces=first.trace)]
        if not writes:
            return True
        try:
            self._table.transact(writes)
        except ConditionFailed:
            return False
        return True
