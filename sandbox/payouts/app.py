"""A payer to try payouts on: ``POST /payouts/v1/payouts`` and ``GET …/{key}``, ``POST /payouts/v1/holders``.

``PUT /payouts/script`` says what becomes of the payouts a rule matches, first match wins; ``GET /payouts/ledger`` lists
every payout once. Any API key without ``invalid`` is accepted.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from sandbox.clearing import on_clear

OUTCOMES = (
    *("ok", "slow", "refused", "timeout_after_effect", "returned"),
    *("key_in_use", "listed_late", "late_success", "not_taken"),
)
LOOKS_OF_A_SLOW_PAYOUT = 2
"""How often a slow payout is still processing when it is looked at."""
LOOKS_BEFORE_LISTED = 2
"""How often a payout that is listed late is not there yet; a request with its key meets a key in use."""
LOOKS_OF_A_LATE_SUCCESS = 1
"""How often a payout that was rejected is still rejected when it is looked at."""
HOLDERS = ("SAME", "OTHER", "UNKNOWN")
_SILENCE_SECONDS = 30.0
_RULE_FIELDS = {"when", "outcome", "delay_ms", "times"}
_WHEN_FIELDS = {"cpf", "csn", "value"}


@dataclass(slots=True)
class Rule:
    """What becomes of payouts that match ``when``; ``remaining`` limits how often (``None``: always)."""

    when: dict[str, Any]
    outcome: str
    delay_ms: int
    remaining: int | None


@dataclass(slots=True)
class Effect:
    """One payout in the ledger."""

    idempotency_key: str
    method: str
    cpf: str
    csn: str
    value: int
    outcome: str
    time: str
    looks: int = 0

    def status(self) -> str:
        match self.outcome:
            case "refused":
                return "REJECTED"
            case "returned":
                return "SETTLED" if self.looks == 0 else "RETURNED"
            case "late_success":
                return "REJECTED" if self.looks <= LOOKS_OF_A_LATE_SUCCESS else "SETTLED"
            case "slow":
                return "PROCESSING" if self.looks < LOOKS_OF_A_SLOW_PAYOUT else "SETTLED"
        return "SETTLED"

    def is_listed(self) -> bool:
        return self.outcome not in ("key_in_use", "listed_late") or self.looks > LOOKS_BEFORE_LISTED

    def answer(self) -> dict[str, Any]:
        reason = "ACCOUNT_CLOSED" if self.status() in ("REJECTED", "RETURNED") else None
        return {
            "id": f"P-{self.idempotency_key[:8]}",
            "idempotency_key": self.idempotency_key,
            "status": self.status(),
            "reason_code": reason,
        }


@dataclass(slots=True)
class PayoutDesk:
    """The payer's ledger and script."""

    rules: list[Rule] = field(default_factory=list)
    effects: dict[str, Effect] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    """Account numbers and Pix keys that are not their beneficiary's, with what is said of them."""

    def fire(self, facts: dict[str, Any]) -> Rule:
        for rule in self.rules:
            if rule.remaining != 0 and all(facts[name] == value for name, value in rule.when.items()):
                if rule.remaining is not None:
                    rule.remaining -= 1
                return rule
        return Rule({}, "ok", 0, None)


DESK = web.AppKey("payout_desk", PayoutDesk)


def add_payouts(app: web.Application) -> None:
    """Add the payer's routes to the sandbox."""
    desk = PayoutDesk()
    app[DESK] = desk
    on_clear(app, desk.rules.clear)
    on_clear(app, desk.holders.clear)
    app.router.add_post("/payouts/v1/payouts", send_payout)
    app.router.add_get("/payouts/v1/payouts/{key}", find_payout)
    app.router.add_post("/payouts/v1/holders", confirm_holder)
    app.router.add_put("/payouts/script", put_script)
    app.router.add_get("/payouts/ledger", show_ledger)


