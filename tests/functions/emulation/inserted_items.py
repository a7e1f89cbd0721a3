"""Inserts with parameters in moto's DynamoDB, whose reader of PartiQL takes only what is spelled in the statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from moto.dynamodb.exceptions import MockValidationException
from moto.dynamodb.models import DynamoDBBackend

_INSERT = re.compile(r"""INSERT INTO "([^"]+)" VALUE \{('\w+': \?(?:, '\w+': \?)*)\}""")
_MOST = 25


@contextmanager
def inserted_items() -> Iterator[None]:
    """Meanwhile a batch inserts items, each on its own, and says of which there were some (DynamoDB, PartiQL)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DynamoDBBackend, "batch_execute_statement", _insert_all)
        yield


def _insert_all(backend: DynamoDBBackend, statements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if not 0 < len(statements) <= _MOST:
        raise MockValidationException(f"a batch has up to {_MOST} statements, not {len(statements)}")
    return [_insert(backend, each["Statement"], each["Parameters"]) for each in statements]


def _insert(backend: DynamoDBBackend, statement: str, parameters: Sequence[dict[str, Any]]) -> dict[str, Any]:
    read = _INSERT.fullmatch(statement)
    names = re.findall(r"'(\w+)'", read[2]) if read else []
    if read is None or len(names) != len(parameters):
        return {"Error": {"Code": "ValidationError", "Message": f"no insert with its parameters: {statement}"}}
    item = dict(zip(names, parameters, strict=True))
    key = {name: item[name] for name in backend.get_table(read[1]).table_key_attrs}
    if backend.get_item(read[1], key):
        return {"TableName": read[1], "Error": {"Code": "DuplicateItem", "Message": "there is such an item"}}
    backend.put_item(read[1], item)
    return {"TableName": read[1]}
