"""Partners, stores and API keys in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

from lastro.access.bindings import read_binding, spell_binding
from lastro.access.errors import KEY_NOT_FOUND, STORE_GONE, TOO_MANY_STORES, UNKNOWN_PARTNER
from lastro.access.model import ApiKey, BankLink, CredentialStatus, Partner, Standing, Store, forgotten_at
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, AtMost, Item, Put, Table, Update, Write
from lastro.kernel.calendar import read_moment
from lastro.kernel.callers.limits import Limits
from lastro.kernel.documents import Cnpj

_SCHEMA = 1
_LIMITS = tuple(field.name for field in fields(Limits))


class AccessStore:
    """Partners, stores and keys as requests read them and as the operator writes them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    # what requests read -----------------------------------------------------------------------------------------

    def find_key(self, digest: str) -> ApiKey | None:
        item = self._table.get(access_keys.api_key(digest))
        return _to_key(item) if item else None

    def find_standing(self, partner_id: str) -> Standing | None:
        """What every call of a partner goes by: its stores and its limits."""
        at = access_keys.partner(partner_id)
        found = list(self._table.query(at.pk, at_least=at.sk, only=("entity", "store_id", *_LIMITS)))
        partner = next((item for item in found if item["entity"] == "partner"), None)
        if partner is None:
            return None
        stores = tuple(item["store_id"] for item in found if item["entity"] == "partner_store")
        return Standing(stores, Limits(**{name: partner.get(name) for name in _LIMITS}))

    def find_partner(self, partner_id: str) -> Partner | None:
        item = self._table.get(access_keys.partner(partner_id))
        return _to_partner(item) if item else None

    def find_stores(self, store_ids: Sequence[int]) -> list[Store]:
        found = self._table.get_many(access_keys.store(store_id) for store_id in store_ids)
        return sorted(map(to_store, found.values()), key=lambda store: store.id)

    def set_bank_ready(self, store_id: int, bank_code: str, version: str, moment: datetime) -> None:
        ready = Update(
            access_keys.store(store_id),
            assign={
                f"banks.{bank_code}": {"active": True, "status": CredentialStatus.OKAY, "version": version},
                "updated_at": moment,
            },
            add={"version": 1},
            where={"entity": "store"},
        )
        try:
            self._table.write(ready)
        except ConditionFailed as error:
            raise STORE_GONE() from error

    # what the operator writes -----------------------------------------------------------------------------------

    def put_partner(self, partner: Partner) -> None:
        item = _entity(
            "partner", id=partner.id, number=partner.number, name=partner.name, created_at=partner.created_at, stores=0
        )
        self._table.write(Put(access_keys.partner(partner.id), item, {"PK": ABSENT}))

    def put_limits(self, partner_id: str, limits: Limits) -> None:
        """Keep the limits of a partner; raises ``NotFound`` without such a partner."""
        given = {name: value for name, value in asdict(limits).items() if value is not None}
        absent = [name for name in _LIMITS if name not in given]
        try:
            self._table.write(
                Update(access_keys.partner(partner_id), assign=given, remove=absent, where={"entity": "partner"})
            )
        except ConditionFailed as error:
            raise UNKNOWN_PARTNER() from error

    def reserve_user_number(self) -> int:
        """The next number of a partner or of a person: no two users have the same."""
        return self._table.reserve(keys.sequence("user"), 1)

    def reserve_store_id(self) -> int:
        return self._table.reserve(keys.sequence("store"), 1)

    def put_store(self, store: Store, limit: int) -> None:
        """The store, its row under the partner and the partner's count, all or none."""
        try:
            self._table.transact(store_writes(store, limit))
        except ConditionFailed as error:
            if self.find_partner(store.partner_id) is None:
                raise UNKNOWN_PARTNER() from error
            raise TOO_MANY_STORES(most=limit) from error

    def put_key(self, key: ApiKey) -> None:
        """The key by its digest and in the partner's list, both or none."""
        item = _key_item(key)
        self._table.transact(
            [
                Put(access_keys.api_key(key.digest), item, {"PK": ABSENT}),
                Put(access_keys.partner_key(key.partner_id, key.id), item, {"PK": ABSENT}),
            ]
        )

    def find_key_of(self, partner_id: str, key_id: str) -> ApiKey | None:
        """A key by its public id; ``None`` once it is forgotten."""
        item = self._table.get(access_keys.partner_key(partner_id, key_id))
        return _to_key(item) if item else None

    def find_keys(self, partner_id: str) -> list[ApiKey]:
        found = self._table.query(access_keys.partner(partner_id).pk, prefix=access_keys.PARTNER_KEY_PREFIX)
        return sorted(map(_to_key, found), key=lambda key: key.created_at)

    def replace_key(self, before: ApiKey, ends: ApiKey, fresh: ApiKey) -> bool:
        """Keep a key that takes the place of another, which ends; false when that one was changed meanwhile."""
        fields: dict[str, object] = {"expires_at": ends.expires_at, "replaced_by": ends.replaced_by}
        if ends.expires_at is not None:
            fields["expires"] = forgotten_at(ends.expires_at)
        where = {"version": before.version}
        item = _key_item(fresh)
        return self._table.commit(
            [
                *(Update(place, assign=fields, add={"version": 1}, where=where) for place in _places(before)),
                *(Put(place, item, {"PK": ABSENT}) for place in _places(fresh)),
            ]
        )

    def bind_key(self, key: ApiKey) -> None:
        self._assign(key, spell_binding(key.binding))

    def revoke_key(self, key: ApiKey, moment: datetime) -> None:
        self._assign(key, {"revoked_at": moment, "expires": forgotten_at(moment)})

    def _assign(self, key: ApiKey, fields: Mapping[str, object]) -> None:
        """Raises ``NotFound`` where one of the two rows is forgotten already: each goes at a time of its own."""
        writes = [Update(place, assign=fields, add={"version": 1}, where={"id": key.id}) for place in _places(key)]
        if not self._table.commit(writes):
            raise KEY_NOT_FOUND()


