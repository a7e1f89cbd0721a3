"""Keys of debtors, boletos, listings and collections.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| debtor              | DEBTOR#<partner>#<uuid> | DEBTOR        | DEBTORS#<partner>#<shard> / <time>#<uuid> |      | one get; list, eight shards merged |
| boleto of a debtor  | DEBTOR#<partner>#<uuid> | BOLETO#<time>#<uuid> |                          |                 | list of a debtor's boletos |
| boleto              | BOLETO#<partner>#<uuid> | BOLETO        | BOLETOS#<partner>#<shard> / <time>#<uuid>#<what lists filter by> | COLLECT#<partner>#<branch>#<shard> / <due day>#<uuid>#<debtor>#<step>#<status> | one get; list; the collection's run walks keys of what is overdue |
| listing             | LISTING#<uuid>          | LISTING       | LISTINGS#<partner>#<shard> / <time>#<uuid>#<what lists filter by> | OPEN_LISTINGS#<shard> / <look at>#<uuid> | one get; list and report walk keys; sweep of what is due |
| listing of a boleto | BOLETO#<partner>#<uuid> | LISTING#<time>#<uuid> |                         |                 | listings that follow a payment |
| listing of a debtor | DEBTOR#<partner>#<uuid> | LISTING#<time>#<uuid> |                         |                 | a debtor's history |
| lock of a listing   | BOLETO#<partner>#<uuid> | LOCK#<bureau>#<document> |                      |                 | never two listings of one debt at one bureau |
| contract at a bureau | LISTING_CONTRACT#<partner>#<bureau>#<creditor>#<document>#<contract> | CONTRACT | |     | the same of a contract; joins a bureau's message to its listing |
| request to a bureau | LISTING_REQUEST#<partner>#<bureau>#<reference> | REQUEST |                          |                 | joins a bureau's message to its listing |
| settings of listings | LISTING_SETTINGS#<partner> | BRANCH#<id> |                             |                 | one get before a listing |
| source of messages  | EVENT_SOURCE#<secret's hash> | SOURCE   |                                |                 | one get per message of a bureau |
| source of a branch  | LISTING_SETTINGS#<partner> | EVENTS#<branch>#<id> |                  |                 | query of those that are revoked |
| message of a bureau | BUREAU_EVENT#<partner>#<bureau>#<request> | <act>#<what it says> |         | ORPHANS#<shard> / <look at>#<request> | one query with its request; sweep of those without a listing |
| pull of records     | PULL#<integration>      | PULL          |                                | PULLS / <due at> | the reconciliation walks what is due |
| boleto guaranteed   | DEBTOR#<partner>#<debtor> | GUARANTEES#<boleto> |                    |                 | what a guarantor answers for, before it is erased |
| record nobody knows | FOREIGN_RECORDS#<partner> | <document>#<contract>#<integration> |       |                 | list of differences |
| change of a boleto  | BOLETO#<partner>#<uuid> | CHANGE#<version> |                              | BOLETO_CHANGES#<shard> / <time> | sweep of changes no listing followed yet |
| import of boletos   | IMPORT#<partner>#<uuid> | IMPORT        |                                | IMPORTS / <last moved>#<uuid> | one get; sweep of those that do not move |
| deadline of a listing | (that of the listing)  | DEADLINE      | DEADLINES#<partner> / <last lawful day>#<branch>#<uuid> | LISTING_DEADLINES#<shard> / <day>#<uuid> | list of what has to be down; count of late ones |
| last day of a listing | (that of the listing)  | LAST_DAY      |                                | LISTING_LAST_DAYS#<shard> / <day>#<uuid> | the watch ends what is too old |
| collection of a branch | NEGATIVATIONS#<partner> | COLLECTION#<branch> |                        | COLLECTION_BRANCHES / <partner>#<branch> | with all of a partner's; the daily run walks the enabled ones |
| run of a collection | RUN#<partner>#<branch>#<day> | RUN          | RUNS#<partner> / <day>#<branch> | COLLECTION_RUNS / <time>#… | one get; list; sweep of unfinished ones |
| walk and tally of a run | RUN#<partner>#<branch>#<day> | WALK#<shard>, TALLY#<shard> | |                     | sixteen rows in one batch |
| boleto of a run     | RUN#<partner>#<branch>#<day> | BOLETO#<uuid> |                        | COLLECTION_WORK#<shard> / <time>#<uuid> | one get before it is worked; sweep of those not worked |
"""

