"""Who approves, in the table (keys in ``aws/dynamodb/keys``): a row a user."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from lastro.approvals.authorities.model import Authority, Limits
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table
from lastro.aws.dynamodb.turns import read_turn, take_turn
from lastro.kernel.calendar import format_moment
from lastro.kernel.texts.names import person_key, same_person

_SCHEMA = 1
_LIMITS = TypeAdapter(Limits)


class AuthorityStore:
    """A partner's authorities; each read is consistent."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, name: str) -> Authority | None:
        """The authority of a user; ``None`` for one who has none."""
        item = self._table.get(approval_keys.approval_authority(partner_id, person_key(name)))
        if item:
            return _to_authority(item)
        # One that was kept when capitals alone did not count lies elsewhere.
        return next((one for one in self.list(partner_id) if same_person(one.name, name)), None)

    def list(self, partner_id: str) -> list[Authority]:
        """All of them, in the order in which they are asked."""
        found = self._table.query(
            approval_keys.approval_authority(partner_id, "").pk, prefix=approval_keys.AUTHORITY_PREFIX
        )
        return sorted((_to_authority(item) for item in found), key=lambda one: (one.rank, one.name.casefold()))

    def read_turn(self, partner_id: str) -> int:
        """Read before the partner's authorities are counted, for ``add``."""
        return read_turn(self._table, _turn(partner_id))

    def add(self, partner_id: str, authority: Authority, turn: int) -> bool:
        """Keep a new one. False when this or another was added since the turn was read."""
        put = Put(key_of(partner_id, authority), _to_item(authority), {"PK": ABSENT})
        return self._table.commit([put, take_turn(_turn(partner_id), turn)])

    def replace(self, partner_id: str, authority: Authority) -> bool:
        """Keep the next version. False when somebody else changed it meanwhile."""
        where = {"version": authority.version - 1}
        return self._table.commit([Put(key_of(partner_id, authority), _to_item(authority), where)])


def key_of(partner_id: str, authority: Authority) -> Key:
    """Where an authority lies."""
    return approval_keys.approval_authority(partner_id, authority.key or person_key(authority.name))


def _turn(partner_id: str) -> str:
    return f"authorities#{partner_id}"


def _to_item(authority: Authority) -> Item:
    return {
        "entity": "approval_authority",
        "schema": _SCHEMA,
        "version": authority.version,
        "name": authority.name,
        "rank": authority.rank,
        "enabled": authority.enabled,
        "limits": _LIMITS.dump_python(authority.limits, mode="json"),
        "updated_at": format_moment(authority.updated_at),
    }


def _to_authority(item: Mapping[str, Any]) -> Authority:
    return Authority(
        name=item["name"],
        rank=item["rank"],
        limits=_LIMITS.validate_python(item["limits"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        enabled=item["enabled"],
        version=item["version"],
        key=item["SK"].removeprefix(approval_keys.AUTHORITY_PREFIX),
    )
