"""What access asks of the outside: partners and stores kept somewhere, and a vault for bank credentials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from lastro.access.model import ApiKey, Partner, Store

if TYPE_CHECKING:
    from lastro.access.clients.model import Client
    from lastro.kernel.caller import StatusSpelling


class Directory(Protocol):
    """Partners, stores and keys as requests read them."""

    def find_key(self, digest: str) -> ApiKey | None:
        """The key with this digest, revoked or not."""
        ...

    def find_store_ids(self, partner_id: str) -> tuple[int, ...] | None:
        """The partner's stores in order, ``None`` when there is no such partner."""
        ...

    def find_partner(self, partner_id: str) -> Partner | None: ...

    def find_stores(self, store_ids: Sequence[int]) -> list[Store]:
        """The stores that exist among ``store_ids``, in order of id."""
        ...

    def set_bank_ready(self, store_id: int, bank_code: str, version: str, moment: str) -> None:
        """Mark a bank of a store active and okay with this version of its credential.

        Raises ``NotFound`` when there is no such store.
        """
        ...


class Register(Protocol):
    """Partners, stores and keys as the operator writes them."""

    def put_partner(self, partner: Partner) -> None: ...

    def find_partner(self, partner_id: str) -> Partner | None: ...

    def reserve_store_id(self) -> int: ...

    def put_store(self, store: Store, limit: int) -> None:
        """Store it under its partner.

        Raises ``NotFound`` without such a partner and ``Conflict`` when the partner has ``limit`` stores.
        """
        ...

    def put_key(self, key: ApiKey) -> None: ...

    def find_keys(self, partner_id: str) -> list[ApiKey]: ...

    def revoke_key(self, key: ApiKey, moment: str) -> None: ...


class Vault(Protocol):
    """Where bank credentials go in; nothing here reads them back."""

    def store(self, name: str, fields: Mapping[str, str]) -> str:
        """Keep a secret in the place of the one before; its version."""
        ...


class ClientBook(Protocol):
    """Clients of ``/client/auth`` as requests read them."""

    def find_client(self, client_id: int) -> Client | None: ...

    def find_login(self, client_id: int, window: int) -> tuple[Client | None, int]:
        """The client, if there is one, and its failing logins in the window that began then; one round trip."""
        ...

    def count_failure(self, client_id: int, window: int, expires: int) -> int:
        """Count a failing login by one atomic addition and return how many there are."""
        ...


class ClientRegister(Protocol):
    """Clients as the operator writes them."""

    def reserve_client_id(self) -> int: ...

    def put_client(self, client: Client) -> None: ...

    def find_clients(self, partner_id: str) -> list[Client]: ...

    def revoke_client(self, client: Client, moment: str) -> None: ...

    def spell_statuses(self, client: Client, spelling: StatusSpelling) -> None: ...


class TokenSigner(Protocol):
    """The key that signs tokens."""

    @property
    def key_id(self) -> str: ...

    def sign(self, message: bytes) -> bytes:
        """RS256. Raises ``Retryable`` when the key cannot be reached."""
        ...


class TokenVerifier(Protocol):
    """The key that tokens are verified with."""

    @property
    def key_id(self) -> str: ...

    def verify(self, message: bytes, signature: bytes) -> bool:
        """RS256. Raises ``Retryable`` when the key cannot be reached."""
        ...