async def send_payout(request: web.Request) -> web.Response:
    """Take a payout; a key seen before answers what became of it, or that it is in use."""
    desk = request.app[DESK]
    if refused := _refuse_key(request):
        return refused
    key = request.headers.get("idempotency-key", "")
    if known := desk.effects.get(key):
        return web.json_response(known.answer()) if known.is_listed() else _key_in_use()
    try:
        body = await request.json()
        facts: dict[str, Any] = {
            "cpf": str(body["beneficiary"]["document"]),
            "csn": str(body["description"]).removeprefix("CCB "),
            "value": int(body["amount_cents"]),
        }
        method = str(body["method"])
    except (ValueError, KeyError, TypeError):
        return web.json_response({"error": "INVALID_BODY"}, status=422)
    if not key or facts["value"] <= 0:
        return web.json_response({"error": "INVALID_BODY"}, status=422)
    rule = desk.fire(facts)
    if rule.outcome == "not_taken":
        return web.json_response({"error": "INVALID_ACCOUNT", "idempotency_key": key}, status=422)
    effect = Effect(
        key, method, facts["cpf"], facts["csn"], facts["value"], rule.outcome, datetime.now(UTC).isoformat()
    )
    desk.effects[key] = effect
    if rule.delay_ms:
        await asyncio.sleep(rule.delay_ms / 1000)
    if rule.outcome == "key_in_use":
        return _key_in_use()
    if rule.outcome in ("timeout_after_effect", "listed_late"):
        await asyncio.sleep(_SILENCE_SECONDS)
    return web.json_response(effect.answer(), status=201)


async def find_payout(request: web.Request) -> web.Response:
    """What became of a payout; looking is what makes it move: settle, come back, be listed at last."""
    if refused := _refuse_key(request):
        return refused
    effect = request.app[DESK].effects.get(request.match_info["key"])
    if effect is not None:
        effect.looks += 1
        if effect.is_listed():
            return web.json_response(effect.answer())
    return web.json_response({"error": "NOT_FOUND"}, status=404)


async def confirm_holder(request: web.Request) -> web.Response:
    """Whose an account or Pix key is: the beneficiary's own, unless the script says otherwise."""
    if refused := _refuse_key(request):
        return refused
    try:
        body = await request.json()
        target = body["pix"]["key"] if "pix" in body else body["ted"]["account"]
    except (ValueError, KeyError, TypeError):
        return web.json_response({"error": "INVALID_BODY"}, status=422)
    return web.json_response({"holder": request.app[DESK].holders.get(str(target), "SAME")})


async def put_script(request: web.Request) -> web.Response:
    """Replace the script; 422 names the field that is wrong."""
    try:
        body = await request.json()
    except ValueError:
        return _invalid("body", "is not JSON")
    rules = body.get("rules") if isinstance(body, dict) else None
    if not isinstance(rules, list):
        return _invalid("rules", "is not an array")
    holders = body.get("holders", {})
    if not isinstance(holders, dict) or not all(word in HOLDERS for word in holders.values()):
        return _invalid("holders", f"is not an object whose values are of {', '.join(HOLDERS)}")
    parsed = []
    for position, rule in enumerate(rules):
        place = f"rules.{position}"
        if not isinstance(rule, dict) or set(rule) - _RULE_FIELDS:
            return _invalid(place, f"is not an object of {', '.join(sorted(_RULE_FIELDS))}")
        when = rule.get("when") or {}
        if not isinstance(when, dict) or set(when) - _WHEN_FIELDS:
            return _invalid(f"{place}.when", f"is not an object of {', '.join(sorted(_WHEN_FIELDS))}")
        outcome, delay, times = rule.get("outcome", "ok"), rule.get("delay_ms", 0), rule.get("times")
        if outcome not in OUTCOMES:
            return _invalid(f"{place}.outcome", f"is not one of {', '.join(OUTCOMES)}")
        if not isinstance(delay, int) or not 0 <= delay <= 120_000:
            return _invalid(f"{place}.delay_ms", "is not a whole number from 0 to 120000")
        if times is not None and (not isinstance(times, int) or times < 1):
            return _invalid(f"{place}.times", "is not a whole number from 1")
        parsed.append(Rule(_bare(when), outcome, delay, times))
    request.app[DESK].rules[:] = parsed
    request.app[DESK].holders.clear()
    request.app[DESK].holders.update(holders)
    return web.Response(status=204)


async def show_ledger(request: web.Request) -> web.Response:
    """Every payout once, oldest first."""
    effects = request.app[DESK].effects.values()
    names = ("idempotency_key", "method", "cpf", "csn", "value", "outcome", "time")
    return web.json_response({"effects": [{name: getattr(effect, name) for name in names} for effect in effects]})


def _bare(when: dict[str, Any]) -> dict[str, Any]:
    return {name: "".join(filter(str.isdigit, value)) if name == "cpf" else value for name, value in when.items()}


def _invalid(place: str, rule: str) -> web.Response:
    return web.json_response({"field": place, "rule": rule}, status=422)


def _key_in_use() -> web.Response:
    return web.json_response({"error": "IDEMPOTENCY_KEY_IN_USE"}, status=409)


def _refuse_key(request: web.Request) -> web.Response | None:
    key = request.headers.get("x-api-key", "")
    if not key or "invalid" in key:
        return web.json_response({"error": "UNAUTHORIZED"}, status=401)
    return None
