"""What the panel sends about a login."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from lastro.aws.pools.staff_pool import Asked
from lastro.wire.requests import Request

Email = Annotated[str, StringConstraints(max_length=254), Field(examples=["gerente@example.com"])]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=256), Field(repr=False)]
FromPanel = Annotated[
    Literal["1"],
    Field(description="Sent by the panel alone: no page of another site can send it without being asked first"),
]
Cookie = Annotated[str | None, Field(repr=False)]


_PANEL = {"panel": "X-Lastro-Panel"}
"""No form of another site logs its visitor in as somebody else."""


class CreateSession(Request):
    """Body and header of ``POST /panel/sessions``."""

    header_fields: ClassVar[dict[str, str]] = _PANEL

    panel: FromPanel
    email: Email
    password: Secret


class AnswerChallenge(Request):
    """Body and header of ``POST /panel/sessions/challenge``."""

    header_fields: ClassVar[dict[str, str]] = _PANEL

    panel: FromPanel
    email: Email
    challenge: Asked
    session: Annotated[str, StringConstraints(min_length=1, max_length=4096), Field(repr=False)]
    answer: Secret


class RenewSession(Request):
    """Headers of ``POST /panel/sessions/renewal``."""

    body_optional: ClassVar[bool] = True
    header_fields: ClassVar[dict[str, str]] = {"cookie": "Cookie", **_PANEL}

    panel: FromPanel
    cookie: Cookie = None


class EndSession(RenewSession):
    """Headers of ``DELETE /panel/sessions``."""
