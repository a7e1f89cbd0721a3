"""Each bank's ledger: every effect once, under its idempotency key, with the answer a repeat of the key gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing the bank did. ``installments`` and ``down_payment`` are ``None`` for a pre-approval."""

    idempotency_key: str
    operation: str
    cpf: str
    installments: int | None
    down_payment: int | None
    outcome: str
    time: str


class Ledger(Generic[Answer]):
    """The effects of one operation in the order they happened; ``clock`` gives aware moments."""

    def __init__(self, operation: str, clock: Callable[[], datetime]) -> None:
        self._operation = operation
        self._clock = clock
        self._entries: dict[str, tuple[Effect, Answer]] = {}

    def find(self, key: str) -> Answer | None:
        entry = self._entries.get(key)
        return entry[1] if entry else None

    def record(
        self,
        key: str,
        answer: Answer,
        *,
        cpf: str,
        outcome: str,
        installments: int | None = None,
        down_payment: int | None = None,
    ) -> None:
        """Enter an effect. Raises ``KeyError`` when the key already has one."""
        if key in self._entries:
            raise KeyError("this key already has an effect")
        time = self._clock().isoformat(timespec="microseconds")
        effect = Effect(key, self._operation, cpf, installments, down_payment, outcome, time)
        self._entries[key] = (effect, answer)

    def count(self) -> int:
        return len(self._entries)

    def as_json(self) -> list[dict[str, object]]:
        return [asdict(effect) for effect, _ in self._entries.values()]
