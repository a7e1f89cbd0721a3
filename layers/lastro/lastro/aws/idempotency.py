"""``Idempotency-Key``: the first answer of a creating request, stored in the transaction of its effect for 24 hours.

The same key with the same request answers the first answer again; with another request it is a ``Conflict``.
"""

from __future__ import annotations

import gzip
import hashlib
from datetime import datetime, timedelta

from lastro.aws import keys
from lastro.aws.keys import Key
from lastro.aws.table import ABSENT, AtMost, Item, Put
from lastro.kernel.attempt import Attempt
from lastro.kernel.errors import Conflict

KEPT = timedelta(hours=24)


def record_key(attempt: Attempt) -> Key:
    """Key of the record. The sender's key is hashed: it may hold anything, and be of any length."""
    return keys.idempotency(attempt.scope, hashlib.sha256(attempt.key.encode()).hexdigest())


def find_answer(record: Item | None, attempt: Attempt, now: datetime) -> str | None:
    """The first answer's body, ``None`` when there is none or it is over 24 hours old.

    Raises ``Conflict`` when the key came with another request.
    """
    if record is None or record["expires"] <= int(now.timestamp()):
        return None
    if record["digest"] != attempt.digest:
        raise Conflict("This Idempotency-Key was already used with another request.", code="idempotency_key_reused")
    return gzip.decompress(record["answer"]).decode()


def answer_record(attempt: Attempt, answer: str, now: datetime, *, replaces: Item | None) -> Put:
    """The write that keeps an answer. Goes into the transaction of the effect; refused if somebody was first.

    ``replaces`` is a record that ran out but was not tidied up yet.
    """
    where = {"expires": AtMost(int(now.timestamp()))} if replaces else {"PK": ABSENT}
    item = {
        "entity": "idempotency_record",
        "schema": 1,
        "digest": attempt.digest,
        "answer": gzip.compress(answer.encode(), mtime=0),
        "expires": int((now + KEPT).timestamp()),
    }
    return Put(record_key(attempt), item, where)
