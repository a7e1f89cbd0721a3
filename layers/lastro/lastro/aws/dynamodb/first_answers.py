"""``Idempotency-Key``: the first answer of a creating request, stored in the transaction of its effect for 24 hours.

The same key with the same request answers the first answer again; with another request it is a ``Conflict``.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import AbsentOrAtMost, Item, Put, Table, Write
from lastro.kernel.errors import KEY_REUSED
from lastro.kernel.keyed_request import Answered, KeyedRequest

KEPT = timedelta(hours=24)


class FirstAnswers:
    """First answers in the table. Base of the stores whose rows are written together with one."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_answer(self, keyed: KeyedRequest | None, now: datetime) -> str | None:
        """What the same request was answered first; ``None`` without one, or 24 hours later.

        Raises ``Conflict`` ``idempotency_key_reused`` when its key came with another request.
        """
        return _answer_of(self._table.get(record_key(keyed)), keyed, now) if keyed else None

    def keep_answer(self, answered: Answered | None) -> bool:
        """Keep an answer whose effect is stored elsewhere already; false when the same request was first."""
        return answered is None or self._commit([], answered)

    def _find_with(
        self, keyed: KeyedRequest | None, now: datetime, wanted: Iterable[Key]
    ) -> tuple[str | None, Mapping[Key, Item]]:
        """The first answer, and those of the items ``wanted`` that exist: one round trip."""
        if keyed is None:
            return None, self._table.get_many(wanted)
        found = self._table.get_many([record_key(keyed), *wanted])
        return _answer_of(found.get(record_key(keyed)), keyed, now), found

    def _commit(self, writes: Sequence[Write], answered: Answered | None = None) -> bool:
        """Do all writes and keep the answer, or nothing.

        False when something is stored otherwise than a write requires, or the same request was first: read again.
        """
        return self._table.commit([*writes, _record_of(answered)] if answered else writes)


def record_key(keyed: KeyedRequest) -> Key:
    """Key of the record. The sender's key is hashed: it may hold anything, and be of any length."""
    return keys.idempotency(keyed.scope, hashlib.sha256(keyed.key.encode()).hexdigest())


def _answer_of(record: Item | None, keyed: KeyedRequest, now: datetime) -> str | None:
    if record is None or record["expires"] <= int(now.timestamp()):
        return None
    if record["digest"] != keyed.digest:
        raise KEY_REUSED()
    return gzip.decompress(record["answer"]).decode()


def _record_of(answered: Answered) -> Put:
    """The write that keeps an answer; refused if another is kept that did not run out."""
    item = {
        "entity": "idempotency_record",
        "schema": 1,
        "digest": answered.keyed.digest,
        "answer": gzip.compress(answered.answer.encode(), mtime=0),
        "expires": int((answered.now + KEPT).timestamp()),
    }
    return Put(record_key(answered.keyed), item, {"expires": AbsentOrAtMost(int(answered.now.timestamp()))})
