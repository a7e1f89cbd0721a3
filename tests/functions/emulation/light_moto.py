"""moto without work that grows with the table: tests of a module share one, and each leaves its items there.

- A transaction may change nothing but the items that it names, so a snapshot that copies those and shares the rest
  undoes a refused one just as well. moto copies the whole table for every write of every transaction.
- How large an item is follows from all its attributes. moto adds up those before for each attribute that it takes.
- What is spelled is made anew at every level. moto copies all that lies below a level before it spells it.
- A query can give nothing but items of its partition. moto sorts the whole table first, comparing value by value.
- An update's expression reads the same for whoever sends it. moto reads it twice for each, and copies what it read.
- What was found is spelled anew, so nobody can change it. moto copies all of it before.
- Which names a value of an answer may have depends on its holder's class and its shape, and is found out once.
- Which methods a service has does not change; moto looks through all members of its class for every request.
- How a name is spelled does not change; moto spells every attribute of a queue anew for each one that is asked of.
- A message stands in its queue as long as the queue says. moto counts what else the queue holds, in seven ways, for
  each message that it hands over, and takes the hour apart for every message that it looks at.
- An attribute's value is of one type, so nothing need be looked for under the nine others: most of what moto worked.
- Attributes are the same in JSON as in moto, but for bytes. moto takes each apart by its description, both ways.
- Which numbers a key is made of is nobody's: within a test no key is another's, and the next test has the same ones.
  moto looks for primes for every key of KMS, and for those of the one key of its user pools for every pool.
- Clients of botocore are answered before they send anything. The thousand patterns of addresses by which moto answers
  who sends with ``requests``, written down anew with every start, are nobody's here.
"""

from __future__ import annotations

import base64
import copy
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from inspect import signature
from types import SimpleNamespace
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from moto.cognitoidp import models as cognito
from moto.core import models, responses
from moto.core.model import MapShape, StructureShape
from moto.core.parse import BaseJSONParser
from moto.core.serialize import AttributePicker, AttributePickerContext, BaseJSONSerializer
from moto.core.utils import camelcase_to_underscores, method_names_from_class
from moto.dynamodb import responses as operations
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models import table as tables
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.models.utilities import bytesize
from moto.dynamodb.parsing.expressions import UpdateExpressionParser  # type: ignore[attr-defined]
from moto.kms import models as kms
from moto.kms.utils import generate_private_key
from moto.sqs import models as queues
from moto.sqs.models import SQSBackend

from tests.functions.emulation.attributes import are_alike_in_json

_LARGEST = 405_000
"""Bytes of an item, as moto has it."""
_WRITTEN_AS_HELD = ("S", "N", "BOOL", "NULL")
"""Kinds of attributes whose value in JSON is the one that moto holds."""


@contextmanager
def light_moto() -> Iterator[None]:
    """Meanwhile moto answers as ever, and what it costs depends on what is asked."""
    with pytest.MonkeyPatch.context() as patch:
        _lighten_writes(patch)
        _lighten_items(patch)
        _lighten_queries(patch)
        _lighten_answers(patch)
        _lighten_attributes(patch)
        _lighten_starts(patch)
        _lighten_keys(patch)
        _lighten_messages(patch)
        patch.setattr(responses, "method_names_from_class", cache(method_names_from_class))
        for module in (responses, queues):
            patch.setattr(module, "camelcase_to_underscores", cache(camelcase_to_underscores))
        yield


def _lighten_starts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(models, "RESPONSES_METHODS", [])