from __future__ import annotations

from zlib import crc32

from lastro.aws.dynamodb.keys import Key, open_place

OPEN_ORPHANS = "ORPHANS"
BOLETO_SHARDS = 8
"""Partitions of an index over which a partner's debtors and boletos are spread."""


def boleto_shard(debtor_id: str) -> int:
    """All of a debtor lies in one shard."""
    return crc32(debtor_id.encode()) % BOLETO_SHARDS


def debtor(partner_id: str, debtor_id: str) -> Key:
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", "DEBTOR")


def debtor_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a debtor in its partner's list, newest last."""
    return {"by_owner_pk": f"DEBTORS#{partner_id}#{shard}", "by_owner_sk": place}


DEBTOR_BOLETO_PREFIX = "BOLETO#"


def debtor_boleto(partner_id: str, debtor_id: str, place: str) -> Key:
    """``place`` is ``<time>#<boleto id>``."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"{DEBTOR_BOLETO_PREFIX}{place}")


def guaranteed_boleto(partner_id: str, debtor_id: str, boleto_id: str) -> Key:
    """A boleto that a debtor answers, or answered, for."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"GUARANTEES#{boleto_id}")


def boleto(partner_id: str, boleto_id: str) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", "BOLETO")


def boleto_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a boleto in its partner's list, newest last."""
    return {"by_owner_pk": f"BOLETOS#{partner_id}#{shard}", "by_owner_sk": place}


def collection_index(partner_id: str, branch_id: int, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a boleto among those of a branch that may still be collected, earliest due day first."""
    return {"open_pk": f"COLLECT#{partner_id}#{branch_id}#{shard}", "open_sk": place}


LISTING_PREFIX = "LISTING#"


def listing(listing_id: str) -> Key:
    return Key(f"LISTING#{listing_id}", "LISTING")


def listing_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a listing in its partner's list, newest last."""
    return {"by_owner_pk": f"LISTINGS#{partner_id}#{shard}", "by_owner_sk": place}


def due_listing_index(shard: int, look_at: str = "") -> dict[str, str]:
    """Attributes that keep a listing among those that somebody is to look at."""
    return {"open_pk": f"OPEN_LISTINGS#{shard}", "open_sk": look_at}


def boleto_listing(partner_id: str, boleto_id: str, place: str) -> Key:
    """``place`` is ``<time>#<listing id>``."""
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"{LISTING_PREFIX}{place}")


def debtor_listing(partner_id: str, debtor_id: str, place: str) -> Key:
    """``place`` is ``<time>#<listing id>``."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"{LISTING_PREFIX}{place}")


def listing_lock(partner_id: str, boleto_id: str, bureau: str, document: str) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"LOCK#{bureau}#{document}")


def listing_order(partner_id: str, boleto_id: str, document: str) -> Key:
    """That a boleto may not be listed for a person again."""
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"ORDER#{document}")


def listing_contract(partner_id: str, bureau: str, creditor: str, document: str, contract: str) -> Key:
    return Key(f"LISTING_CONTRACT#{partner_id}#{bureau}#{creditor}#{document}#{contract}", "CONTRACT")


def listing_request(partner_id: str, bureau: str, reference: str) -> Key:
    """``reference`` is our id of a request, or the bureau's."""
    return Key(f"LISTING_REQUEST#{partner_id}#{bureau}#{reference}", "REQUEST")


def listing_settings(partner_id: str, branch_id: int) -> Key:
    return Key(f"LISTING_SETTINGS#{partner_id}", f"BRANCH#{branch_id:012d}")


def event_source(digest: str) -> Key:
    return Key(f"EVENT_SOURCE#{digest}", "SOURCE")


def branch_event_source(partner_id: str, branch_id: int, source_id: str = "") -> Key:
    return Key(f"LISTING_SETTINGS#{partner_id}", f"EVENTS#{branch_id:012d}#{source_id}")


def bureau_event(partner_id: str, bureau: str, request: str, name: str) -> Key:
    return Key(f"BUREAU_EVENT#{partner_id}#{bureau}#{request}", name)


def orphan_index(request: str, look_at: str = "") -> dict[str, str]:
    """Attributes that keep a bureau's message among those without a listing that are looked for again."""
    return open_place(OPEN_ORPHANS, request, f"{look_at}#{request}")


