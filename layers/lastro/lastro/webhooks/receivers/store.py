"""Receivers in the table. Each is a row of its own: tries of one receiver meet there, and nobody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import webhooks as keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, AbsentOrAtMost, Item, Table, Update
from lastro.kernel.calendar import format_moment
from lastro.webhooks.receivers.model import AT_ONCE, KEPT, LEASE, Receiver, pause_after

_SCHEMA = 1


class ReceiverStore:
    """Places for tries, and how receivers answer. Every write is one round trip and reads nothing first."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, name: str) -> Receiver:
        """What is known of a receiver: nothing, of a new one."""
        item = self._table.get(keys.receiver(partner_id, name))
        return _to_receiver(partner_id, name, item or {})

    def take_place(self, receiver: Receiver, number: int, now: datetime) -> datetime | None:
        """Hold a place for a try; returns until when. ``None`` when it is taken, or the receiver is to be left alone.

        Only the first place is there while the receiver fails.
        """
        until, moment = now + LEASE, format_moment(now)
        where: dict[str, Any] = {_place(number): AbsentOrAtMost(moment), "paused_until": AbsentOrAtMost(moment)}
        if number:
            where["failures"] = AbsentOrAtMost(0)
        assign = {
            "entity": "receiver",
            "schema": _SCHEMA,
            "expires": int((now + KEPT).timestamp()),
            _place(number): format_moment(until),
        }
        return until if self._done(Update(_key(receiver), assign=assign, where=where)) is not None else None

    def give_back(self, receiver: Receiver, number: int, until: datetime) -> None:
        """Leave a place of a try that was not made."""
        self._done(Update(_key(receiver), remove=(_place(number),), where=_held(number, until)))

    def note_success(self, receiver: Receiver, number: int, until: datetime) -> None:
        """Leave a place after a good answer: the receiver is well."""
        update = Update(
            _key(receiver),
            assign={"failures": 0},
            remove=(_place(number), "failing_since", "paused_until"),
            where=_held(number, until),
        )
        self._done(update)

    def note_failure(self, receiver: Receiver, number: int, until: datetime, now: datetime) -> Receiver | None:
        """Leave a place after a try that failed, and begin the pause that is due after so many.

        The receiver after it; ``None`` when the place was no longer held: who took it tells how the receiver answers.
        """
        counted = Update(_key(receiver), add={"failures": 1}, remove=(_place(number),), where=_held(number, until))
        item = self._done(counted)
        if item is None:
            return None
        after = _to_receiver(receiver.partner_id, receiver.name, item)
        pause = pause_after(after.failures)
        if after.failing_since is None:
            first = {"failing_since": format_moment(now)}
            item = self._done(Update(_key(receiver), assign=first, where={"failing_since": ABSENT})) or item
        if pause:
            paused = {"paused_until": format_moment(now + pause)}
            item = self._done(Update(_key(receiver), assign=paused, where={"failures": after.failures})) or item
        return _to_receiver(receiver.partner_id, receiver.name, item)

    def _done(self, update: Update) -> Item | None:
        """The row after a write; ``None`` when something is stored otherwise than the write requires."""
        try:
            return self._table.write(update)
        except ConditionFailed:
            return None


def _key(receiver: Receiver) -> Key:
    return keys.receiver(receiver.partner_id, receiver.name)


def _place(number: int) -> str:
    return f"place_{number}"


def _held(number: int, until: datetime) -> dict[str, Any]:
    return {_place(number): format_moment(until)}


def _to_receiver(partner_id: str, name: str, item: Item) -> Receiver:
    return Receiver(
        partner_id=partner_id,
        name=name,
        failures=int(item.get("failures", 0)),
        failing_since=_moment(item.get("failing_since")),
        paused_until=_moment(item.get("paused_until")),
        places={number: until for number in range(AT_ONCE) if (until := _moment(item.get(_place(number))))},
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
