"""What reached each provider: logins apart from calls, each with how it ended and whether it was charged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Login:
    """``credential`` is a fingerprint: equal for equal credentials, and no way back to them."""

    credential: str
    outcome: str
    time: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call beside the logins. ``simulated`` is the flag of providers that have one; ``credential`` is a fingerprint
    of the password that came with the call, and ``responsible`` the CPF it named, where providers take them.
    """

    operation: str
    document: str | None
    report: str | None
    features: tuple[str, ...]
    key: str | None
    federal_unit: str | None
    retailer_document: str | None
    simulated: bool | None
    outcome: str
    charged: bool
    time: str
    credential: str | None = None
    responsible: str | None = None


class Ledger:
    """The entries in the order they happened; ``clock`` gives aware moments."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.logins: list[Login] = []
        self.calls: list[Call] = []

    def enter_login(self, credential: str, outcome: str) -> None:
        self.logins.append(Login(fingerprint(credential), outcome, self._now()))

    def enter_call(
        self,
        operation: str,
        outcome: str,
        *,
        charged: bool,
        document: str | None = None,
        report: str | None = None,
        features: tuple[str, ...] = (),
        key: str | None = None,
        federal_unit: str | None = None,
        retailer_document: str | None = None,
        simulated: bool | None = None,
        credential: str | None = None,
        responsible: str | None = None,
    ) -> None:
        self.calls.append(
            Call(
                operation=operation,
                document=document,
                report=report,
                features=features,
                key=key,
                federal_unit=federal_unit,
                retailer_document=retailer_document,
                simulated=simulated,
                outcome=outcome,
                charged=charged,
                time=self._now(),
                credential=fingerprint(credential) if credential else None,
                responsible=responsible,
            )
        )

    def as_json(self) -> dict[str, object]:
        return {
            "logins": [asdict(login) for login in self.logins],
            "calls": [asdict(call) for call in self.calls],
        }

    def _now(self) -> str:
        return self._clock().isoformat(timespec="microseconds")


def fingerprint(credential: str) -> str:
    """Twelve characters that tell credentials apart."""
    return hashlib.sha256(credential.encode()).hexdigest()[:12]
