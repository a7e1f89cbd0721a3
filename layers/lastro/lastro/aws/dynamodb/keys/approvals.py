"""Keys of approval rules and vehicle catalogues.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| vehicle catalogue   | CATALOGUE#<partner>     | HEAD          |                                |                 | one get: which load is in force |
| part of a catalogue | CATALOGUE#<partner>     | LOAD#<load>#… |                                |                 | one query when the load changed |
| approval rule       | APPROVALS#<partner>     | RULE#<id>     |                                |                 | one get; list by prefix |
| version of a rule   | APPROVALS#<partner>     | RULE_VERSION#<id>#<n> |                        |                 | one get: the rule as it was |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key


def catalogue(partner_id: str) -> Key:
    """Which load of a partner's vehicle models is in force."""
    return Key(f"CATALOGUE#{partner_id}", "HEAD")


CATALOGUE_PARTS = "LOAD#"


def catalogue_load(load: str) -> str:
    """What the sort keys of a load's parts begin with."""
    return f"{CATALOGUE_PARTS}{load}#"


def catalogue_part(partner_id: str, load: str, number: int) -> Key:
    return Key(f"CATALOGUE#{partner_id}", f"{catalogue_load(load)}{number:06d}")


def approval_rule(partner_id: str, rule_id: int) -> Key:
    return Key(f"APPROVALS#{partner_id}", f"RULE#{rule_id:012d}")


def approval_rule_version(partner_id: str, rule_id: int, version: int) -> Key:
    """Sorts behind every rule, so that a list of rules passes versions by."""
    return Key(f"APPROVALS#{partner_id}", f"RULE_VERSION#{rule_id:012d}#{version:06d}")
