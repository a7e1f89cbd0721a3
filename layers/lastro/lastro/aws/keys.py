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
| process             | PROC#<id>               | PROCESS       | PARTNER#<id>#PROC / <time>#<id> |                | one query reads all of it |
| credit              | CREDIT#<csn>            | CREDIT        | PARTNER#<id>#CREDIT / <time>#<csn> | OPEN_CREDIT / <valid until>#<csn> | one query reads all of it; list; sweep of lapsed ones |
| facet of a credit   | CREDIT#<csn>            | FACET#<name>  | PARTNER#<id>#CREDIT#<name>#<value> / <time>#<csn> | | list by status, product, both, or CPF |
| history             | PROC#<id>, CREDIT#<csn> | HISTORY#<version> |                            |                 | with its process or credit |
| step                | PROC#<id>, CREDIT#<csn> | STEP#<name>#<id> |                             | OPEN_STEP / <due>#<id> | with its process or credit; sweep of due ones |
| row of a credit     | PROC#<id>, CREDIT#<csn> | DOCUMENT#<type>, CHECK#<name>, CONTRACT#<n>, SIGNATURE, PAYOUT, ENDORSEMENT#<n> | | | with its process or credit |
| registration        | BORROWER#<partner>#<cpf> | BORROWER     |                                |                 | one get: is this CPF registered? |
| totals of credits   | TOTALS#<partner>#<shard> | TOTALS       |                                |                 | sixteen shards in one batch |
| call counter        | COUNT#<scope>#<window>  | COUNT         |                                |                 | one update counts a call |
| callback            | PARTNER#<id>            | CALLBACK      |                                |                 | one get per delivery |
| delivery            | NOTICE#<id>             | DELIVERY      | PARTNER#<id>#NOTICE / <time>#<id> | OPEN_NOTICE / <due>#<id> | one get; list; sweep of owed tries |
| body of a notice    | NOTICE#<id>             | BODY          |                                |                 | one get per try |

``open`` is sparse: its attributes exist only while a simulation is unfinished, a credit unsigned or a step owed. ``expires`` is the TTL attribute.
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


def process(process_id: str) -> Key:
    return Key(f"PROC#{process_id}", "PROCESS")


def credit(csn: str) -> Key:
    return Key(f"CREDIT#{csn}", "CREDIT")


def row(owner: Key, name: str) -> Key:
    """Anything kept in the partition of a process or credit."""
    return Key(owner.pk, name)


def history(owner: Key, version: int) -> Key:
    return Key(owner.pk, f"HISTORY#{version:06d}")


def step(owner: Key, name: str, step_id: str) -> Key:
    return Key(owner.pk, f"STEP#{name}#{step_id}")


def facet(csn: str, name: str) -> Key:
    """A row of a credit that only carries an index key: one more list that the credit is in."""
    return Key(f"CREDIT#{csn}", f"FACET#{name}")


def registration(partner_id: str, cpf: str) -> Key:
    return Key(f"BORROWER#{partner_id}#{cpf}", "BORROWER")


def totals(partner_id: str, shard: int) -> Key:
    return Key(f"TOTALS#{partner_id}#{shard:02d}", "TOTALS")


def call_count(scope: str, window: str) -> Key:
    return Key(f"COUNT#{scope}#{window}", "COUNT")


def process_index(partner_id: str, created_at: str = "", process_id: str = "") -> dict[str, str]:
    """Attributes that place a process in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#PROC", "by_owner_sk": f"{created_at}#{process_id}"}


def credit_index(
    partner_id: str, created_at: str = "", csn: str = "", *, facet: str = "", value: str = ""
) -> dict[str, str]:
    """Attributes that place a credit, or one of its facets, in a list of its partner, newest last."""
    narrowed = f"#{facet}#{value}" if facet else ""
    return {"by_owner_pk": f"PARTNER#{partner_id}#CREDIT{narrowed}", "by_owner_sk": f"{created_at}#{csn}"}


def unsigned_index(valid_until: str = "", csn: str = "") -> dict[str, str]:
    """Attributes that keep a credit among those that may still lapse."""
    return {"open_pk": "OPEN_CREDIT", "open_sk": f"{valid_until}#{csn}"}


def step_index(due_at: str = "", step_id: str = "") -> dict[str, str]:
    """Attributes that keep a step among the owed ones."""
    return {"open_pk": "OPEN_STEP", "open_sk": f"{due_at}#{step_id}"}


def callback(partner_id: str) -> Key:
    """Where a partner's notices go. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", "CALLBACK")


def delivery(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "DELIVERY")


def notice_body(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "BODY")


def delivery_owner_index(partner_id: str, created_at: str = "", notice_id: str = "") -> dict[str, str]:
    """Attributes that place a delivery in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#NOTICE", "by_owner_sk": f"{created_at}#{notice_id}"}


def delivery_due_index(due_at: str = "", notice_id: str = "") -> dict[str, str]:
    """Attributes that keep a delivery among those the sweep owes a try."""
    return {"open_pk": "OPEN_NOTICE", "open_sk": f"{due_at}#{notice_id}"}
