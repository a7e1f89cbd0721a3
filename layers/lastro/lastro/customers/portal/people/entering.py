"""Who comes in with a token: asked with every call, so that who was shut out is out at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.customers.portal.errors import LOGIN_ENDED, PERSON_NOT_FOUND

if TYPE_CHECKING:
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.callers.caller import Caller


def enter(people: PortalStore, caller: Caller) -> Person:
    """The person that calls, in one read. Raises ``NotFound`` once the access ended, ``Unauthorized`` once the login
    did.
    """
    person, ended = people.find_visitor(caller.person, caller.login)
    if person is None or person.partner_id != caller.partner_id or person.ended_at is not None:
        raise PERSON_NOT_FOUND()
    if ended:
        raise LOGIN_ENDED()
    return person
