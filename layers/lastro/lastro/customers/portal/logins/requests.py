"""What is sent to log in."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from lastro.customers.portal.errors import ADDRESS_MISSING, ONE_ADDRESS
from lastro.customers.portal.fields import Mobile
from lastro.kernel.errors import FieldError
from lastro.wire.identifiers import Uuid
from lastro.wire.objects import WireObject
from lastro.wire.persons.emails import Email
from lastro.wire.requests import Request
from lastro.wire.rule import Shape, given, is_empty

Code = Annotated[
    str,
    Shape("portal_code", "[0-9]{6}", "Envie os seis dígitos do código, como texto.", longest=6),
    Field(description="The six digits that were sent", examples=["048213"]),
]
RefreshToken = Annotated[
    str,
    Shape("refresh_token", "[A-Za-z0-9_.-]{1,8000}", "Envie o refresh_token como foi respondido.", longest=8000),
    Field(description="As the login answered it", examples=["eyJjdHkiOiJKV1QifQ.e30"]),
]


class AskedLogin(WireObject):
    """Whose portal, and where the code is to go: one address."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [given("email"), given("mobile")]})

    partner_id: Annotated[Uuid, Field(description="The partner whose portal it is")]
    email: Annotated[Email | None, Field(description="Send the code here", examples=["ana@example.com"])] = None
    mobile: Annotated[Mobile | None, Field(description="Send the code here")] = None


class AskCode(Request):
    """Body of ``POST /api/v1/portal/logins``."""

    portal_login: AskedLogin

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        sent = raw.get("portal_login")
        if not isinstance(sent, dict):
            return []
        told = [name for name in ("email", "mobile") if not is_empty(sent.get(name))]
        if not told:
            return [ADDRESS_MISSING.at("portal_login.email")]
        return [ONE_ADDRESS.at("portal_login.mobile")] if len(told) > 1 else []


class ConfirmCode(Request):
    """Path and body of ``POST /api/v1/portal/logins/{login_id}/code``."""

    login_id: Annotated[Uuid, Field(description="As the login was answered")]
    code: Code


class SentSession(WireObject):
    """A login to go on with."""

    refresh_token: RefreshToken


class RefreshLogin(Request):
    """Body of ``POST /api/v1/portal/tokens``."""

    portal_session: SentSession


_PORTAL = {"portal": "X-Lastro-Portal"}
"""No form of another site can send it, so that none logs its visitor in as somebody else."""

Portal = Annotated[Uuid, Field(description="The partner whose portal the page is; sent by the page alone")]


class CreatePortalSession(Request):
    """Header and body of ``POST /portal/sessions``."""

    header_fields: ClassVar[dict[str, str]] = _PORTAL

    portal: Portal
    login_id: Annotated[Uuid, Field(description="As the login was answered")]
    code: Code


class RenewPortalSession(Request):
    """Headers of ``POST /portal/sessions/renewal``."""

    body_optional: ClassVar[bool] = True
    header_fields: ClassVar[dict[str, str]] = {"cookie": "Cookie", **_PORTAL}

    portal: Portal
    cookie: Annotated[str | None, Field(repr=False)] = None
