"""Sending a code to who is at an address, once: what may have been sent is never sent again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lastro.customers.portal.logins.model import Channel, Login, digest_code
from lastro.customers.portal.logins.texts import word_code
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Delivery, Done, Retries

if TYPE_CHECKING:
    from lastro.customers.portal.logins.messages import CodeAsked
    from lastro.customers.portal.logins.ports import Notifier
    from lastro.customers.portal.logins.store import LoginStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock

RETRIES = Retries((2, 5, 15, 30, 60))


@dataclass(frozen=True)
class Sending:
    """Works what was asked for; ``read_key`` gives the key of digests, ``draw`` six random digits."""

    logins: LoginStore
    people: PortalStore
    notifiers: Mapping[Channel, Notifier]
    read_key: Callable[[], bytes]
    clock: Clock
    draw: Callable[[], str]

    def process(self, delivery: Delivery[CodeAsked]) -> Done:
        """Draw, keep and send the code of one login.

        The code is kept before it is sent. A carrier that certainly did not take it gives it back and another is drawn
        (``Retryable``); what may have been taken stays, and whoever did not get it asks anew. So does who died between
        the two: the code that is kept is taken for sent.
        """
        login = self.logins.find(delivery.message.login_id)
        if login is None or login.is_over(self.clock.now()):
            return Done()
        standing = self.logins.find_standing(login)
        person = self.people.find_at(login.partner_id, login.address)
        if standing is None or standing.digest or person is None or person.ended_at is not None:
            return Done()
        address = _address(person, login)
        if address is None:
            return Done()
        code = self.draw()
        digest = digest_code(self.read_key(), login.id, code)
        if self.logins.claim(login, standing, digest, person.id, self.clock.now()):
            self._send(login, address, code, digest)
        return Done()

    def _send(self, login: Login, address: str, code: str, digest: str) -> None:
        try:
            self.notifiers[login.channel].send(word_code(login.channel, address, code))
        except Unknown:
            # Sent or not: who waits in vain asks again, and nobody gets two. The carrier has logged it.
            return
        except (Retryable, Permanent):
            self.logins.release(login, digest)
            raise


def _address(person: Person, login: Login) -> str | None:
    return person.login_email if login.channel is Channel.EMAIL else person.login_mobile
