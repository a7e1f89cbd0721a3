"""Who there is: the first partner with all it has, others beside and within it, and the table that they find."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.clock import MovableClock
from tests.functions.customers.conftest import cpf_of
from tests.functions.emulation.process import TABLE
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.registered_shops import moto_table
from tests.functions.tenants.operations import OPERATIONS, Request, Thing, requests_of

BUYER = cpf_of(42)
"""Of whom there is a customer and a reservation."""
PARTNER, STORE, BOUND, PANEL = "partner", "store", "bound", "panel"
"""What keeps a thing from others: its partner, a store where one was chosen, a store where one is bound, a panel."""
ON_THE_DOOR = "Carimbo no letreiro"
OF_PARTNER, OF_STORE, OF_PANEL = "Carimbo da rede", "Carimbo da loja", "carimbo.do.painel"
"""The first store's name; what stands in the names of things of the partner, of that store and of its panel."""
MARKED_CENTS = 812_345_678_907
MARKED_PRICE = 9_871_234_567
MARKED_COST = 771_238_451
"""As long as no identifier that is drawn holds one of them by chance."""
CHASSI = "9BWZZZ377VT004999"
ABSENT = "0b6f2d0e-0000-4a7e-9d5f-6f1c1b1f7a10"


@dataclass(frozen=True)
class Credential(Shop):
    """How somebody comes in: the authorizer's word for it and the ``Store-Id`` that is sent."""

    more: Mapping[str, str] = field(default_factory=dict)
    store_id: int | None = None

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "requests_a_second": "1000000", **self.more}


def ask(who: Credential, request: Request, *, keyed: bool = True) -> Answer:
    """Make a request with a credential, under the ``Idempotency-Key`` of its sample unless told otherwise."""
    return call_function(
        request.operation.context,
        request.operation.name,
        shop=who,
        store_id=who.store_id,
        path=request.path,
        query=request.query,
        body=request.body,
        headers={} if keyed else {"Idempotency-Key": None},
    )


@dataclass
class World:
    """Who there is and what the first partner has: by place in a path, by name of a field, and its marks."""

    clock: MovableClock
    owner: Credential
    second_store: int
    third_store: int
    stranger: Credential
    places: dict[str, Thing | str] = field(default_factory=dict)
    fields: dict[str, Thing] = field(default_factory=dict)
    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    made: list[Request] = field(default_factory=list)
    rows: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    kept: Mapping[Any, Any] = field(default_factory=dict)

    def add(self, places: Iterable[str], name: str, absent: str, *within: str) -> Thing:
        """A thing of the first partner's that these places of paths name."""
        thing = Thing(name, absent, frozenset(within))
        self.places |= dict.fromkeys(places, thing)
        if len(name) >= 16:
            self.names[name] = self.marks[name] = thing.within
        return thing

    def requests(self, name: str) -> list[Request]:
        [operation] = [each for each in OPERATIONS if each.name == name]
        return requests_of(operation, self.places, self.fields)

    def do(self, name: str, body: Any = None) -> Any:
        """What the first partner does: an operation's sample with another body; what is answered."""
        request = self.requests(name)[0]
        asked = replace(request, body=body or request.body)
        answer = ask(self.owner, asked)
        assert answer.status < 300, answer.text
        self.made.append(asked)
        return answer.json

    def do_beside(self, name: str, body: Any) -> Any:
        """The same once more, under no ``Idempotency-Key``."""
        answer = ask(self.owner, replace(self.requests(name)[0], body=body), keyed=False)
        assert answer.status < 300, answer.text
        return answer.json

    def hidden(self, bounds: frozenset[str]) -> list[str]:
        """Marks of everything that somebody beyond these bounds may not see."""
        return [mark for mark, within in self.marks.items() if within & bounds]

    # the table --------------------------------------------------------------------------------------------------

    def remember(self) -> None:
        """This is what everybody finds."""
        self.rows, self.kept = all_rows(), copy.deepcopy(moto_table().items)

    def restore(self) -> None:
        """Put the table back as it was remembered, by moto's own items: to read all rows takes longer than any call."""
        found = moto_table().items
        for partition in found.keys() - self.kept.keys():
            del found[partition]
        for partition, items in self.kept.items():
            if found.get(partition) != items:
                found[partition] = copy.deepcopy(items)

    def changed(self, bounds: frozenset[str]) -> list[tuple[str, str]]:
        """Rows that tell of something beyond these bounds and are not as they were remembered; calls are counted for
        all of a partner's.
        """
        marks, now = self.hidden(bounds), all_rows()
        return [
            key
            for key, row in self.rows.items()
            if not key[0].startswith("COUNT#") and now.get(key) != row and any(mark in f"{key} {row}" for mark in marks)
        ]


def all_rows() -> dict[tuple[str, str], Mapping[str, Any]]:
    """Every row of the table by its key, as DynamoDB spells it."""
    pages = open_whole_client("dynamodb").get_paginator("scan").paginate(TableName=TABLE)
    return {(row["PK"]["S"], row["SK"]["S"]): row for page in pages for row in page["Items"]}
