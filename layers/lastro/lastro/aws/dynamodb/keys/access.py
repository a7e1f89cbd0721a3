"""Keys of partners, their stores, keys, clients and requests.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| api key             | KEY#<sha256>            | KEY           |                                |                 | authorizer, one get |
| partner             | PARTNER#<id>            | PARTNER       |                                |                 | authorizer, one query |
| store of a partner  | PARTNER#<id>            | STORE#<id>    |                                |                 | list of stores, authorizer |
| store               | STORE#<id>              | STORE         |                                |                 | its banks, one get |
| api key of a partner | PARTNER#<id>           | KEY#<key id>  |                                |                 | operator: list and revoke keys |
| request of a partner | REQUEST#<id>           | REQUEST       | PARTNER#<id>#REQUEST#<day>#<shard> / <time>#<id>#<what lists filter by> | | one get; four lists a day walk keys |
| staff member        | PARTNER#<id>            | MEMBER#<id>   |                                |                 | authorizer, one get; operator: list |
| staff login         | STAFF#<sha256>          | STAFF         |                                |                 | login, one get |
| client              | CLIENT#<id>             | CLIENT        |                                |                 | login and authorizer, one get |
| client of a partner | PARTNER#<id>            | CLIENT#<id>   |                                |                 | operator: list and revoke clients |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key


def api_key(digest: str) -> Key:
    return Key(f"KEY#{digest}", "KEY")


def partner(partner_id: str) -> Key:
    return Key(f"PARTNER#{partner_id}", "PARTNER")


def partner_store(partner_id: str, store_id: int) -> Key:
    return Key(f"PARTNER#{partner_id}", f"STORE#{store_id:012d}")


def store(store_id: int) -> Key:
    return Key(f"STORE#{store_id}", "STORE")


PARTNER_KEY_PREFIX = "KEY#"


def partner_key(partner_id: str, key_id: str) -> Key:
    """A partner's list of its keys. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", f"{PARTNER_KEY_PREFIX}{key_id}")


STAFF_PREFIX = "MEMBER#"


def staff_member(partner_id: str, person_id: str) -> Key:
    """A person of a partner. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", f"{STAFF_PREFIX}{person_id}")


def staff_login(digest: str) -> Key:
    """Whose an e-mail address is, by its digest."""
    return Key(f"STAFF#{digest}", "STAFF")


def api_request(request_id: str) -> Key:
    """One request that a partner made."""
    return Key(f"REQUEST#{request_id}", "REQUEST")


def api_request_index(partner_id: str, day: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a request in one of its partner's lists of the day, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#REQUEST#{day}#{shard}", "by_owner_sk": place}


def client(client_id: int) -> Key:
    return Key(f"CLIENT#{client_id}", "CLIENT")


PARTNER_CLIENT_PREFIX = "CLIENT#"


def partner_client(partner_id: str, client_id: int) -> Key:
    """A partner's list of its clients. Sorts before ``PARTNER``."""
    return Key(f"PARTNER#{partner_id}", f"{PARTNER_CLIENT_PREFIX}{client_id:012d}")
