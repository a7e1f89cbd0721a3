"""The keys of the one table, a module for each context. Nothing else builds ``PK``, ``SK`` or an index key.

These are of no context:

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| idempotency record  | IDEM#<scope>#<key hash> | IDEM          |                                |                 | one get before an effect |
| sequence            | SEQUENCE#<name>         | SEQUENCE      |                                |                 | one update hands out a range |
| call counter        | COUNT#<scope>#<window>  | COUNT         |                                |                 | one update counts a call |
| turn                | TURN#<scope>            | TURN          |                                |                 | one get before rows are counted |

An ``open`` key that all traffic shares is spread: ``OPEN`` stands for ``OPEN#00`` to ``OPEN#15`` by the id, and for ``OPEN``
itself, where rows of before are.

``open`` is sparse: its attributes exist only while a simulation is unfinished, a credit unsigned or a step owed. ``expires`` is the TTL attribute.
A place is a partner (``<id>``) or one of its stores (``<id>@<store>``).
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from lastro.kernel.dataclass import dataclass

BY_OWNER = "by_owner"
OPEN = "open"
OPEN_SHARDS = 16
"""A partition of an index takes 1,000 writes a second; what all partners write to is spread over so many."""


def open_partitions(kind: str) -> tuple[str, ...]:
    """Every partition of what is open of a kind; the first holds what was written before they were spread."""
    return (kind, *(f"{kind}#{shard:02d}" for shard in range(OPEN_SHARDS)))


def open_place(kind: str, of: str, place: str) -> dict[str, str]:
    """Attributes that keep something among what is open of a kind, at a place of its partition."""
    return {"open_pk": f"{kind}#{crc32(of.encode()) % OPEN_SHARDS:02d}", "open_sk": place}


def mark_panel(place: str, panel: str | None) -> str:
    """The place of what the panel of a seller has, which it ends on; of everything else as it is."""
    return f"{place}#{panel}" if panel else place


@dataclass(frozen=True)
class Key:
    """A primary key of the table."""

    pk: str
    sk: str


def place_of_panel(at: Key, listed: Mapping[str, str], panel: str) -> tuple[Key, dict[str, str]]:
    """A row beside what the panel of a seller made, and the index keys that are all it carries: those of the panel's
    own list, so that who sells little where much is sold reads little.
    """
    own = {"by_owner_pk": mark_panel(listed["by_owner_pk"], panel), "by_owner_sk": listed["by_owner_sk"]}
    return Key(at.pk, mark_panel("PANEL", panel)), own


def idempotency(scope: str, digest: str) -> Key:
    return Key(f"IDEM#{scope}#{digest}", "IDEM")


def sequence(name: str) -> Key:
    return Key(f"SEQUENCE#{name}", "SEQUENCE")


def turn(scope: str) -> Key:
    return Key(f"TURN#{scope}", "TURN")


def call_count(scope: str, window: str) -> Key:
    return Key(f"COUNT#{scope}#{window}", "COUNT")
