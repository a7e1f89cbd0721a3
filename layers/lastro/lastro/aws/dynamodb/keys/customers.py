"""Keys of customers and their portal.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|-----------|
| customer            | CUSTOMER#<partner>#<id> | CUSTOMER      | CUSTOMERS#<partner> / <time>#<id> | CUSTOMERS_OF_CLASS#<partner>#<class>#<shard> / <time>#<id> | one get; list by creation; list of a class |
| change of a customer's class | CUSTOMER#<partner>#<id> | CLASS_CHANGE#<version> |             |                 | one query: the history |
| tally of a customer | CUSTOMER#<partner>#<id> | TALLY         |                                |                 | one get: how many reservations, sales and assignments |
| name of a customer  | CUSTOMER#<partner>#<id> | NAME          | CUSTOMER_NAMES#<partner> / <folded name>, tab, <time>#<id> | | list by name, or by its beginning |
| leaving customer    | CUSTOMER#<partner>#<id> | LEAVING       |                                |                 | one get by who goes on with its erasure |
| access of a customer | CUSTOMER#<partner>#<id> | PORTAL#<uuid> |                                |                 | list by prefix: whom a customer is at the portal |
| document of a customer | CUSTOMER_DOCUMENT#<partner>#<doc> | CUSTOMER |                        |                 | never two customers of one person; find by document |
| classes of customers | CUSTOMER_CLASSES#<partner> | CURRENT, VERSION#<n> |                |  OPEN_CLASSES#<shard> / <time>#<partner> while customers are evaluated | one get per change of a customer; the sweep |
| registration schedule | PORTAL#<partner>      | SCHEDULE      |                                |                 | one get per login of a person |
| person of the portal | PORTAL_PERSON#<uuid>   | PERSON        | PORTAL_PEOPLE#<partner> / <time>#<uuid> |        | one get per call of a person; list |
| login of a person   | PORTAL_LOGIN#<partner>#<address's hash> | LOGIN |                        |                 | one get per code that is asked for |
| ended login of a person | PORTAL_PERSON#<uuid>  | LOGIN#<login> |                                |                 | with the person, per call of a person |
| login by a code     | PORTAL_CODE#<uuid>      | LOGIN         |                                |                 | one get per code that is told |
| code of an address  | PORTAL_CODE#<partner>#<address's hash> | CODE |                            |                 | one write per code that is told |
| bulletin            | BULLETINS#<partner>     | <id>          |                                |                 | one get; list by number, newest first |
| posting of a bulletin | BULLETIN_BOARD#<partner>#<topic> | <last day>#<id> |                     |                 | one query: what did not end yet for everybody, a group, a development or a unit |
| receipt of a bulletin | BULLETIN_READ#<person> | <id>          | BULLETIN_RECEIPTS#<partner>#<id> / <time>#<person> | | gets of a person's; list of who read it |
| change of a registration | REGISTRATION_CHANGES#<partner>#<month> | <time>#<uuid> |              |                 | the report walks months, newest first |
| change of a person  | PORTAL_PERSON#<uuid>    | CHANGE#<time>#<uuid> |                         |                 | list by prefix: which changes are a person's |
"""

from __future__ import annotations

from zlib import crc32

from lastro.aws.dynamodb.keys import Key

CLASS_SHARDS = 4
"""Customers of a class are spread over so many partitions, which a list walks one after another."""


RECORD = "CUSTOMER"


def customer(partner_id: str, customer_id: int) -> Key:
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", RECORD)


def leaving_customer(partner_id: str, customer_id: int) -> Key:
    """Where a customer stands once its erasure began: nobody else looks there."""
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", "LEAVING")


def customer_name(partner_id: str, customer_id: int) -> Key:
    """A row of the customer that stands in the list by name."""
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", "NAME")


def customer_tally(partner_id: str, customer_id: int) -> Key:
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", "TALLY")


def customer_document(partner_id: str, document: str) -> Key:
    return Key(f"CUSTOMER_DOCUMENT#{partner_id}#{document}", "CUSTOMER")


def customers_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place a customer in its partner's list, newest last."""
    return {"by_owner_pk": f"CUSTOMERS#{partner_id}", "by_owner_sk": place}


