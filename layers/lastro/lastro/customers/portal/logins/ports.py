"""What logins need of the outside: somebody who carries messages."""

from __future__ import annotations

from dataclasses import field
from typing import Protocol

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
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
