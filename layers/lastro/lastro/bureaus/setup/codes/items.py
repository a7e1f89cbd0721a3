"""A provider's lists as an item; loaded by the few functions that read or pull them."""

from __future__ import annotations

from lastro.aws.dynamodb.table import Item
from lastro.bureaus.ports import CodeKind, Product, RestrictionCode
from lastro.bureaus.providers.catalogue import Person
from lastro.bureaus.records import CodeList
from lastro.kernel.calendar import read_moment

_SCHEMA = 1


def codes_item(codes: CodeList) -> Item:
    return {
        "entity": "restriction_codes",
        "schema": _SCHEMA,
        "version": 1,
        "codes": [[each.code, each.description, each.kind.value, each.person] for each in codes.codes],
        "products": [[each.code, each.name, each.person, list(each.features)] for each in codes.products],
        "refreshed_at": codes.refreshed_at,
    }


def to_codes(item: Item) -> CodeList:
    return CodeList(
        codes=tuple(
            RestrictionCode(code, text, CodeKind(kind), _to_person(person))
            for code, text, kind, person in item["codes"]
        ),
        products=tuple(
            Product(code, name, _to_person(person), tuple(features))
            for code, name, person, features in item["products"]
        ),
        refreshed_at=read_moment(item["refreshed_at"]),
    )


def _to_person(value: str | None) -> Person | None:
    return Person(value) if value else None
