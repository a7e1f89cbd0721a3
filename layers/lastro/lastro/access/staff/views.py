"""What the panel is answered about a login."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.aws.pools.staff_pool import Asked


class SessionView(BaseModel):
    """An access token; what renews it travels in the cookie alone."""

    access_token: Annotated[str, Field(repr=False, description="Send it as Authorization: Bearer")]
    expires_in: Annotated[int, Field(description="Seconds")]


class ChallengeView(BaseModel):
    """What is asked beside the password."""

    challenge: Annotated[Asked, Field(description="A new password, a code, or an authenticator to be enrolled")]
    session: Annotated[str, Field(repr=False, description="Goes with the answer")]
    secret: Annotated[str | None, Field(repr=False, description="Of the authenticator to be enrolled")] = None
