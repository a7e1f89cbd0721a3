"""A payer in a few lines, for the suite that every payer must pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from lastro.kernel.errors import Permanent, Unknown
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
        if is_new and self.outcome == "not_taken":
            raise Permanent("the payer took nothing", code="payer_validation")
        _, outcome = self.effects.setdefault(request.key, (request, self.outcome))
        if not self._is_listed(request.key) or (is_new and outcome == "timeout_after_effect"):
            raise Unknown("no answer", code="payer_timeout")
        return self._answer(request.key)

    async def find(self, key: str) -> PayoutAnswer | None:
        if key not in self.effects:
            return None
        self.looks[key] = self.looks.get(key, 0) + 1
        return self._answer(key) if self._is_listed(key) else None

    def _is_listed(self, key: str) -> bool:
        return self.effects[key][1] not in ("key_in_use", "listed_late") or self.looks.get(key, 0) > 2

    def _answer(self, key: str) -> PayoutAnswer:
        looks = self.looks.get(key, 0)
        status = {
            "refused": PayoutStatus.REFUSED,
            "late_success": PayoutStatus.REFUSED if looks <= 1 else PayoutStatus.CONFIRMED,
            "slow": PayoutStatus.CONFIRMED if looks >= 2 else PayoutStatus.SENT,
            "returned": PayoutStatus.RETURNED if looks else PayoutStatus.CONFIRMED,
        }.get(self.effects[key][1], PayoutStatus.CONFIRMED)
        failed = status in (PayoutStatus.REFUSED, PayoutStatus.RETURNED)
        return PayoutAnswer(status, f"P-{key[:8]}", "ACCOUNT_CLOSED" if failed else None)