def _lighten_keys(patch: pytest.MonkeyPatch) -> None:
    generate, begin = generate_private_key, models.MockAWS._enable_patching
    kept: dict[str, list[Any]] = {}
    given: Counter[str] = Counter()

    def start(mock: models.MockAWS, reset: bool = True) -> None:
        given.clear()
        begin(mock, reset=reset)

    def give(key_spec: str) -> Any:
        keys, place = kept.setdefault(key_spec, []), given[key_spec]
        given[key_spec] += 1
        if place == len(keys):
            keys.append(generate(key_spec))
        return keys[place]

    read = cache(lambda spelt: RSAKey.import_key(json.loads(spelt)))
    reading = SimpleNamespace(RSAKey=SimpleNamespace(import_key=lambda parts: read(json.dumps(parts))))
    patch.setattr(models.MockAWS, "_enable_patching", start)
    patch.setattr(kms, "generate_private_key", give)
    patch.setattr(cognito, "jwk", reading)


def _lighten_messages(patch: pytest.MonkeyPatch) -> None:
    def stands(backend: SQSBackend, queue_name: str, message: Any) -> bool:
        queue: Any = backend.get_queue(queue_name)
        return bool(message.sent_timestamp / 1000 + queue.message_retention_period > time.time())

    patch.setattr(queues, "unix_time_millis", lambda: time.time() * 1000)
    patch.setattr(SQSBackend, "is_message_valid_based_on_retention_period", stands)


