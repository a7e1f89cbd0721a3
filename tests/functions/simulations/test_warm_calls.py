"""A call that is served again looks for no module: what is not installed is not looked for anew each time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType

from tests.functions.simulations.conditions.test_process_condition import posted
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline


class _Noting:
    def __init__(self) -> None:
        self.names: set[str] = set()

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        self.names.add(name)
        return None


@contextmanager
def searched() -> Iterator[set[str]]:
    noting = _Noting()
    sys.meta_path.insert(0, noting)
    try:
        yield noting.names
    finally:
        sys.meta_path.remove(noting)


def test_a_warm_call_looks_for_no_module(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12)
    assert pipeline.deliver(records) == []
    assert pipeline.read(shop, uuid).status == 200
    with searched() as names:
        uuid, records = posted(pipeline, shop, 24)
        assert pipeline.deliver(records) == []
        assert pipeline.read(shop, uuid).status == 200
    # The sandbox banks and moto run in this process too: what they look for is not ours.
    assert {name for name in names if not name.startswith("moto")} == set()
