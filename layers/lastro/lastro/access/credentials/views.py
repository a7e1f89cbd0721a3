"""What a partner reads of its own keys and clients: never a secret but once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from lastro.access.views import Moment
from lastro.kernel.calendar import format_moment
from lastro.kernel.callers.caller import Caller, Panel, Role
from lastro.kernel.callers.scopes import Scope

if TYPE_CHECKING:
    from lastro.access.clients.model import Client
    from lastro.access.model import ApiKey

Stores = Annotated[list[int] | None, Field(description="The stores it is bound to; null: all", examples=[[1]])]
BoundPanel = Annotated[Panel | None, Field(description="The panel it is bound to; null: any")]
Moments = Annotated[str | None, Field(description="UTC, ISO 8601; null: never", examples=["2026-11-04T12:00:00.000Z"])]


class ApiKeyView(BaseModel):
    """An API key as it is kept: the key itself cannot be read again."""

    id: Annotated[str, Field(description="Id of the key", examples=["2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"])]
    created_at: Moment
    expires_at: Moments
    revoked_at: Moments
    replaced_by: Annotated[str | None, Field(description="Id of the key that takes its place", examples=[None])]
    current: Annotated[bool, Field(description="The key of this very call", examples=[True])]
    store_ids: Stores
    panel: BoundPanel
    role: Annotated[Role, Field(description="reader: it may only read")]


class ApiKeyList(BaseModel):
    """Keys, oldest first."""

    api_keys: Annotated[list[ApiKeyView], Field(description="Every key that this credential sees")]


class CreatedApiKey(BaseModel):
    """A key that was made."""

    key: Annotated[str, Field(description="The key itself, shown this once", examples=["lk_exemplo"])]
    api_key: ApiKeyView


class NewApiKey(BaseModel):
    """A key that takes the place of another."""

    key: Annotated[str, Field(description="The key itself, shown this once", examples=["lk_exemplo"])]
    api_key: ApiKeyView
    replaced: ApiKeyView


class ClientView(BaseModel):
    """A client of /client/auth: its secret cannot be read again."""

    client_id: Annotated[int, Field(description="Number of the client", examples=[1])]
    scopes: Annotated[list[Scope], Field(description="What its tokens may open", examples=[["api-external"]])]
    created_at: Moment
    revoked_at: Moments
    secret_created_at: Moment
    previous_secret_valid_until: Moments
    store_ids: Stores
    panel: BoundPanel
    role: Annotated[Role, Field(description="reader: it may only read")]


class ClientList(BaseModel):
    """Clients, in order of number."""

    clients: Annotated[list[ClientView], Field(description="Every client that this credential sees")]


class CreatedClient(BaseModel):
    """A client that was made."""

    client_secret: Annotated[str, Field(description="The secret itself, shown this once", examples=["ls_exemplo"])]
    client: ClientView


class NewClientSecret(BaseModel):
    """A secret that takes the place of another."""

    client_secret: Annotated[str, Field(description="The secret itself, shown this once", examples=["ls_exemplo"])]
    client: ClientView


def show_key(key: ApiKey, caller: Caller) -> ApiKeyView:
    """A key as its partner reads it."""
    return ApiKeyView(
        id=key.id,
        created_at=format_moment(key.created_at),
        expires_at=format_moment(key.expires_at),
        revoked_at=format_moment(key.revoked_at),
        replaced_by=key.replaced_by,
        current=key.id == caller.principal,
        store_ids=None if key.binding.store_ids is None else list(key.binding.store_ids),
        panel=key.binding.panel,
        role=key.binding.role,
    )


def show_client(client: Client, now: datetime) -> ClientView:
    """A client as its partner reads it."""
    return ClientView(
        client_id=client.id,
        scopes=list(client.scopes),
        created_at=format_moment(client.created_at),
        revoked_at=format_moment(client.revoked_at),
        secret_created_at=format_moment(client.secret_at or client.created_at),
        previous_secret_valid_until=format_moment(client.previous_until) if client.overlaps(now) else None,
        store_ids=None if client.binding.store_ids is None else list(client.binding.store_ids),
        panel=client.binding.panel,
        role=client.binding.role,
    )
