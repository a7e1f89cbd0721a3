"""Keys of proposals to banks.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| proposal            | PROPOSAL#<partner>#<id> | PROPOSAL      | STORE#<id>#PROPOSALS / <time>#<id> | OPEN_PROPOSAL / <due>#<partner>#<id> | one get; the store's list |
| proposal of a panel | PROPOSAL#<partner>#<id> | PANEL#<panel> | STORE#<id>#PROPOSALS#<panel> / <time>#<id> |   | list of a panel's |
| act on a proposal   | PROPOSAL#<partner>#<id> | ACT#<number>  |                                |                 | one query |
| offer that is taken | TAKEN_OFFER#<simulation>#<condition> | TAKEN |                             |                 | one get: by which attempt last |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key, open_place

OPEN_PROPOSALS = "OPEN_PROPOSAL"
ACTIVITY_PREFIX = "ACT#"


def proposal(partner_id: str, proposal_id: int) -> Key:
    return Key(f"PROPOSAL#{partner_id}#{proposal_id}", "PROPOSAL")


def activity(partner_id: str, proposal_id: int, number: int) -> Key:
    return Key(f"PROPOSAL#{partner_id}#{proposal_id}", f"{ACTIVITY_PREFIX}{number:06d}")


def taken_offer(simulation_id: str, condition_id: int) -> Key:
    """Which attempt took an offer last."""
    return Key(f"TAKEN_OFFER#{simulation_id}#{condition_id}", "TAKEN")


def owner_index(store_id: int, place: str = "") -> dict[str, str]:
    """Attributes that place a proposal in its store's list, newest last."""
    return {"by_owner_pk": f"STORE#{store_id}#PROPOSALS", "by_owner_sk": place}


def open_index(partner_id: str, proposal_id: int, due_at: str) -> dict[str, str]:
    """Attributes that keep a proposal among those that somebody has to look at."""
    return open_place(OPEN_PROPOSALS, f"{partner_id}#{proposal_id}", f"{due_at}#{partner_id}#{proposal_id}")