def _places(key: ApiKey) -> tuple[Key, Key]:
    """By its digest and in its partner's list."""
    return access_keys.api_key(key.digest), access_keys.partner_key(key.partner_id, key.id)


def _entity(kind: str, /, **attributes: object) -> Item:
    return {"entity": kind, "schema": _SCHEMA, "version": 1, **attributes}


def store_writes(store: Store, limit: int) -> list[Write]:
    """A new store, its row under the partner and the partner's count: refused where it has ``limit`` of them."""
    listed = _entity("partner_store", store_id=store.id, partner_id=store.partner_id)
    return [
        Update(access_keys.partner(store.partner_id), add={"stores": 1}, where={"stores": AtMost(limit - 1)}),
        Put(access_keys.store(store.id), _store_item(store), {"PK": ABSENT}),
        Put(access_keys.partner_store(store.partner_id, store.id), listed, {"PK": ABSENT}),
    ]


def _store_item(store: Store) -> Item:
    return _entity(
        "store",
        id=store.id,
        partner_id=store.partner_id,
        name=store.name,
        cnpj=store.cnpj.value,
        uf=store.uf,
        city=store.city,
        banks={code: asdict(link) for code, link in store.banks.items()},
        created_at=store.created_at,
        updated_at=store.updated_at,
        display_name=store.display_name,
        active=store.active,
        sells_new=store.sells_new,
        sells_used=store.sells_used,
        published=store.published,
    )


def user_number(item: Item) -> int:
    """The number of a partner or person; of one kept before users had numbers, 49 bits of its UUID."""
    return int(item["number"]) if "number" in item else UUID(item["id"]).int >> 79


def _to_partner(item: Item) -> Partner:
    return Partner(item["id"], user_number(item), item["name"], read_moment(item["created_at"]))


def to_store(item: Item) -> Store:
    return Store(
        id=item["id"],
        partner_id=item["partner_id"],
        name=item["name"],
        cnpj=Cnpj(item["cnpj"]),
        created_at=read_moment(item["created_at"]),
        updated_at=read_moment(item["updated_at"]),
        uf=item["uf"],
        city=item["city"],
        banks={
            code: BankLink(link["active"], CredentialStatus(link["status"]), link.get("version"))
            for code, link in item["banks"].items()
        },
        display_name=item.get("display_name"),
        active=item.get("active", True),
        sells_new=item.get("sells_new", True),
        sells_used=item.get("sells_used", True),
        published=item.get("published", False),
    )


def _key_item(key: ApiKey) -> Item:
    return _entity(
        "api_key",
        id=key.id,
        partner_id=key.partner_id,
        digest=key.digest,
        created_at=key.created_at,
        revoked_at=key.revoked_at,
        expires_at=key.expires_at,
        replaced_by=key.replaced_by,
        **spell_binding(key.binding),
    )


def _to_key(item: Item) -> ApiKey:
    return ApiKey(
        item["id"],
        item["partner_id"],
        item["digest"],
        read_moment(item["created_at"]),
        read_moment(item["revoked_at"]),
        read_binding(item),
        read_moment(item.get("expires_at")),
        item.get("replaced_by"),
        item["version"],
    )
