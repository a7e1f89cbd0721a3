"""Use cases of the operator: partners come into being here and nowhere else, and their first keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from uuid import UUID

from pydantic_core import PydanticCustomError

from lastro.access.clients.model import SECRET_BYTES, Client, spell_secret
from lastro.access.clients.store import ClientStore
from lastro.access.errors import (
    LIMIT_RANGE,
    NO_BANK,
    NO_STORE,
    SCOPE_MISSING,
    UNKNOWN_PARTNER,
    UNKNOWN_PARTNER_CLIENT,
    UNKNOWN_PARTNER_KEY,
)
from lastro.access.model import (
    KEY_BYTES,
    MAX_STORES,
    MOST_ALLOWED,
    ApiKey,
    BankLink,
    CredentialStatus,
    Partner,
    Store,
    digest_key,
    spell_key,
)
from lastro.access.store import AccessStore
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import UNBOUND, Binding, StatusSpelling
from lastro.kernel.callers.limits import Limits
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.wire.persons.places import read_state
from lastro.wire.text import Line

_NAME = Line(120)


class Registration:
    """What an operator does. ``new_id`` gives random UUIDs and ``randomness`` so many random bytes."""

    def __init__(
        self,
        register: AccessStore,
        clients: ClientStore,
        clock: Clock,
        new_id: Callable[[], UUID],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._register = register
        self._clients = clients
        self._clock = clock
        self._new_id = new_id
        self._randomness = randomness

    def create_partner(self, name: str) -> Partner:
        """A partner without stores or keys. Raises ``InvalidInput`` for an empty or overlong name."""
        partner = Partner(
            str(self._new_id()),
            self._register.reserve_user_number(),
            _read("name", _NAME.read, name),
            self._clock.now(),
        )
        self._register.put_partner(partner)
        return partner

    def create_store(
        self,
        partner_id: str,
        name: str,
        cnpj: Cnpj,
        banks: Sequence[str],
        *,
        uf: str | None = None,
        city: str | None = None,
    ) -> Store:
        """A store whose banks become usable once their credentials are put.

        Raises ``InvalidInput`` for an unknown bank, a wrong name, state or city, ``NotFound`` without such a partner
        and ``Conflict`` when the partner has as many stores as it may.
        """
        name = _read("name", _NAME.read, name)
        uf = _read("uf", read_state, uf) if uf else None
        city = _read("city", _NAME.read, city) if city else None
        unknown = [code for code in banks if code not in BANKS]
        if unknown:
            raise InvalidInput([NO_BANK.at("bank", code=code) for code in unknown])
        self._require_partner(partner_id)
        now = self._clock.now()
        links = {code: BankLink(active=True, status=CredentialStatus.NOT_ANALYZED) for code in banks}
        store = Store(self._register.reserve_store_id(), partner_id, name, cnpj, now, now, uf, city, links)
        self._register.put_store(store, MAX_STORES)
        return store

    def create_key(self, partner_id: str, binding: Binding = UNBOUND) -> tuple[str, ApiKey]:
        """A new key: its text, to be shown this once, and what is kept of it. Raises ``NotFound``, and
        ``InvalidInput`` for a binding to stores that are not the partner's.
        """
        self._require_partner(partner_id)
        self._check_binding(partner_id, binding)
        text = spell_key(self._randomness(KEY_BYTES))
        key = ApiKey(str(self._new_id()), partner_id, digest_key(text), self._clock.now(), binding=binding)
        self._register.put_key(key)
        return text, key

    def bind_key(self, partner_id: str, key_id: str, binding: Binding) -> ApiKey:
        """Bind a key to this and nothing else. Raises as ``create_key``.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL.
        """
        self._check_binding(partner_id, binding)
        key = replace(self._require_key(partner_id, key_id), binding=binding)
        self._register.bind_key(key)
        return key

    def set_limits(self, partner_id: str, limits: Limits) -> Limits:
        """Allow a partner this much, and what is ``None`` as the deployment has it.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL. Raises ``NotFound``, and
        ``InvalidInput`` for what is no number from 1 to ``MOST_ALLOWED``.
        """
        wrong = [name for name, value in asdict(limits).items() if value is not None and not 1 <= value <= MOST_ALLOWED]
        if wrong:
            raise InvalidInput([LIMIT_RANGE.at(name, most=MOST_ALLOWED) for name in wrong])
        self._register.put_limits(partner_id, limits)
        return limits

    def list_keys(self, partner_id: str) -> list[ApiKey]:
        """Every key of a partner, revoked ones too. Raises ``NotFound``."""
        self._require_partner(partner_id)
        return self._register.find_keys(partner_id)

    def revoke_key(self, partner_id: str, key_id: str) -> ApiKey:
        """End a key; one already revoked keeps its moment. Raises ``NotFound``.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL.
        """
        key = self._require_key(partner_id, key_id)
        if key.revoked_at is None:
            now = self._clock.now()
            key = replace(key, revoked_at=now)
            self._register.revoke_key(key, now)
        return key

    def create_client(
        self,
        partner_id: str,
        scopes: Sequence[Scope] = tuple(Scope),
        binding: Binding = UNBOUND,
    ) -> tuple[str, Client]:
        """A new client of ``/client/auth``: its secret, to be shown this once, and what is kept of it.

        Raises ``NotFound`` without such a partner and ``InvalidInput`` without a scope.
        """
        if not scopes:
            raise InvalidInput([SCOPE_MISSING.at("scope")])
        self._require_partner(partner_id)
        self._check_binding(partner_id, binding)
        secret = spell_secret(self._randomness(SECRET_BYTES))
        client = Client(
            id=self._clients.reserve_client_id(),
            partner_id=partner_id,
            tag_name=str(self._new_id()),
            digest=digest_key(secret),
            scopes=tuple(dict.fromkeys(scopes)),
            created_at=self._clock.now(),
            binding=binding,
        )
        self._clients.put_client(client)
        return secret, client

    def list_clients(self, partner_id: str) -> list[Client]:
        """Every client of a partner in order of number, revoked ones too. Raises ``NotFound``."""
        self._require_partner(partner_id)
        return self._clients.find_clients(partner_id)

    def revoke_client(self, partner_id: str, client_id: int) -> Client:
        """End a client and every token it holds; one already revoked keeps its moment. Raises ``NotFound``.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL.
        """
        client = self._require_client(partner_id, client_id)
        if client.revoked_at is None:
            now = self._clock.now()
            client = replace(client, revoked_at=now)
            self._clients.revoke_client(client, now)
        return client

    def spell_statuses(self, partner_id: str, client_id: int, spelling: StatusSpelling) -> Client:
        """Choose what a client's answers call a process with proposals in analysis. Raises ``NotFound``.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL; processes that the client
        registered before keep the spelling in their notices.
        """
        client = self._require_client(partner_id, client_id)
        self._clients.spell_statuses(client, spelling)
        return replace(client, status_spelling=spelling)

    def bind_client(self, partner_id: str, client_id: int, binding: Binding) -> Client:
        """Bind a client and the tokens it holds to this and nothing else. Raises as ``create_client``.

        An authorizer answer in API Gateway's cache outlives this by at most its TTL.
        """
        self._check_binding(partner_id, binding)
        client = replace(self._require_client(partner_id, client_id), binding=binding)
        self._clients.bind_client(client)
        return client

    def _check_binding(self, partner_id: str, binding: Binding) -> None:
        if binding.store_ids is None:
            return
        standing = self._register.find_standing(partner_id)
        own = standing.store_ids if standing else ()
        foreign = [store_id for store_id in binding.store_ids if store_id not in own]
        if foreign or not binding.store_ids:
            raise InvalidInput([NO_STORE.at("store", store=each) for each in foreign or ("",)])

    def _require_key(self, partner_id: str, key_id: str) -> ApiKey:
        key = next((key for key in self._register.find_keys(partner_id) if key.id == key_id), None)
        if key is None:
            raise UNKNOWN_PARTNER_KEY()
        return key

    def _require_client(self, partner_id: str, client_id: int) -> Client:
        client = next((client for client in self._clients.find_clients(partner_id) if client.id == client_id), None)
        if client is None:
            raise UNKNOWN_PARTNER_CLIENT()
        return client

    def _require_partner(self, partner_id: str) -> None:
        if self._register.find_partner(partner_id) is None:
            raise UNKNOWN_PARTNER()


def _read(field: str, reader: Callable[[str], str], text: str) -> str:
    try:
        return reader(text)
    except PydanticCustomError as error:
        raise InvalidInput([FieldError(field, error.type, error.message())]) from error
