"""Clients and their failing logins in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lastro.access.bindings import read_binding, spell_binding
from lastro.access.clients.model import Client
from lastro.access.errors import CLIENT_NOT_FOUND
from lastro.access.model import forgotten_at
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table, Update
from lastro.kernel.calendar import read_moment
from lastro.kernel.callers.caller import StatusSpelling
from lastro.kernel.callers.scopes import Scope

_SCHEMA = 1


class ClientStore:
    """Clients of ``/client/auth`` as requests read them and as the operator writes them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    # what requests read -----------------------------------------------------------------------------------------

    def find_client(self, client_id: int) -> Client | None:
        item = self._table.get(access_keys.client(client_id))
        return _to_client(item) if item else None

    def find_login(self, client_id: int, source: str, window: int) -> tuple[Client | None, int]:
        """The client, and the failures of the source in the window: one round trip."""
        counted = _failures(source, window)
        found = self._table.get_many([access_keys.client(client_id), counted])
        item = found.get(access_keys.client(client_id))
        return (_to_client(item) if item else None), found.get(counted, {}).get("calls", 0)

    def count_failure(self, source: str, window: int, expires: int) -> int:
        counted = Update(_failures(source, window), assign={"expires": expires}, add={"calls": 1})
        return int(self._table.write(counted)["calls"])

    # what the operator writes -----------------------------------------------------------------------------------

    def reserve_client_id(self) -> int:
        return self._table.reserve(keys.sequence("client"), 1)

    def put_client(self, client: Client) -> None:
        """The client by its id and in its partner's list, both or none."""
        item = _to_item(client)
        self._table.transact(
            [
                Put(access_keys.client(client.id), item, {"PK": ABSENT}),
                Put(access_keys.partner_client(client.partner_id, client.id), item, {"PK": ABSENT}),
            ]
        )

    def find_clients(self, partner_id: str) -> list[Client]:
        found = self._table.query(access_keys.partner(partner_id).pk, prefix=access_keys.PARTNER_CLIENT_PREFIX)
        return [_to_client(item) for item in found]

    def revoke_client(self, client: Client, moment: datetime) -> None:
        self._assign(client, {"revoked_at": moment, "expires": forgotten_at(moment)})

    def replace_secret(self, before: Client, after: Client) -> bool:
        """Keep another secret, or the end of the one before; false when the client was changed meanwhile."""
        names = ("digest", "secret_at", "previous_digest", "previous_until")
        fields = {name: getattr(after, name) for name in names}
        where = {"version": before.version}
        return self._table.commit(
            [Update(place, assign=fields, add={"version": 1}, where=where) for place in _places(before)]
        )

    def spell_statuses(self, client: Client, spelling: StatusSpelling) -> None:
        self._assign(client, {"status_spelling": spelling.value})

    def bind_client(self, client: Client) -> None:
        self._assign(client, spell_binding(client.binding))

    def _assign(self, client: Client, fields: Mapping[str, object]) -> None:
        """Raises ``NotFound`` where one of the two rows is forgotten already: each goes at a time of its own."""
        writes = [
            Update(place, assign=fields, add={"version": 1}, where={"id": client.id}) for place in _places(client)
        ]
        if not self._table.commit(writes):
            raise CLIENT_NOT_FOUND()


def _places(client: Client) -> tuple[Key, Key]:
    """By its number and in its partner's list."""
    return access_keys.client(client.id), access_keys.partner_client(client.partner_id, client.id)


def _failures(source: str, window: int) -> Key:
    return keys.call_count(f"login#{source}", str(window))


def _to_item(client: Client) -> Item:
    return {
        "entity": "client",
        "schema": _SCHEMA,
        "version": 1,
        "id": client.id,
        "partner_id": client.partner_id,
        "tag_name": client.tag_name,
        "digest": client.digest,
        "scopes": [scope.value for scope in client.scopes],
        "created_at": client.created_at,
        "revoked_at": client.revoked_at,
        "status_spelling": client.status_spelling.value,
        **spell_binding(client.binding),
    }


def _to_client(item: Mapping[str, Any]) -> Client:
    return Client(
        id=item["id"],
        partner_id=item["partner_id"],
        tag_name=item["tag_name"],
        digest=item["digest"],
        scopes=tuple(map(Scope, item["scopes"])),
        created_at=read_moment(item["created_at"]),
        revoked_at=read_moment(item["revoked_at"]),
        status_spelling=StatusSpelling(item.get("status_spelling", StatusSpelling.PAGES)),
        binding=read_binding(item),
        secret_at=read_moment(item.get("secret_at")),
        previous_digest=item.get("previous_digest"),
        previous_until=read_moment(item.get("previous_until")),
        version=item["version"],
    )