def _lighten_writes(patch: pytest.MonkeyPatch) -> None:
    transact = DynamoDBBackend.transact_write_items

    def write(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        snapshots: dict[str, Table] = {}

        def copy_table(table: Table, _memo: dict[int, Any]) -> Table:
            if table.name not in snapshots:
                snapshots[table.name] = _snapshot(table, transact_items)
            return snapshots[table.name]

        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(Table, "__deepcopy__", copy_table, raising=False)
            transact(backend, transact_items)

    patch.setattr(DynamoDBBackend, "transact_write_items", write)
    patch.setattr(UpdateExpressionParser, "make", cache(UpdateExpressionParser.make))


def _snapshot(table: Table, writes: list[dict[str, Any]]) -> Table:
    """The table as it is: the items that ``writes`` name copied, everything else shared."""
    kept = copy.copy(table)
    kept.items = defaultdict(dict, table.items)
    operations = [operation for write in writes for operation in write.values()]
    for operation in operations:
        key = operation.get("Item") or operation["Key"]
        partition = DynamoType(key[table.hash_key_attr])
        if operation.get("TableName") != table.name or partition not in table.items:
            continue
        if not table.range_key_attr:
            kept.items[partition] = copy.deepcopy(table.items[partition])
            continue
        if kept.items[partition] is table.items[partition]:
            kept.items[partition] = dict(table.items[partition])
        place = DynamoType(key[table.range_key_attr])
        if place in table.items[partition]:
            kept.items[partition][place] = copy.deepcopy(table.items[partition][place])
    return kept


def _lighten_items(patch: pytest.MonkeyPatch) -> None:
    def make(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
        item.hash_key, item.range_key, item.attrs = hash_key, range_key, LimitedSizeDict()
        values = {name: DynamoType(value) for name, value in attrs.items()}
        if sum(bytesize(name) + value.size() for name, value in values.items()) > _LARGEST:
            raise ItemSizeTooLarge
        dict.update(item.attrs, values)

    patch.setattr(Item, "__init__", make)
    patch.setattr(DynamoType, "to_regular_json", _spell)

    spell_any: Any = vars(operations)["dynamo_to_dict"]

    def spell(held: Any) -> Any:
        kind = type(held)
        if kind is DynamoType and held.type in _WRITTEN_AS_HELD:
            return {held.type: held.value}
        if kind is DynamoType and held.type in ("M", "L"):
            return {held.type: spell(held.value)}
        if kind is dict or kind is LimitedSizeDict:
            return {name: spell(value) for name, value in held.items()}
        return [spell(each) for each in held] if kind is list else spell_any(held)

    patch.setattr(operations, "dynamo_to_dict", spell)


def _spell(held: DynamoType) -> dict[str, Any]:
    value = held.value
    if isinstance(value, dict):
        value = {name: _spell(each) if isinstance(each, DynamoType) else each for name, each in value.items()}
    elif isinstance(value, list):
        value = [_spell(each) if isinstance(each, DynamoType) else each for each in value]
    elif held.is_binary() and isinstance(value, str):
        value = base64.b64decode(value)
    return {held.type: value}


def _lighten_queries(patch: pytest.MonkeyPatch) -> None:
    query = Table.query
    terms = signature(query)

    def ask(table: Table, *values: Any, **named: Any) -> Any:
        asked = terms.bind(table, *values, **named).arguments
        if not table.range_key_attr:
            return query(table, *values, **named)
        narrow = copy.copy(table)
        if asked.get("index_name"):
            narrow.items = _matching(table, asked["hash_key_conditions"])
        else:
            narrow.items = _partition(table, asked["hash_key"])
        return query(narrow, *values, **named)

    def share(found: Any) -> Any:
        return list(found) if type(found) is list and found and type(found[0]) is Item else copy.deepcopy(found)

    patch.setattr(Table, "query", ask)
    patch.setattr(tables, "copy", SimpleNamespace(copy=copy.copy, deepcopy=share))


def _partition(table: Table, hash_key: DynamoType | None) -> defaultdict[DynamoType, Any]:
    found = {} if hash_key is None or hash_key not in table.items else {hash_key: table.items[hash_key]}
    return defaultdict(dict, found)


def _matching(table: Table, wanted: Iterable[tuple[str, DynamoType]]) -> defaultdict[DynamoType, Any]:
    """Items whose attributes are those wanted, by their keys."""
    values = [(name, value.type, value.value) for name, value in wanted]
    found: defaultdict[DynamoType, Any] = defaultdict(dict)
    for hash_key, partition in table.items.items():
        for range_key, item in partition.items():
            for name, kind, value in values:
                held = item.attrs.get(name)
                if held is None or held.value != value or held.type != kind:
                    break
            else:
                found[hash_key][range_key] = item
    return found


def _lighten_answers(patch: pytest.MonkeyPatch) -> None:
    find_names = AttributePicker.get_possible_keys
    found: dict[tuple[str, int, type], tuple[object, list[str]]] = {}

    def remember(picker: AttributePicker, context: AttributePickerContext) -> list[str]:
        question = (context.key, id(context.shape), type(context.obj))
        if question not in found:
            # With the shape, lest another one get its id.
            found[question] = context.shape, list(find_names(picker, context))
        return found[question][1]

    patch.setattr(AttributePicker, "get_possible_keys", remember)


def _lighten_attributes(patch: pytest.MonkeyPatch) -> None:
    write_any = BaseJSONSerializer._serialize_type_structure

    def write(serializer: BaseJSONSerializer, serialized: Any, value: Any, shape: StructureShape, key: str) -> None:
        kinds = list(value) if shape.name == "AttributeValue" and isinstance(value, dict) else []
        if len(kinds) != 1 or kinds[0] not in shape.members or value[kinds[0]] is None:
            write_any(serializer, serialized, value, shape, key)
            return
        wrapper: dict[str, Any] = serializer.MAP_TYPE()
        serializer._serialize(wrapper, value[kinds[0]], shape.members[kinds[0]], kinds[0])
        serializer._default_serialize(serialized, wrapper, shape, key)

    write_map: Any = BaseJSONSerializer._serialize_type_map
    read_map: Any = BaseJSONParser._parse_map

    def write_attributes(
        serializer: BaseJSONSerializer, serialized: Any, value: Any, shape: MapShape, key: str
    ) -> None:
        if are_alike_in_json(value, shape):
            serializer._default_serialize(serialized, value, shape, key)
        else:
            write_map(serializer, serialized, value, shape, key)

    def read_attributes(parser: BaseJSONParser, shape: MapShape, value: Any) -> Any:
        return value if are_alike_in_json(value, shape) else read_map(parser, shape, value)

    patch.setattr(BaseJSONSerializer, "_serialize_type_structure", write)
    patch.setattr(BaseJSONSerializer, "_serialize_type_map", write_attributes)
    patch.setattr(BaseJSONParser, "_parse_map", read_attributes)
