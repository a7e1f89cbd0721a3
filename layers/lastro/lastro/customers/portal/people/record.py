"""A person of the portal that is a customer: name, e-mail and mobile are those of the customer's record. Pure.

The record may hold several; the first e-mail and the first mobile are the person's. What the record has no place for
(an income of the family, an address in one line) stays the access's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lastro.customers.people.model import Customer, bare, fold_name
from lastro.customers.portal.registration.model import Registration, RegistrationField

if TYPE_CHECKING:
    from lastro.customers.portal.people.model import Person

OF_RECORD = (RegistrationField.NAME, RegistrationField.MOBILE, RegistrationField.EMAIL)
_LEAST_MOBILE = 900_000_000
_COUNTRY = "+55"


def read_record(own: Registration, customer: Customer) -> Registration:
    """A person's data with what its record says."""
    emails = customer.data.get("emails") or ()
    mobiles = [each for each in customer.data.get("phones") or () if _is_mobile(each)]
    return replace(
        own,
        name=customer.name,
        email=emails[0]["address"] if emails else None,
        mobile=_spell(mobiles[0]) if mobiles else None,
    )


def with_record(person: Person, customer: Customer | None) -> Person:
    """A person as its record has it; itself where it has none."""
    return replace(person, registration=read_record(person.registration, customer)) if customer else person


def changes_of_record(customer: Customer, wanted: Registration) -> dict[str, Any]:
    """What of a record has to change for it to say what is wanted; nothing where it says so already."""
    known = read_record(wanted, customer)
    found: dict[str, Any] = {}
    if wanted.name != known.name:
        found["name"] = wanted.name
    if wanted.email != known.email:
        others = [each for each in bare(customer.data.get("emails") or []) if each["address"] != wanted.email]
        left = others[1:] if known.email is not None else others
        found["emails"] = [*([{"address": wanted.email}] if wanted.email else []), *left] or None
    if wanted.mobile != known.mobile:
        found["phones"] = _put_mobile(bare(customer.data.get("phones") or []), known.mobile, wanted.mobile) or None
    return found


def find_ambiguous(customer: Customer, wanted: Registration) -> list[RegistrationField]:
    """What is wanted empty though the record has several of it: one of them or all may be meant, and what was taken
    away would be followed by the next, also where the same is only sent again.
    """
    mobiles = [each for each in customer.data.get("phones") or () if _is_mobile(each)]
    several = {RegistrationField.MOBILE: mobiles, RegistrationField.EMAIL: customer.data.get("emails") or ()}
    return [name for name, known in several.items() if wanted.value(name) is None and len(known) > 1]


def find_differences(sent: Registration, customer: Customer) -> list[RegistrationField]:
    """What was sent of a record and differs from it; a name by its letters, and what was not sent by nothing."""
    known = read_record(sent, customer)
    return [
        name
        for name in OF_RECORD
        if (told := sent.value(name)) is not None and fold_name(told) != fold_name(known.value(name) or "")
    ]


def _put_mobile(phones: list[dict[str, Any]], known: str | None, wanted: str | None) -> list[dict[str, Any]]:
    """The phones with another mobile in the place of the one that is known."""
    left = [each for each in phones if _spell(each) != wanted or wanted is None]
    place = next((place for place, each in enumerate(left) if _spell(each) == known), None)
    before = left.pop(place) if place is not None else {}
    if wanted is None:
        return left
    digits = wanted.removeprefix(_COUNTRY)
    kind = {name: before[name] for name in ("phone_type_id",) if name in before}
    left.insert(place or 0, {"code": int(digits[:2]), "number": int(digits[2:]), **kind})
    return left


def _is_mobile(phone: Mapping[str, Any]) -> bool:
    return bool(phone["number"] >= _LEAST_MOBILE)


def _spell(phone: Mapping[str, Any]) -> str:
    return f"{_COUNTRY}{phone['code']}{phone['number']}"
