"""Records of bureau tokens in the table (keys in ``aws/dynamodb/keys``), never their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import OPEN, Key
from lastro.aws.dynamodb.keys import bureaus as bureau_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table, Update
from lastro.bureaus.records import TokenRecord
from lastro.kernel.calendar import format_moment, read_moment

_SCHEMA = 1


class TokenStore:
    """Records of tokens: who may log in, and until when what they got is good."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, credential: str) -> TokenRecord | None:
        item = self._table.get(bureau_keys.bureau_token(credential))
        return _to_record(item) if item else None

    def find_many(self, credentials: Sequence[str]) -> Mapping[str, TokenRecord]:
        found = map(_to_record, self._table.get_many(map(bureau_keys.bureau_token, credentials)).values())
        return {record.credential: record for record in found}

    def claim(self, claimed: TokenRecord, seen: TokenRecord | None) -> bool:
        """Take the right to log in, if the record is still as ``seen``: its expiry, its login and its lease."""
        where: dict[str, Any] = (
            {"lease_until": seen.lease_until, "version": seen.version, "expires_at": seen.expires_at}
            if seen
            else {"PK": ABSENT}
        )
        return self._put(claimed, where)

    def put_renewed(self, claimed: TokenRecord, renewed: TokenRecord) -> bool:
        """Store what a login gave, if the claim still stands."""
        return self._put(renewed, _as_claimed(claimed))

    def put_failed(self, claimed: TokenRecord, failed: TokenRecord) -> bool:
        """Give a claim back after a login that failed, if the claim still stands."""
        return self._put(failed, _as_claimed(claimed))

    def list_due(self, before: datetime) -> Iterator[TokenRecord]:
        """Records to be refreshed by a moment, the most urgent first."""
        partitions = keys.open_partitions(bureau_keys.OPEN_TOKENS)
        found = self._table.query_merged(partitions, index=OPEN, at_most=format_moment(before))
        for item in found:
            record = self._table.get(Key(item["PK"], item["SK"]))
            if record:
                yield _to_record(record)

    def postpone(self, record: TokenRecord, until: datetime) -> None:
        """Leave a record that is due alone until a moment, unless it has changed."""
        update = Update(
            bureau_keys.bureau_token(record.credential),
            assign={
                "refresh_at": int(until.timestamp() * 1000),
                **bureau_keys.due_token_index(format_moment(until), record.credential),
            },
            where={"version": record.version, "refresh_at": record.refresh_at},
        )
        self._table.commit([update])

    def retire(self, record: TokenRecord) -> None:
        """Refresh this one no more until somebody uses it again."""
        update = Update(
            bureau_keys.bureau_token(record.credential),
            assign={"refresh_at": 0},
            remove=("open_pk", "open_sk"),
            where={"version": record.version},
        )
        # Where somebody logged in meanwhile, it is in use and stays.
        self._table.commit([update])

    def _put(self, record: TokenRecord, where: Mapping[str, Any]) -> bool:
        return self._table.commit([Put(bureau_keys.bureau_token(record.credential), _record_item(record), where)])


def _as_claimed(claimed: TokenRecord) -> dict[str, Any]:
    return {"lease_until": claimed.lease_until, "version": claimed.version, "expires_at": claimed.expires_at}


def _record_item(record: TokenRecord) -> Item:
    item = {"entity": "bureau_token", "schema": _SCHEMA}
    item |= {name: getattr(record, name) for name in TokenRecord.__dataclass_fields__}
    if record.refresh_at:
        moment = datetime.fromtimestamp(record.refresh_at / 1000, UTC)
        item |= bureau_keys.due_token_index(format_moment(moment), record.credential)
    return item


def _to_record(item: Item) -> TokenRecord:
    known = {name: item[name] for name in TokenRecord.__dataclass_fields__}
    return TokenRecord(**{**known, "updated_at": read_moment(item["updated_at"])})
