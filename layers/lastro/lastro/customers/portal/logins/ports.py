"""What logins need of the outside: somebody who carries messages, and the pool that people log in through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notification:
    """A message to one person. It is never shown: it may hold a code."""

    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class Notifier(Protocol):
    """Carries messages of one kind, each call once at most."""

    def send(self, notification: Notification) -> str:
        """The carrier's own id of the message.

        Raises ``Retryable`` when it was certainly not taken, ``Unknown`` when it may have been, and ``Permanent`` when
        it never will be.
        """
        ...


class Tokens(Protocol):
    """What a login is worth."""

    @property
    def access_token(self) -> str: ...
    @property
    def refresh_token(self) -> str | None: ...
    @property
    def expires_in(self) -> int:
        """Seconds that the access token is good for."""
        ...

    @property
    def username(self) -> str:
        """Whose it is."""
        ...

    @property
    def login(self) -> str:
        """Names the login in all of its tokens."""
        ...


class LoginPool(Protocol):
    """The user pool of the portal's people."""

    def log_in(self, username: str, answer: str) -> Tokens | None:
        """A new login of a user, who is made on the way; ``None`` when the answer does not hold.

        Raises ``Retryable`` when the pool does not answer.
        """
        ...

    def refresh(self, refresh_token: str) -> Tokens | None:
        """Other tokens of the same login; ``None`` for what refreshes nothing. Raises ``Retryable``."""
        ...

    def remove(self, username: str) -> None:
        """Take a user out; one that is not there stays so. Raises ``Retryable``."""
        ...
