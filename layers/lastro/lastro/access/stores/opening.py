"""A partner opens a store, switches it on and off, and links it to every bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.access.errors import NO_MORE_STORES, READ_ONLY, STORE_BUSY, STORE_GONE
from lastro.access.model import MAX_STORES, BankLink, CredentialStatus, Store
from lastro.access.stores.requests import CreateStore, FindStore, NewStore
from lastro.access.stores.views import IntegratedBankList, StoreAnswer, view_banks, view_store
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import FOREIGN_STORE
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.access.store import AccessStore
    from lastro.access.stores.store import StoreRegister


def own_store(directory: AccessStore, store_id: int, caller: Caller) -> Store:
    """One of the caller's stores, its youngest too: the gateway knows it only a minute after it was opened.

    Raises ``Forbidden`` for a store of somebody else or none, ``NotFound`` to who is bound to others, and for one that
    is gone.
    """
    if caller.bound:
        caller.own_store(store_id)
    found = directory.find_stores([store_id])
    if found and found[0].partner_id == caller.partner_id:
        return found[0]
    raise STORE_GONE() if store_id in caller.store_ids else FOREIGN_STORE()


@dataclass(frozen=True)
class Stores:
    """What a partner does with its own stores."""

    directory: AccessStore
    register: StoreRegister
    clock: Clock

    def create(self, request: CreateStore, caller: Caller) -> StoreAnswer:
        """A store of the partner; the same request again gives the first answer again. Its number opens the calls of
        a store within a minute. Raises ``Conflict`` for a partner with as many stores as it may have.
        """
        sent = request.store
        keyed = KeyedRequest.of(
            f"create_store#{caller.partner_id}", request.idempotency_key, sent.model_dump_json(by_alias=True)
        )

        def create_once() -> StoreAnswer | None:
            now = self.clock.now()
            first = self.register.find_answer(keyed, now)
            if first is not None:
                return StoreAnswer.model_validate_json(first)
            store = self._opened(sent, caller)
            answer = StoreAnswer(store=view_store(store))
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            if self.register.open(store, MAX_STORES, answered):
                return answer
            if self.register.count(caller.partner_id) >= MAX_STORES:
                raise NO_MORE_STORES(most=MAX_STORES)
            return None

        return until_committed(create_once, STORE_BUSY)

    def switch(self, request: FindStore, caller: Caller, *, active: bool) -> StoreAnswer:
        """Let a store take simulations and proposals, or no new ones; what it has stays. A repeat changes nothing.

        Raises as ``own_store``, and ``Forbidden`` to who only reads, though the call is a GET.
        """
        _check_acts(caller)
        store = own_store(self.directory, request.store_id, caller)
        if store.active is not active:
            store = self.register.switch(store.id, active=active, moment=self.clock.now())
        return StoreAnswer(store=view_store(store))

    def link_banks(self, request: FindStore, caller: Caller) -> IntegratedBankList:
        """Link a store to every bank that it is not linked to yet: each is usable once its credentials are put.

        Raises as ``switch``.
        """
        _check_acts(caller)

        def link_once() -> Store | None:
            store = own_store(self.directory, request.store_id, caller)
            missing = [code for code in BANKS if code not in store.banks]
            return self.register.link(store.id, missing, self.clock.now()) if missing else store

        return view_banks(until_committed(link_once, STORE_BUSY), ())

    def _opened(self, sent: NewStore, caller: Caller) -> Store:
        now = self.clock.now()
        wanted = BANKS if sent.links_banks else ()
        return Store(
            id=self.directory.reserve_store_id(),
            partner_id=caller.partner_id,
            name=sent.name,
            cnpj=Cnpj(sent.cnpj),
            created_at=now,
            updated_at=now,
            uf=sent.uf,
            city=sent.city,
            banks={code: BankLink(active=True, status=CredentialStatus.NOT_ANALYZED) for code in wanted},
            display_name=sent.display_name,
            sells_new=sent.new_vehicle_sales,
            sells_used=sent.used_vehicle_sales,
            published=sent.publish,
            active=sent.active,
        )


def _check_acts(caller: Caller) -> None:
    if caller.role is Role.READER:
        raise READ_ONLY()
