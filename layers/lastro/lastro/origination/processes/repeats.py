"""First answers of creating requests kept in the table, for the stores of products and offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lastro.aws.idempotency import answer_record, find_answer, record_key
from lastro.aws.table import ConditionFailed, Put, Table
from lastro.kernel.attempt import Attempt


class Repeats:
    """What was answered before to the same ``Idempotency-Key``, and writing what is new."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_answer(self, attempt: Attempt | None, now: datetime) -> tuple[str | None, Any]:
        """The first answer (``None``: there is none) and the trace that :meth:`put_first` must be given back.

        Raises ``Conflict`` when the attempt's key came with another request.
        """
        if attempt is None:
            return None, None
        record = self._table.get(record_key(attempt))
        return find_answer(record, attempt, now), record

    def put_first(self, writes: Sequence[Put], attempt: Attempt | None, answer: str, trace: Any, now: datetime) -> bool:
        """Do all writes and keep the answer, or nothing. False when the same attempt was first."""
        kept = [answer_record(attempt, answer, now, replaces=trace)] if attempt else []
        try:
            self._table.transact([*kept, *writes])
        except ConditionFailed as error:
            if not kept or error.position != 0:
                raise
            return False
        return True
