"""``POST /data_source/inquiries``: what an external base knows of a CPF, always the same for the same CPF.

The default follows from the CPF's two check digits ``n``: from 90 on the registration is irregular, from 80 to 89 there
are restrictions, below there is nothing; the score is ``300 + 7 n``.

``PUT /data_source/script`` with ``{"rules": [{"cpf": "…", "outcome": "restricted", "times": 1}]}`` says otherwise.
Outcomes: clean, restricted, irregular, low_score, unavailable (503), timeout (no answer in time), broken (an answer
nobody can read), unknown (404). ``DELETE`` forgets the script. ``GET /data_source/inquiries`` tells how often each CPF
was really looked up.

A request carries an ``Idempotency-Key``: the same key is the same inquiry and is counted once.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from lastro.documents import Cpf, InvalidDocument

OUTCOMES = ("clean", "restricted", "irregular", "low_score", "unavailable", "timeout", "broken", "unknown")
LONGEST_SILENCE_SECONDS = 30.0


@dataclass(slots=True)
class Rule:
    """One scripted outcome; ``cpf`` ``None`` means any, ``remaining`` ``None`` for ever."""

    outcome: str
    cpf: str | None = None
    delay_ms: int = 0
    remaining: int | None = None


@dataclass(slots=True)
class DataSource:
    """The base's script and ledger."""

    silence_seconds: float
    rules: list[Rule] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    inquiries: Counter[str] = field(default_factory=Counter)

    def outcome_of(self, cpf: str) -> Rule:
        for rule in self.rules:
            if rule.cpf in (None, cpf) and rule.remaining != 0:
                if rule.remaining is not None:
                    rule.remaining -= 1
                return rule
        number = int(cpf[-2:])
        return Rule("irregular" if number >= 90 else "restricted" if number >= 80 else "clean")


_SOURCE = web.AppKey("data_source", DataSource)


def add_data_source(app: web.Application, *, longest_silence: float = LONGEST_SILENCE_SECONDS) -> None:
    """Add the data source to an application; ``longest_silence`` bounds in seconds a call that is never answered."""
    app[_SOURCE] = DataSource(longest_silence)
    app.router.add_post("/data_source/inquiries", inquire)
    app.router.add_get("/data_source/inquiries", show)
    app.router.add_put("/data_source/script", put_script)
    app.router.add_delete("/data_source/script", delete_script)


async def inquire(request: web.Request) -> web.Response:
    """Answer ``{"cpf", "registration", "restrictions", "score"}``; 422 for anything but a CPF."""
    source = request.app[_SOURCE]
    try:
        cpf = Cpf(json.loads(await request.read())["cpf"]).value
    except (ValueError, KeyError, TypeError):
        return web.json_response({"error": "send a CPF"}, status=422)
    rule = source.outcome_of(cpf)
    if rule.delay_ms:
        await asyncio.sleep(rule.delay_ms / 1000)
    match rule.outcome:
        case "unavailable":
            return web.json_response({"error": "unavailable"}, status=503)
        case "timeout":
            await asyncio.sleep(source.silence_seconds)
            return web.Response(status=504)
        case "broken":
            return web.Response(text="<html>", content_type="text/html")
        case "unknown":
            return web.json_response({"error": "not found"}, status=404)
    key = request.headers.get("Idempotency-Key", "")
    if not key or key not in source.keys:
        source.keys.add(key)
        source.inquiries[cpf] += 1
    return web.json_response(
        {
            "cpf": cpf,
            "registration": "irregular" if rule.outcome == "irregular" else "regular",
            "restrictions": 2 if rule.outcome == "restricted" else 0,
            "score": 150 if rule.outcome == "low_score" else 300 + 7 * int(cpf[-2:]),
        }
    )


async def show(request: web.Request) -> web.Response:
    """How often each CPF was looked up."""
    return web.json_response({"inquiries": dict(request.app[_SOURCE].inquiries)})


async def put_script(request: web.Request) -> web.Response:
    """Replace the script: 204, or 422 saying what is wrong."""
    try:
        rules = _parse(json.loads(await request.read()))
    except ValueError as error:
        return web.json_response({"error": str(error)}, status=422)
    request.app[_SOURCE].rules = rules
    return web.Response(status=204)


async def delete_script(request: web.Request) -> web.Response:
    """Forget the script; the ledger stays."""
    request.app[_SOURCE].rules = []
    return web.Response(status=204)


def _parse(body: object) -> list[Rule]:
    if not isinstance(body, dict) or set(body) != {"rules"} or not isinstance(body["rules"], list):
        raise ValueError("the body is {rules: [...]}")
    return [_parse_rule(rule) for rule in body["rules"]]


def _parse_rule(rule: object) -> Rule:
    if not isinstance(rule, dict) or set(rule) - {"cpf", "outcome", "delay_ms", "times"}:
        raise ValueError("a rule holds cpf, outcome, delay_ms and times")
    if rule.get("outcome") not in OUTCOMES:
        raise ValueError(f"outcome is one of {', '.join(OUTCOMES)}")
    times, delay = rule.get("times"), rule.get("delay_ms", 0)
    if not (times is None or (isinstance(times, int) and times > 0)) or not isinstance(delay, int) or delay < 0:
        raise ValueError("times is a positive number, delay_ms none below zero")
    try:
        cpf = Cpf(rule["cpf"]).value if "cpf" in rule else None
    except InvalidDocument as error:
        raise ValueError("cpf is no CPF") from error
    return Rule(rule["outcome"], cpf, delay, times)
