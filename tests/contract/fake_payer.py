"""A payer in a few lines, for the suite that every payer must pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from lastro.errors import Unknown
from lastro.origination.disbursements.model import PayoutStatus
from lastro.origination.disbursements.ports import PayoutAnswer, PayoutRequest


@dataclass
class FakePayer:
    """Keeps payouts by key; ``outcome`` is what becomes of the next ones."""

    outcome: str = "ok"
    effects: dict[str, tuple[PayoutRequest, str]] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        is_new = request.key not in self.effects
        _, outcome = self.effects.setdefault(request.key, (request, self.outcome))
        if is_new and outcome == "timeout_after_effect":
            raise Unknown("no answer", code="payer_timeout")
        return self._answer(request.key)

    async def find(self, key: str) -> PayoutAnswer | None:
        if key not in self.effects:
            return None
        self.looks[key] = self.looks.get(key, 0) + 1
        return self._answer(key)

    def _answer(self, key: str) -> PayoutAnswer:
        looks = self.looks.get(key, 0)
        status = {
            "refused": PayoutStatus.REFUSED,
            "slow": PayoutStatus.CONFIRMED if looks >= 2 else PayoutStatus.SENT,
            "returned": PayoutStatus.RETURNED if looks else PayoutStatus.CONFIRMED,
        }.get(self.effects[key][1], PayoutStatus.CONFIRMED)
        failed = status in (PayoutStatus.REFUSED, PayoutStatus.RETURNED)
        return PayoutAnswer(status, f"P-{key[:8]}", "ACCOUNT_CLOSED" if failed else None)
