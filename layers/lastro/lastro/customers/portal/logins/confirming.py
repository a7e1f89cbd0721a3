"""Telling a code, going on with a login, and ending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING

from lastro.customers.portal.errors import CODE_REFUSED, LOGIN_ENDED
from lastro.customers.portal.logins.model import digest_code, digest_proof, matches
from lastro.customers.portal.logins.views import SessionAnswer, show_session
from lastro.customers.portal.people.entering import enter
from lastro.customers.portal.registration.model import is_asked
from lastro.kernel.callers.people import name_person, read_person
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import PoolTokens, UserPool
    from lastro.customers.portal.logins.requests import ConfirmCode, RefreshLogin
    from lastro.customers.portal.logins.store import LoginStore
    from lastro.customers.portal.people.model import Person
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Admitted:
    """A login that goes on: its tokens, whose it is, and whether it has to show the form of the update."""

    tokens: PoolTokens = field(repr=False)
    person: Person
    update_due: bool


@dataclass(frozen=True)
class Confirming:
    """Lets in who tells the code; ``new_proof`` gives 256 random bits as text."""

    logins: LoginStore
    people: PortalStore
    pool: UserPool
    read_key: Callable[[], bytes]
    clock: Clock
    new_proof: Callable[[], str]

    def confirm(self, request: ConfirmCode) -> SessionAnswer:
        """Tokens for the code of a login, once. Raises as ``admit``."""
        return _show(self.admit(request.login_id, request.code))

    def refresh(self, request: RefreshLogin) -> SessionAnswer:
        """Other tokens of the same login. Raises as ``go_on``."""
        return _show(self.go_on(request.portal_session.refresh_token))

    def admit(self, login_id: str, code: str, partner_id: str | None = None) -> Admitted:
        """Who tells the code of a login, of ``partner_id`` where one is named.

        Raises ``Unauthorized`` for a code that is wrong, over, used or replaced, for tries beyond the fifth, and where
        nobody is: all of these are one answer, after the same reads and writes. ``Retryable`` when the pool does not
        answer: the code is spent then.
        """
        login = self.logins.find(login_id)
        if login is None or login.is_over(self.clock.now()) or partner_id not in (None, login.partner_id):
            raise CODE_REFUSED()
        told = digest_code(self.read_key(), login.id, code)
        standing = self.logins.take_try(login)
        if standing is None or not matches(standing, told) or standing.person_id is None:
            raise CODE_REFUSED()
        proof = self.new_proof()
        if not self.logins.grant(login, told, digest_proof(proof)):
            raise CODE_REFUSED()
        admitted = self.people.find_person(standing.person_id)
        if admitted is None or admitted.ended_at is not None:
            raise CODE_REFUSED()
        username = name_person(login.partner_id, admitted.id)
        tokens = self.pool.log_in(username, f"{login.id}.{proof}")
        person = self._person(tokens) if tokens else None
        if tokens is None or person is None or tokens.username != username:
            raise CODE_REFUSED()
        self.logins.know(login, self.clock.now())
        return self._admitted(tokens, person)

    def go_on(self, refresh_token: str) -> Admitted:
        """Other tokens of the same login. Raises ``Unauthorized`` once it ended, ``Retryable``."""
        tokens = self.pool.refresh(refresh_token)
        person = self._person(tokens) if tokens else None
        if tokens is None or person is None:
            raise LOGIN_ENDED()
        return self._admitted(tokens, person)

    def _person(self, tokens: PoolTokens) -> Person | None:
        named = read_person(tokens.username)
        if named is None:
            return None
        partner_id, person_id = named
        person, ended = self.people.find_visitor(person_id, tokens.login)
        if person is None or person.partner_id != partner_id or person.ended_at is not None or ended:
            return None
        return person

    def _admitted(self, tokens: PoolTokens, person: Person) -> Admitted:
        schedule = self.people.find_schedule(person.partner_id)
        return Admitted(tokens, person, is_asked(schedule, person.standing, tokens.login, self.clock.now()))


def _show(admitted: Admitted) -> SessionAnswer:
    return show_session(admitted.tokens, admitted.person, registration_update_due=admitted.update_due)


@dataclass(frozen=True)
class Leaving:
    """Lets people out."""

    people: PortalStore
    clock: Clock

    def leave(self, caller: Caller) -> None:
        """End this login: none of its tokens opens anything from now on. Raises ``NotFound``, ``Unauthorized``."""
        person = enter(self.people, caller)
        self.people.end_login(person, caller.login, self.clock.now())


@dataclass(frozen=True)
class Proofs:
    """What the pool asks before it gives tokens out."""

    logins: LoginStore

    def redeem(self, username: str, answer: str) -> bool:
        """Whether this is the proof of a code that was told for this user; once."""
        login_id, _, proof = answer.partition(".")
        named, login = read_person(username), self.logins.find(login_id) if login_id else None
        if named is None or login is None or not proof or login.partner_id != named[0]:
            return False
        return self.logins.redeem(login, named[1], digest_proof(proof))
