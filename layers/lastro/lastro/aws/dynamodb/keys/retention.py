"""Keys of what is kept of persons, holds and requests of data subjects.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| record of a person  | PERSON#<partner>#<doc>  | RECORD#<kind>#<id> |                           | RETAINED#<shard> / <day>#<kind>#<id> | all that is kept of a person; sweep of what is over its term |
| hold in force       | PERSON#<partner>#<doc>  | HOLD#<uuid>   |                                |                 | one query before anything is erased |
| legal hold          | LEGAL_HOLD#<uuid>       | HOLD          | PARTNER#<id>#HOLD / <time>#<uuid> |              | one get; list of a partner's |
| data subject's request | SUBJECT_REQUEST#<uuid> | REQUEST     |                                | SUBJECT_REQUESTS / <due>#<uuid> | one get; sweep of overdue ones |
| field that was shown | DISCLOSURE#<uuid>      | DISCLOSURE    | PARTNER#<id>#DISCLOSURE / <time>#<uuid> |        | list of a partner's |
| request of a person | PERSON#<partner>#<doc>  | REQUEST#<time>#<uuid> |                        |                 | what waits for a hold to be lifted |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key

RECORD_PREFIX = "RECORD#"
HOLD_PREFIX = "HOLD#"
REQUEST_PREFIX = "REQUEST#"


def retained(partner_id: str, document: str, kind: str, record_id: str) -> Key:
    """What leads from a person to one thing that is kept of them."""
    return Key(f"PERSON#{partner_id}#{document}", f"{RECORD_PREFIX}{kind}#{record_id}")


def retained_index(shard: int, look_on: str = "", kind: str = "", record_id: str = "") -> dict[str, str]:
    """Attributes that keep a record among those to be looked at on a day."""
    return {"open_pk": f"RETAINED#{shard:02d}", "open_sk": f"{look_on}#{kind}#{record_id}"}


def legal_hold(partner_id: str, document: str, hold_id: str) -> Key:
    return Key(f"PERSON#{partner_id}#{document}", f"{HOLD_PREFIX}{hold_id}")


def hold(hold_id: str) -> Key:
    """Leads from a hold to its person."""
    return Key(f"LEGAL_HOLD#{hold_id}", "HOLD")


def hold_owner_index(partner_id: str, set_at: str = "", hold_id: str = "") -> dict[str, str]:
    """Attributes that place a hold in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#HOLD", "by_owner_sk": f"{set_at}#{hold_id}"}


def disclosure(disclosure_id: str) -> Key:
    return Key(f"DISCLOSURE#{disclosure_id}", "DISCLOSURE")


def disclosure_owner_index(partner_id: str, at: str = "", disclosure_id: str = "") -> dict[str, str]:
    """Attributes that place a shown field in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#DISCLOSURE", "by_owner_sk": f"{at}#{disclosure_id}"}


def subject_request(request_id: str) -> Key:
    return Key(f"SUBJECT_REQUEST#{request_id}", "REQUEST")


def person_request(partner_id: str, document: str, created_at: str, request_id: str) -> Key:
    """A row of a person that leads to what was asked for about them."""
    return Key(f"PERSON#{partner_id}#{document}", f"{REQUEST_PREFIX}{created_at}#{request_id}")


def subject_request_index(due_at: str = "", request_id: str = "") -> dict[str, str]:
    """Attributes that keep a request among the unfinished ones."""
    return {"open_pk": "SUBJECT_REQUESTS", "open_sk": f"{due_at}#{request_id}"}
