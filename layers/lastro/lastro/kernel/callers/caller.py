"""Who is asking: the partner an authorizer recognised and the store the call is about."""

from __future__ import annotations

from enum import StrEnum

from lastro.kernel.callers.jobs import Job
from lastro.kernel.callers.limits import DEFAULT, Limits
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FOREIGN_STORE, NO_SUCH_STORE, STORE_REQUIRED, InvalidInput


class StatusSpelling(StrEnum):
    """How a credential reads the status of a process whose proposals are in analysis.

    ``PAGES``: ``PROPOSAL_ANALYSIS``, as the vendor's pages have it. ``CLIENTS``: ``PROPOSAL_ANALISIS``, as every
    enumeration of its public client libraries has it.
    """

    PAGES = "pages"
    CLIENTS = "clients"


class Panel(StrEnum):
    """The portal whose user asks (docs/sources.md): the developer's own, a broker's, an agency's."""

    MANAGER = "manager"
    BROKER = "broker"
    AGENCY = "agency"


SELLING = (Panel.BROKER, Panel.AGENCY)
"""The panels of who sells for the partner."""


class Role(StrEnum):
    """What a credential may do within its bounds: ``MEMBER`` all, ``READER`` only read."""

    MEMBER = "member"
    READER = "reader"


class Boundary(StrEnum):
    """What a credential may be bound to. A call that does not keep a boundary is closed to who is bound by it."""

    STORES = "stores"
    PANEL = "panel"


@dataclass(frozen=True)
class Binding:
    """What the operator bound a credential to; ``None`` where it is not bound."""

    store_ids: tuple[int, ...] | None = None
    panel: Panel | None = None
    role: Role = Role.MEMBER


UNBOUND = Binding()


@dataclass(frozen=True)
class Caller:
    """A recognised partner. ``chosen_store`` is the ``Store-Id`` header as sent, ``None`` when it was left out.

    ``principal`` names what identified it: an API key or a client of ``/client/auth``, never a secret.
    ``status_spelling`` is that credential's. Where it is ``bound``, ``store_ids`` are the only stores there are for it;
    with ``panel`` it asks and sees for that panel alone. ``limits`` are those of the partner. A ``person`` of the
    customers' portal, named by its UUID, is told of itself alone; ``login`` names the login that it came in by. ``job``
    is that of a person who works with the panel, whose UUID is the ``principal`` and whose e-mail ``acts_as``.
    """

    partner_id: str
    store_ids: tuple[int, ...]
    chosen_store: int | None = None
    principal: str = ""
    status_spelling: StatusSpelling = StatusSpelling.PAGES
    bound: bool = False
    panel: Panel | None = None
    role: Role = Role.MEMBER
    limits: Limits = DEFAULT
    person: str = ""
    login: str = ""
    job: Job | None = None
    acts_as: str = ""

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
        """Return ``store_id`` when it is one of the caller's stores.

        Raises ``NotFound`` to who is bound to others, else ``Forbidden``.
        """
        if store_id not in self.store_ids:
            raise NO_SUCH_STORE() if self.bound else FOREIGN_STORE()
        return store_id

    @property
    def optional_store(self) -> int | None:
        """The store that what this call makes or lists belongs to, ``None`` for the partner's own of no store.

        Who is bound has one. Raises ``InvalidInput`` when it is bound to several and named none.
        """
        return self.store_id if self.bound else self.chosen_store

    @property
    def view(self) -> str:
        """A name of all that this call sees of its partner: what was made of it is shown under the same name alone."""
        if not self.bound and self.panel is None:
            return str(self.chosen_store)
        stores = self.store_ids if self.chosen_store is None else (self.chosen_store,)
        return f"{self.bound}#{stores}#{self.panel}"

    @property
    def holder(self) -> str:
        """A name of whose what this call makes is: the partner's, or that of who is bound within it.

        What is stored under an ``Idempotency-Key`` is found under the same name alone.
        """
        return f"{self.partner_id}#{self.view}" if self.bound or self.panel is not None else self.partner_id

    def holder_in(self, store_id: int) -> str:
        """A name of whose what this call makes in a store is: the store's, or within it that of a panel that sells.

        What is stored under an ``Idempotency-Key`` is found under the same name alone.
        """
        return f"{store_id}#{self.selling_panel}" if self.selling_panel else str(store_id)

    def sees(self, store_id: int | None) -> bool:
        """Whether this call sees what belongs to ``store_id``.

        What belongs to no store is the partner's: who is bound to stores does not see it, every other call does.
        """
        if store_id is None:
            return not self.bound
        return store_id == self.chosen_store if self.chosen_store is not None else self._owns(store_id)

    def shares(self, store_id: int | None) -> bool:
        """Whether this call sees what is set up for ``store_id``; what is set up for no store serves them all."""
        return store_id is None or self.sees(store_id)

    def sees_panel(self, panel: Panel) -> bool:
        """Whether this call sees what was asked from ``panel``."""
        return self.panel in (None, panel)

    @property
    def selling_panel(self) -> Panel | None:
        """The panel of who sells by this call, a broker's or an agency's: what it makes in a store is of that panel."""
        return self.panel if self.panel in SELLING else None

    def sees_sold_by(self, panel: Panel | None) -> bool:
        """Whether this call sees what was made in its store for ``panel``: who sells, what is of its own panel, who
        does not, what everybody made.
        """
        return self.selling_panel in (None, panel)

    def _owns(self, store_id: int) -> bool:
        return not self.bound or store_id in self.store_ids


@dataclass(frozen=True)
class Source:
    """Where a call comes from: the address that API Gateway saw, never one that a header claims. Empty: unknown."""

    address: str


@dataclass(frozen=True)
class Admission:
    """What a credential lets its holder do: who it is and which scopes it has.

    ``scopes`` is ``None`` for a credential that opens every call. ``until`` is when it runs out, in seconds since 1970;
    ``None`` for one without an end.
    """

    caller: Caller
    scopes: tuple[Scope, ...] | None = None
    until: int | None = None
