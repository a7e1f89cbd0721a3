"""``Idempotency-Key``: the first answer of a creating request, stored in the transaction of its effect for 24 hours.

The same key with the same request answers the first answer again; with another request it is a ``Conflict``.
"""

from __future__ import annotations

import gzip
import hashlib
from datetime import datetime, timedelta

from lastro.aws import keys
from lastro.aws.keys import Key
from lastro.aws.table import AtMost, ABSENT, Item, Put
from lastro.errors import Conflict

KEPT = timedelta(hours=24)


def record_key(scope: str, idempotency_key: str) -> Key:
    """Key of the record; ``scope`` names the operation and the store, so that one partner's keys never meet another's."""
    return keys.idempotency(scope, hashlib.sha256(idempotency_key.encode()).hexdigest())


def digest_request(canonical: str) -> str:
    """Fingerprint of a validated request in canonical form."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_current(record: Item | None, now: datetime) -> bool:
    """Whether a stored record still counts; the TTL only tidies up afterwards."""
    return record is not None and record["expires"] > int(now.timestamp())


def replay_answer(record: Item, digest: str) -> str:
    """The first answer's body. Raises ``Conflict`` when the key came with another request."""
    if record["digest"] != digest:
        raise Conflict("This Idempotency-Key was already used with another request.", code="idempotency_key_reused")
    return gzip.decompress(record["answer"]).decode()


def answer_record(key: Key, digest: str, answer: str, now: datetime, *, replaces: Item | None) -> Put:
    """The write that keeps an answer. Goes into the transaction of the effect; refused if somebody was first."""
    where = {"expires": AtMost(int(now.timestamp()))} if replaces else {"PK": ABSENT}
    item = {
        "entity": "idempotency_record",
        "schema": 1,
        "digest": digest,
        "answer": gzip.compress(answer.encode(), mtime=0),
        "expires": int((now + KEPT).timestamp()),
    }
    return Put(key, item, where)
