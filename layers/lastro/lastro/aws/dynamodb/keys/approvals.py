"""Keys of approval rules, reservations, sales and assignments.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| approval rule       | APPROVALS#<partner>     | RULE#<id>     |                                |                 | one get; list by prefix |
| version of a rule   | APPROVALS#<partner>     | RULE_VERSION#<id>#<n> |                        |                 | one get: the rule as it was |
| rule of a sale      | APPROVALS#<partner>     | RULE_OF_SALE#<digest>#<id> |                   |                 | one query: the rules of a development and a price table |
| approval authority  | APPROVALS#<partner>     | AUTHORITY#<name> |                             |                 | one get; list by prefix |
| reserved unit       | RESERVED_UNITS#<partner> | <digest>     |                                |                 | one get: the reservation that holds a unit of a development |
| sale                | SALES#<partner>         | <id>          |                                |                 | one get; list |
| sale of a reservation | SALE_OF#<partner>     | <reservation> |                                |                 | one get: never two sales of one reservation |
| sale of a customer  | SALES#<partner>#<customer> | <id>       |                                |                 | one query: the sales that a customer holds |
| assignment          | ASSIGNMENTS#<partner>   | <id>          |                                |                 | one get; list |
| assignment of a customer | ASSIGNMENTS#<partner>#<customer> | <id> |                             |                 | one query: those in which a customer is a party |
| reservation         | RESERVATIONS#<partner>  | <id>          | RESERVATIONS#<partner>#<customer> / <id> | WAITING_RESERVATIONS#<partner>#<rank> / <id> | one get; list; lists of a customer and of an authority |
"""

from __future__ import annotations

import hashlib
import json

from lastro.aws.dynamodb.keys import Key


def approval_rule(partner_id: str, rule_id: int) -> Key:
    return Key(f"APPROVALS#{partner_id}", f"RULE#{rule_id:012d}")


def approval_rule_version(partner_id: str, rule_id: int, version: int) -> Key:
    """Sorts behind every rule, so that a list of rules passes versions by."""
    return Key(f"APPROVALS#{partner_id}", f"RULE_VERSION#{rule_id:012d}#{version:06d}")


def rule_of_sale(partner_id: str, development: str, price_table: str, rule_id: int) -> Key:
    """What leads from a development and a price table to a rule; sorts behind every rule."""
    names = json.dumps([development.casefold(), price_table.casefold()])
    digest = hashlib.sha256(names.encode()).hexdigest()[:32]
    return Key(f"APPROVALS#{partner_id}", f"RULE_OF_SALE#{digest}#{rule_id:012d}")


AUTHORITY_PREFIX = "AUTHORITY#"


def approval_authority(partner_id: str, person: str) -> Key:
    """Sorts before every rule. ``person`` is a ``person_key``; once it was a name in small letters."""
    return Key(f"APPROVALS#{partner_id}", f"{AUTHORITY_PREFIX}{person}")


def reservation(partner_id: str, reservation_id: int) -> Key:
    return Key(f"RESERVATIONS#{partner_id}", f"{reservation_id:012d}")


def reserved_unit(partner_id: str, development: str, unit: str) -> Key:
    """What a reservation holds; capitals do not tell names apart."""
    names = json.dumps([development.casefold(), unit.casefold()])
    return Key(f"RESERVED_UNITS#{partner_id}", hashlib.sha256(names.encode()).hexdigest()[:32])


def customer_reservation_index(partner_id: str, customer_id: int, reservation_id: int = 0) -> dict[str, str]:
    """Attributes that place a reservation in the list of its customer."""
    return {"by_owner_pk": f"RESERVATIONS#{partner_id}#{customer_id}", "by_owner_sk": f"{reservation_id:012d}"}


def waiting_reservation_index(partner_id: str, rank: int, reservation_id: int = 0) -> dict[str, str]:
    """Attributes that keep a reservation among those that wait for a rank of a partner's authorities."""
    return {"open_pk": f"WAITING_RESERVATIONS#{partner_id}#{rank}", "open_sk": f"{reservation_id:012d}"}


def sale(partner_id: str, sale_id: int) -> Key:
    return Key(f"SALES#{partner_id}", f"{sale_id:012d}")


def sale_of_reservation(partner_id: str, reservation_id: int) -> Key:
    return Key(f"SALE_OF#{partner_id}", f"{reservation_id:012d}")


def sale_of_customer(partner_id: str, customer_id: int, sale_id: int) -> Key:
    return Key(f"SALES#{partner_id}#{customer_id}", f"{sale_id:012d}")


def assignment(partner_id: str, assignment_id: int) -> Key:
    return Key(f"ASSIGNMENTS#{partner_id}", f"{assignment_id:012d}")


def assignment_of_customer(partner_id: str, customer_id: int, assignment_id: int) -> Key:
    return Key(f"ASSIGNMENTS#{partner_id}#{customer_id}", f"{assignment_id:012d}")
