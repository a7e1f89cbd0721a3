"""The row by which a person's records are found: one for each thing that is kept of them, put together with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zlib import crc32

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import retention as keys
from lastro.aws.dynamodb.table import Delete, Item, Put
from lastro.kernel.retention import Record

SHARDS = 16
FIRST_LOOK = timedelta(days=30)
"""What is new is looked at after so long: by then most of it is over, and its term can be told."""


def retained_key(record: Record) -> Key:
    return keys.retained(record.partner_id, record.document, record.kind, record.id)


def retained_item(record: Record, look_on: str) -> Item:
    """The row, to be looked at on an ISO day."""
    shard = crc32(record.id.encode()) % SHARDS
    return {
        "entity": "retained",
        "schema": 1,
        "version": 1,
        "partner_id": record.partner_id,
        "document": record.document,
        "kind": record.kind,
        "record_id": record.id,
        "look_on": look_on,
        **keys.retained_index(shard, look_on, record.kind, record.id),
    }


def retain(record: Record, at: datetime) -> Put:
    """The write that goes with whatever makes a record at a moment."""
    look_on = (at + FIRST_LOOK).date().isoformat()
    return Put(retained_key(record), retained_item(record, look_on))


def release(record: Record) -> Delete:
    """The write that goes with whatever removes a record."""
    return Delete(retained_key(record))
