"""Keys of processes and credits, with what is under them, and of products.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| process             | PROC#<id>               | PROCESS       | PARTNER#<id>#PROC / <time>#<id> |                | one query reads all of it |
| credit              | CREDIT#<csn>            | CREDIT        | PARTNER#<id>#CREDIT / <time>#<csn> | OPEN_CREDIT / <valid until>#<csn> | one query reads all of it; list; sweep of lapsed ones |
| facet of a credit   | CREDIT#<csn>            | FACET#<name>  | PARTNER#<id>#CREDIT#<name>#<value> / <time>#<csn> | | list by status, product, both, CPF or store |
| history             | PROC#<id>, CREDIT#<csn> | HISTORY#<version> |                            |                 | with its process or credit |
| step                | PROC#<id>, CREDIT#<csn> | STEP#<name>#<id> |                             | OPEN_STEP / <due>#<id> | with its process or credit; sweep of due ones |
| row of a credit     | PROC#<id>, CREDIT#<csn> | DOCUMENT#<type>, CHECK#<name>, CONTRACT#<n>, SIGNATURE, PAYOUT, ENDORSEMENT#<n> | | | with its process or credit |
| registration        | BORROWER#<place>#<cpf>  | BORROWER      |                                |                 | one get: is this CPF registered? |
| person and creditor | RELATIONSHIP#<partner>#<root>#<cpf> | RELATIONSHIP |                     |                 | one get: may the registration fee be charged? |
| totals of credits   | TOTALS#<place>#<shard>  | TOTALS        |                                |                 | sixteen shards in one batch |
| product             | PARTNER#<id>            | CAAS_PRODUCT#<id> |                            |                 | one get; list of a partner's products |
| version of a product | PARTNER#<id>           | CAAS_PRODUCT_VERSION#<id>#<n> |                |                 | one get: the product as it was |
| clauses of a product | PARTNER#<id>           | CAAS_CLAUSES#<id>#<n> |                        |                 | one query per contract: those of its day |
| offer               | OFFER#<id>              | OFFER         |                                |                 | one get by the proposal that refers to it |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key, open_place

OPEN_CREDITS = "OPEN_CREDIT"
OPEN_STEPS = "OPEN_STEP"


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


def registration(place: str, cpf: str) -> Key:
    return Key(f"BORROWER#{place}#{cpf}", "BORROWER")


def relationship(partner_id: str, creditor: str, cpf: str) -> Key:
    """The credits of a person with a creditor (root of its CNPJ) at a partner."""
    return Key(f"RELATIONSHIP#{partner_id}#{creditor}#{cpf}", "RELATIONSHIP")


def totals(place: str, shard: int) -> Key:
    return Key(f"TOTALS#{place}#{shard:02d}", "TOTALS")


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
    return open_place(OPEN_CREDITS, csn, f"{valid_until}#{csn}")


def step_index(due_at: str = "", step_id: str = "") -> dict[str, str]:
    """Attributes that keep a step among the owed ones."""
    return open_place(OPEN_STEPS, step_id, f"{due_at}#{step_id}")


def product(partner_id: str, product_id: int) -> Key:
    """Sorts before ``PARTNER``, as every row of a partner that the authorizer has no use for."""
    return Key(f"PARTNER#{partner_id}", f"CAAS_PRODUCT#{product_id:012d}")


def product_clauses(partner_id: str, product_id: int) -> Key:
    """What a partner adds to the contracts of a product; each version is a row below it."""
    return Key(f"PARTNER#{partner_id}", f"CAAS_CLAUSES#{product_id:012d}")


def product_version(partner_id: str, product_id: int, version: int) -> Key:
    return Key(f"PARTNER#{partner_id}", f"CAAS_PRODUCT_VERSION#{product_id:012d}#{version:06d}")


def offer(offer_id: str) -> Key:
    return Key(f"OFFER#{offer_id}", "OFFER")