def customer_names_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place a customer in its partner's list by name."""
    return {"by_owner_pk": f"CUSTOMER_NAMES#{partner_id}", "by_owner_sk": place}


def classes(partner_id: str, version: int | None = None) -> Key:
    """The partner's classes as they are, or as they were."""
    return Key(f"CUSTOMER_CLASSES#{partner_id}", "CURRENT" if version is None else f"VERSION#{version:06d}")


CLASS_CHANGE_PREFIX = "CLASS_CHANGE#"


def class_change(partner_id: str, customer_id: int, version: int) -> Key:
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", f"{CLASS_CHANGE_PREFIX}{max(version, 0):012d}")


def class_partition(partner_id: str, class_id: int, shard: int) -> str:
    """One of the ``CLASS_SHARDS`` partitions that list a class."""
    return f"CUSTOMERS_OF_CLASS#{partner_id}#{class_id}#{shard}"


def class_index(partner_id: str, class_id: int, place: str) -> dict[str, str]:
    """Attributes that place a customer in the list of its class."""
    shard = crc32(place.encode()) % CLASS_SHARDS
    return {"open_pk": class_partition(partner_id, class_id, shard), "open_sk": place}


def customer_access(partner_id: str, customer_id: int, person_id: str = "") -> Key:
    """A row of the customer that leads to an access of it to the portal; without one, what they all begin with."""
    return Key(f"CUSTOMER#{partner_id}#{customer_id}", f"PORTAL#{person_id}")


def registration_schedule(partner_id: str) -> Key:
    return Key(f"PORTAL#{partner_id}", "SCHEDULE")


def portal_person(person_id: str) -> Key:
    return Key(f"PORTAL_PERSON#{person_id}", "PERSON")


def portal_people_index(partner_id: str, place: str) -> dict[str, str]:
    """Attributes that place a person of the portal in its partner's list, newest last."""
    return {"by_owner_pk": f"PORTAL_PEOPLE#{partner_id}", "by_owner_sk": place}


def portal_login(partner_id: str, digest: str) -> Key:
    return Key(f"PORTAL_LOGIN#{partner_id}#{digest}", "LOGIN")


def ended_login(person_id: str, login: str) -> Key:
    return Key(f"PORTAL_PERSON#{person_id}", f"LOGIN#{login}")


def portal_code_login(login_id: str) -> Key:
    return Key(f"PORTAL_CODE#{login_id}", "LOGIN")


def portal_code(partner_id: str, digest: str) -> Key:
    """The one code that may stand at an address."""
    return Key(f"PORTAL_CODE#{partner_id}#{digest}", "CODE")


def registration_change(partner_id: str, month: str, place: str) -> Key:
    return Key(f"REGISTRATION_CHANGES#{partner_id}#{month}", place)


PERSON_CHANGE_PREFIX = "CHANGE#"


def person_change(person_id: str, place: str) -> Key:
    """Says that a change is this person's, however many others there are."""
    return Key(f"PORTAL_PERSON#{person_id}", f"{PERSON_CHANGE_PREFIX}{place}")


def bulletin(partner_id: str, bulletin_id: int) -> Key:
    return Key(f"BULLETINS#{partner_id}", f"{bulletin_id:012d}")


def bulletin_posting(partner_id: str, topic: str, until: str, bulletin_id: int) -> Key:
    """Where a bulletin stands for who has a topic; ``until`` is an ISO day, so that what ended sorts first."""
    return Key(f"BULLETIN_BOARD#{partner_id}#{topic}", f"{until}#{bulletin_id:012d}")


def bulletin_receipt(person_id: str, bulletin_id: int) -> Key:
    return Key(f"BULLETIN_READ#{person_id}", f"{bulletin_id:012d}")


def bulletin_receipts_index(partner_id: str, bulletin_id: int, place: str) -> dict[str, str]:
    """Attributes that place a receipt in the list of its bulletin, newest last."""
    return {"by_owner_pk": f"BULLETIN_RECEIPTS#{partner_id}#{bulletin_id}", "by_owner_sk": place}