def arrival_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that keep what a bureau told among its partner's that a person has to see to, newest last."""
    return {"by_owner_pk": f"BUREAU_ARRIVALS#{partner_id}", "by_owner_sk": place}


def seen_arrival_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that keep it among those that a person has seen to, at the same place."""
    return {"by_owner_pk": f"SEEN_ARRIVALS#{partner_id}", "by_owner_sk": place}


def pull(integration_id: int) -> Key:
    return Key(f"PULL#{integration_id}", "PULL")


def pull_part(integration_id: int, name: str) -> Key:
    return Key(pull(integration_id).pk, f"SEEN#{name}")


def pull_index(due_at: str = "") -> dict[str, str]:
    """Attributes that keep an integration among those whose records are read."""
    return {"open_pk": "PULLS", "open_sk": due_at}


def foreign_record(partner_id: str, document: str, contract: str, integration_id: int) -> Key:
    """Two bureaus may list the same contract."""
    return Key(f"FOREIGN_RECORDS#{partner_id}", f"{document}#{contract}#{integration_id}")


def boleto_change(partner_id: str, boleto_id: str, version: int) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"CHANGE#{version:08d}")


def boleto_change_index(shard: int, changed_at: str = "") -> dict[str, str]:
    """Attributes that keep a change among those that listings have not followed."""
    return {"open_pk": f"BOLETO_CHANGES#{shard}", "open_sk": changed_at}


def collection(partner_id: str, branch_id: int) -> Key:
    """What a branch does about boletos that are not paid."""
    return Key(f"NEGATIVATIONS#{partner_id}", f"{COLLECTION_PREFIX}{branch_id:012d}")


COLLECTION_PREFIX = "COLLECTION#"


def enabled_collection_index(partner_id: str = "", branch_id: int = 0) -> dict[str, str]:
    """Attributes that keep a branch among those that the daily run is for."""
    return {"open_pk": "COLLECTION_BRANCHES", "open_sk": f"{partner_id}#{branch_id:012d}"}


def collection_run(partner_id: str, branch_id: int, day: str) -> Key:
    return Key(f"RUN#{partner_id}#{branch_id}#{day}", "RUN")


def collection_walk(run: Key, shard: int) -> Key:
    return Key(run.pk, f"WALK#{shard}")


def collection_tally(run: Key, shard: int) -> Key:
    return Key(run.pk, f"TALLY#{shard}")


COLLECTED_PREFIX = "BOLETO#"


def collected_boleto(run: Key, boleto_id: str) -> Key:
    return Key(run.pk, f"{COLLECTED_PREFIX}{boleto_id}")


def collection_run_index(partner_id: str, day: str = "", branch_id: int = 0) -> dict[str, str]:
    """Attributes that place a run in its partner's list, newest last."""
    return {"by_owner_pk": f"RUNS#{partner_id}", "by_owner_sk": f"{day}#{branch_id:012d}"}


def open_run_index(started_at: str = "", run_id: str = "") -> dict[str, str]:
    """Attributes that keep a run among the unfinished ones."""
    return {"open_pk": "COLLECTION_RUNS", "open_sk": f"{started_at}#{run_id}"}


def collection_work_index(shard: int, queued_at: str = "", boleto_id: str = "") -> dict[str, str]:
    """Attributes that keep a boleto of a run among those that wait for their work."""
    return {"open_pk": f"COLLECTION_WORK#{shard}", "open_sk": f"{queued_at}#{boleto_id}"}


def boleto_import(partner_id: str, import_id: str) -> Key:
    return Key(f"IMPORT#{partner_id}#{import_id}", "IMPORT")


def open_import_index(moved_at: str = "", import_id: str = "") -> dict[str, str]:
    """Attributes that keep an import among those that are not ended."""
    return {"open_pk": "IMPORTS", "open_sk": f"{moved_at}#{import_id}"}


def deadline_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place the deadline of a listing in its partner's list, the earliest first."""
    return {"by_owner_pk": f"DEADLINES#{partner_id}", "by_owner_sk": place}


def open_deadline_index(shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a deadline among those of all partners."""
    return {"open_pk": f"LISTING_DEADLINES#{shard}", "open_sk": place}


def last_day_index(shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a listing among those that may stand until a day."""
    return {"open_pk": f"LISTING_LAST_DAYS#{shard}", "open_sk": place}
