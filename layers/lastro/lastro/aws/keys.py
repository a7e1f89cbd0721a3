"""The keys of the one table. Nothing else builds ``PK``, ``SK`` or an index key.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| api key             | KEY#<sha256>            | KEY           |                                |                 | authorizer, one get |
| partner             | PARTNER#<id>            | PARTNER       |                                |                 | authorizer, one query |
| store of a partner  | PARTNER#<id>            | STORE#<id>    |                                |                 | list of stores, authorizer |
| store               | STORE#<id>              | STORE         |                                |                 | its banks, one get |
| lead                | STORE#<id>              | LEAD#<doc>    |                                |                 | one get; list by prefix |
| simulation          | SIM#<uuid>              | HEADER        | STORE#<id>#SIM / <time>#<uuid> | OPEN / <time>#… | one query reads all of it |
| condition           | SIM#<uuid>              | COND#<offset> |                                |                 | with its simulation |
| pre-approval        | SIM#<uuid>              | PRE#<bank>    |                                |                 | with its simulation |
| circuit breaker     | BREAKER#<bank>          | BREAKER       |                                |                 | one get per bank and batch |
| idempotency record  | IDEM#<scope>#<key hash> | IDEM          |                                |                 | one get before an effect |
| sequence            | SEQUENCE#<name>         | SEQUENCE      |                                |                 | one update hands out a range |
| api key of a partner | PARTNER#<id>           | KEY#<key id>  |                                |                 | operator: list and revoke keys |

``open`` is sparse: its attributes exist only while a simulation is unfinished. ``expires`` is the TTL attribute.
"""

from __future__ import annotations

from dataclasses import dataclass

BY_OWNER = "by_owner"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key of the table."""

    pk: str
    sk: str


def api_key(digest: str) -> Key:
    return Key(f"KEY#{digest}", "KEY")


def partner(partner_id: str) -> Key:
    return Key(f"PARTNER#{partner_id}", "PARTNER")


def partner_store(partner_id: str, store_id: int) -> Key:
    return Key(f"PARTNER#{partner_id}", f"STORE#{store_id:012d}")


def store(store_id: int) -> Key:
    return Key(f"STORE#{store_id}", "STORE")


LEAD_PREFIX = "LEAD#"


def lead(store_id: int, document: str) -> Key:
    return Key(f"STORE#{store_id}", f"{LEAD_PREFIX}{document}")


def simulation(simulation_id: str) -> Key:
    return Key(f"SIM#{simulation_id}", "HEADER")


def condition(simulation_id: str, offset: int) -> Key:
    return Key(f"SIM#{simulation_id}", f"COND#{offset:05d}")


def pre_approval(simulation_id: str, bank: str) -> Key:
    return Key(f"SIM#{simulation_id}", f"PRE#{bank}")


def breaker(bank: str) -> Key:
    return Key(f"BREAKER#{bank}", "BREAKER")


def idempotency(scope: str, digest: str) -> Key:
    return Key(f"IDEM#{scope}#{digest}", "IDEM")


def sequence(name: str) -> Key:
    return Key(f"SEQUENCE#{name}", "SEQUENCE")


def owner_index(store_id: int, created_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that place a simulation in its store's list, newest last."""
    return {"by_owner_pk": f"STORE#{store_id}#SIM", "by_owner_sk": f"{created_at}#{simulation_id}"}


def open_index(created_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that keep a simulation among the unfinished ones."""
    return {"open_pk": "OPEN", "open_sk": f"{created_at}#{simulation_id}"}


PARTNER_KEY_PREFIX = "KEY#"


def partner_key(partner_id: str, key_id: str) -> Key:
    """A partner's list of its keys. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", f"{PARTNER_KEY_PREFIX}{key_id}")
