"""What is answered to who logs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from lastro.customers.portal.fields import Kind, Moment, View
from lastro.customers.portal.logins.model import TRIES, Channel, Login
from lastro.customers.portal.people.model import Person
from lastro.kernel.calendar import format_moment

if TYPE_CHECKING:
    from lastro.aws.pools.user_pool import PoolTokens


class LoginView(View):
    """A login that waits for its code. It says the same whether somebody is at the address or not."""

    id: Annotated[str, Field(description="UUID", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    channel: Annotated[Channel, Field(description="How the code is sent", examples=["email"])]
    expires_at: Moment
    tries: Annotated[int, Field(description="How often a code may be told", examples=[5])]


class LoginAnswer(View):
    """Envelope of a login."""

    portal_login: LoginView


class SessionView(View):
    """Tokens of a login, and what is due in it."""

    access_token: Annotated[
        str, Field(description="Sent as a bearer token", examples=["eyJhbGciOiJSUzI1NiJ9.e30.c2ln"])
    ]
    expires_in: Annotated[int, Field(description="Seconds that the access token is good for", examples=[900])]
    refresh_token: Annotated[
        str | None,
        Field(
            description="Gives further access tokens for twelve hours; null when these were refreshed", examples=[None]
        ),
    ]
    kind: Kind
    registration_update_due: Annotated[
        bool, Field(description="This login has to show the form of the registration update", examples=[True])
    ]


class SessionAnswer(View):
    """Envelope of tokens."""

    portal_session: SessionView


class PageSessionView(View):
    """An access token for the portal's own page; what renews it travels in the cookie alone."""

    access_token: Annotated[str, Field(repr=False, description="Sent as a bearer token")]
    expires_in: Annotated[int, Field(description="Seconds that the access token is good for")]
    registration_update_due: Annotated[bool, Field(description="This login has to show the form of the update")]


def show_login(login: Login) -> LoginAnswer:
    view = LoginView(id=login.id, channel=login.channel, expires_at=format_moment(login.expires_at), tries=TRIES)
    return LoginAnswer(portal_login=view)


def show_session(tokens: PoolTokens, person: Person, *, registration_update_due: bool) -> SessionAnswer:
    view = SessionView(
        access_token=tokens.access_token,
        expires_in=tokens.expires_in,
        refresh_token=tokens.refresh_token,
        kind=person.kind,
        registration_update_due=registration_update_due,
    )
    return SessionAnswer(portal_session=view)


def show_page_session(tokens: PoolTokens, *, registration_update_due: bool) -> PageSessionView:
    return PageSessionView(
        access_token=tokens.access_token,
        expires_in=tokens.expires_in,
        registration_update_due=registration_update_due,
    )
