"""Logging in to the panel, renewing a login and ending it.

The pool knows people by their numbers alone; which number an address is, the table says. Whoever names an address that
nobody has is answered as a wrong password is, by the pool itself and after the same work.
"""

from __future__ import annotations

from dataclasses import field

from lastro.access.errors import (
    LOGIN_OVER,
    NEW_PASSWORD_WEAK,
    NOT_AN_EMAIL,
    TOO_MANY_LOGINS,
    WRONG_CODE,
    WRONG_LOGIN,
)
from lastro.access.staff.model import read_email
from lastro.access.staff.requests import AnswerChallenge, CreateSession, EndSession, RenewSession
from lastro.access.staff.store import StaffStore
from lastro.access.staff.views import ChallengeView, SessionView
from lastro.aws.pools.staff_pool import Challenge, PoolRefusal, Refused, StaffPool, Tokens
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Source
from lastro.kernel.callers.people import name_person
from lastro.kernel.callers.sources import name_source
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput, LastroError, TooManyRequests

COOKIE = "__Host-lastro-session"
"""Holds the refresh token: no script reads it, no other site sends it, no other host sets it (RFC 6265bis §4.1.3.2)."""

LONGEST_SECONDS = 12 * 3600
"""Of a login, as the pool has it (``infrastructure/pools.yaml``)."""

_NOBODY = name_person("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000")
_WAIT_SECONDS = 30


@dataclass(frozen=True)
class Login:
    """An answer as JSON, and the cookie that goes with it."""

    body: str = field(repr=False)
    cookie: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries beside the body."""
        return {"Set-Cookie": self.cookie} if self.cookie else {}


@dataclass(frozen=True)
class StaffLogin:
    """Logins over the people's addresses and the pool."""

    people: StaffStore
    pool: StaffPool
    clock: Clock

    def create(self, request: CreateSession, source: Source) -> Login:
        """A session, or what the pool asks beside the password.

        Wrong passwords of an address are counted by where they come from, somebody there or nobody, and together from
        where it never logged in, and the pool is not asked beyond the fourth and the eighth: it would shut the person
        out, wherever the right password comes from.

        Raises ``Unauthorized`` ``wrong_login``, ``InvalidInput`` for what is no address, ``TooManyRequests``.
        """
        email, place = _address(request.email), name_source(source.address)
        now = int(self.clock.now().timestamp())
        told = self.people.take_try(email, place, now)
        if told.wait:
            raise TooManyRequests(TOO_MANY_LOGINS.say(), retry_after=told.wait, code=TOO_MANY_LOGINS.code)
        try:
            made = self.pool.log_in(self._username(email), request.password)
        except PoolRefusal as refusal:
            if refusal.why is not Refused.WRONG:
                self.people.give_back(told)
            raise _refused(refusal) from refusal
        self.people.know(email, place, now)
        self.people.give_back(told)
        return _answer(made)

    def answer(self, request: AnswerChallenge) -> Login:
        """A session, or the next question. Raises as ``create``, and ``Unauthorized`` ``wrong_code``."""
        asked = Challenge(request.challenge, request.session)
        try:
            return _answer(self.pool.answer(self._username(_address(request.email)), asked, request.answer))
        except PoolRefusal as refusal:
            raise _refused(refusal) from refusal

    def renew(self, request: RenewSession) -> SessionView:
        """An access token of the login whose cookie was sent. Raises ``Unauthorized`` ``login_over``."""
        token = read_cookie(request.cookie)
        if token is None:
            raise LOGIN_OVER()
        try:
            tokens = self.pool.renew(token)
        except PoolRefusal as refusal:
            raise (_busy() if refusal.why is Refused.BUSY else LOGIN_OVER()) from refusal
        return SessionView(access_token=tokens.access_token, expires_in=tokens.seconds)

    def end(self, request: EndSession) -> Login:
        """End the login whose cookie was sent, and take the cookie back; one that is over stays so."""
        token = read_cookie(request.cookie)
        if token is not None:
            try:
                self.pool.end(token)
            except PoolRefusal as refusal:
                if refusal.why is Refused.BUSY:
                    raise _busy() from refusal
        return Login("", spell_cookie("", 0))

    def _username(self, email: str) -> str:
        found = self.people.find_login(email)
        return name_person(*found) if found else _NOBODY


def _address(text: str) -> str:
    """Raises ``InvalidInput``."""
    try:
        return read_email(text)
    except ValueError as error:
        raise InvalidInput([NOT_AN_EMAIL.at("email")]) from error


def read_cookie(header: str | None) -> str | None:
    """The refresh token of a ``Cookie`` header; ``None`` for none, or for two of them."""
    pairs = [pair.strip().partition("=") for pair in (header or "").split(";")]
    found = [value for name, _, value in pairs if name == COOKIE and value]
    return found[0] if len(found) == 1 else None


def spell_cookie(token: str, seconds: int) -> str:
    """The ``Set-Cookie`` header of a login."""
    return f"{COOKIE}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"


def _answer(outcome: Tokens | Challenge) -> Login:
    if isinstance(outcome, Challenge):
        asked = ChallengeView(challenge=outcome.asked, session=outcome.session, secret=outcome.secret)
        return Login(asked.model_dump_json(exclude_none=True))
    view = SessionView(access_token=outcome.access_token, expires_in=outcome.seconds)
    return Login(view.model_dump_json(), spell_cookie(outcome.refresh_token or "", LONGEST_SECONDS))


def _refused(refusal: PoolRefusal) -> LastroError:
    match refusal.why:
        case Refused.WRONG:
            return WRONG_LOGIN()
        case Refused.WRONG_CODE:
            return WRONG_CODE()
        case Refused.WEAK_PASSWORD:
            return InvalidInput([NEW_PASSWORD_WEAK.at("answer")])
        case Refused.BUSY:
            return _busy()


def _busy() -> TooManyRequests:
    return TooManyRequests(TOO_MANY_LOGINS.say(), retry_after=_WAIT_SECONDS, code=TOO_MANY_LOGINS.code)
