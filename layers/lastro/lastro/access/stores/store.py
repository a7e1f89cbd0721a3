"""Rows of a partner's own stores (keys in ``aws/dynamodb/keys/access``), written together with what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lastro.access.errors import STORE_GONE
from lastro.access.model import CredentialStatus, Store
from lastro.access.store import store_writes, to_store
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import access as keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, Update
from lastro.kernel.keyed_request import Answered


class StoreRegister(FirstAnswers):
    """Stores as their partner writes them."""

    def open(self, store: Store, limit: int, answered: Answered | None) -> bool:
        """Keep a new store. False when the partner has ``limit`` of them, or the same request was first."""
        return self._commit(store_writes(store, limit), answered)

    def count(self, partner_id: str) -> int:
        item = self._table.get(keys.partner(partner_id))
        return int(item["stores"]) if item else 0

    def switch(self, store_id: int, *, active: bool, moment: datetime) -> Store:
        """The store as it is then. Raises ``NotFound`` for one that is gone."""
        change = Update(
            keys.store(store_id),
            assign={"active": active, "updated_at": moment},
            add={"version": 1},
            where={"entity": "store"},
        )
        try:
            return to_store(self._table.write(change))
        except ConditionFailed as error:
            raise STORE_GONE() from error

    def link(self, store_id: int, bank_codes: Sequence[str], moment: datetime) -> Store | None:
        """The store with banks that it was not linked to; ``None`` when somebody linked one meanwhile: read again."""
        waiting = {"active": True, "status": CredentialStatus.NOT_ANALYZED, "version": None}
        links = {f"banks.{code}": waiting for code in bank_codes}
        change = Update(
            keys.store(store_id),
            assign={**links, "updated_at": moment},
            add={"version": 1},
            where={"entity": "store", **dict.fromkeys(links, ABSENT)},
        )
        try:
            return to_store(self._table.write(change))
        except ConditionFailed:
            return None
