"""Ending somebody's access to the portal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.customers.portal.errors import MANAGERS_ONLY, PERSON_BUSY, PERSON_NOT_FOUND
from lastro.customers.portal.fields import manages
from lastro.customers.portal.people.requests import NamePerson
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.people import name_person
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import UserPool
    from lastro.customers.portal.store import PortalStore


@dataclass(frozen=True)
class Ending:
    """Shuts people out."""

    store: PortalStore
    pool: UserPool
    clock: Clock

    def end(self, request: NamePerson, caller: Caller) -> None:
        """End an access and free its addresses; its logins open nothing from then on, and the pool forgets the person.

        Again it only makes sure of that. Raises ``Forbidden``, ``NotFound``, and ``Retryable`` when the pool does not
        answer: the access has ended then.
        """
        if not manages(caller):
            raise MANAGERS_ONLY()

        def end_once() -> bool | None:
            person = self.store.find_person(request.person_id)
            if person is None or person.partner_id != caller.partner_id:
                raise PERSON_NOT_FOUND()
            if person.ended_at is not None:
                return True
            ended = replace(person, ended_at=self.clock.now(), version=person.version + 1)
            return self.store.end_person(ended) or None

        until_committed(end_once, PERSON_BUSY)
        self.pool.remove(name_person(caller.partner_id, request.person_id))
