"""Who is asking: the partner an authorizer recognised and the store the call is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lastro.kernel.errors import FOREIGN_STORE, STORE_REQUIRED, InvalidInput
from lastro.kernel.scopes import Scope


class StatusSpelling(StrEnum):
    """How a credential reads the status of a process whose proposals are in analysis.

    ``PAGES``: ``PROPOSAL_ANALYSIS``, as the vendor's pages have it. ``CLIENTS``: ``PROPOSAL_ANALISIS``, as every
    enumeration of its public client libraries has it.
    """

    PAGES = "pages"
    CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class Caller:
    """A recognised partner. ``chosen_store`` is the ``Store-Id`` header as sent, ``None`` when it was left out.

    ``principal`` names what identified it: an API key or a client of ``/client/auth``, never a secret.
    ``status_spelling`` is that credential's.
    """

    partner_id: str
    store_ids: tuple[int, ...]
    chosen_store: int | None = None
    principal: str = ""
    status_spelling: StatusSpelling = StatusSpelling.PAGES

    @property
    def store_id(self) -> int:
        """The store this call is about.

        Raises ``Forbidden`` for a store of another partner and ``InvalidInput`` when a partner with several stores
        named none.
        """
        if self.chosen_store is not None:
            return self.own_store(self.chosen_store)
        if len(self.store_ids) == 1:
            return self.store_ids[0]
        raise InvalidInput([STORE_REQUIRED.at("Store-Id")])

    def own_store(self, store_id: int) -> int:
        """Return ``store_id`` when it is one of the partner's stores, else raise ``Forbidden``."""
        if store_id not in self.store_ids:
            raise FOREIGN_STORE()
        return store_id


@dataclass(frozen=True, slots=True)
class Source:
    """Where a call comes from: the address that API Gateway saw, never one that a header claims. Empty: unknown."""

    address: str


@dataclass(frozen=True, slots=True)
class Admission:
    """What a credential lets its holder do: who it is and which scopes it has.

    ``scopes`` is ``None`` for a credential that opens every call. ``until`` is when it runs out, in seconds since 1970;
    ``None`` for one without an end.
    """

    caller: Caller
    scopes: tuple[Scope, ...] | None = None
    until: int | None = None
