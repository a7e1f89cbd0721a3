"""Logins of the portal's own page: a short token for the page, and a cookie that no script reads."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.customers.visitors import schedule
from tests.functions.invocation import load_function, sample_event

OPERATIONS = ("create_portal_session", "renew_portal_session")


@pytest.fixture
def ana(town: PortalTown) -> str:
    return town.admit()


def ask(operation: str, portal: str | None, body: Any = None, cookie: str | None = None) -> Any:
    event = sample_event("customers", operation)
    event["headers"] = {
        name: text for name, text in (("X-Lastro-Portal", portal), ("Cookie", cookie)) if text is not None
    }
    event["body"] = json.dumps(body) if body is not None else None
    answer = load_function("customers", operation).handler(event, SimpleNamespace(function_name=operation))
    return SimpleNamespace(
        status=answer["statusCode"], headers=answer["headers"], json=json.loads(answer["body"]), text=answer["body"]
    )


def enter(town: PortalTown, portal: str | None = None) -> Any:
    """What the page is answered for the code that came."""
    login_id = town.ask_and_send()
    body = {"login_id": login_id, "code": town.codes()[-1]}
    return ask("create_portal_session", portal or town.shop.partner_id, body)


def cookie_of(answer: Any) -> str:
    return str(answer.headers["Set-Cookie"].partition(";")[0])


def test_a_code_gives_a_short_token_and_a_cookie_that_no_script_reads(call: Call, town: PortalTown, ana: str) -> None:
    answer = enter(town)
    assert (answer.status, set(answer.json)) == (200, {"access_token", "expires_in", "registration_update_due"})
    assert answer.json["expires_in"] == 900
    [(name, cookie)] = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert (name, cookie["path"], cookie["domain"]) == (f"__Host-lastro-portal-{town.shop.partner_id}", "/", "")
    assert (cookie["samesite"], cookie["max-age"]) == ("Strict", str(12 * 3600))
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie.value not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert call("customers", "get_own_registration", shop=town.enter(answer.json)).json["portal_person"]["id"] == ana


def test_a_login_goes_on_by_its_cookie_alone_and_says_whether_the_form_is_due(
    call: Call, town: PortalTown, ana: str
) -> None:
    schedule(call, town.shop)
    made = enter(town)
    partner, cookie = town.shop.partner_id, cookie_of(made)
    assert made.json["registration_update_due"]
    renewed = ask("renew_portal_session", partner, cookie=f"outro=1; {cookie}")
    assert (renewed.status, set(renewed.json)) == (200, set(made.json))
    assert "Set-Cookie" not in renewed.headers
    assert renewed.json["registration_update_due"]
    assert call("customers", "postpone_registration", shop=town.enter(renewed.json)).status == 200
    assert not ask("renew_portal_session", partner, cookie=cookie).json["registration_update_due"]
    for other in (None, "", "outro=1", cookie[:-3], f"{cookie}; {cookie}2"):
        refused = ask("renew_portal_session", partner, cookie=other)
        assert (refused.status, refused.json["code"]) == (401, "login_ended"), other


def test_who_leaves_leaves_a_cookie_that_opens_nothing(call: Call, town: PortalTown, ana: str) -> None:
    made = enter(town)
    assert call("customers", "end_portal_login", shop=town.enter(made.json)).status == 204
    refused = ask("renew_portal_session", town.shop.partner_id, cookie=cookie_of(made))
    assert (refused.status, refused.json["code"]) == (401, "login_ended")


def test_the_page_of_another_partner_goes_on_with_nothing(town: PortalTown, ana: str, open_shop: OpenShop) -> None:
    other = open_shop().partner_id
    wrong = enter(town, other)
    assert (wrong.status, wrong.json["code"]) == (401, "code_refused")
    login_id = town.ask_and_send()
    told = {"login_id": login_id, "code": town.codes()[-1]}
    assert ask("create_portal_session", other, told).status == 401
    made = ask("create_portal_session", town.shop.partner_id, told)
    assert made.status == 200
    cookie = cookie_of(made)
    renamed = cookie.replace(town.shop.partner_id, other)
    for sent in (cookie, renamed):
        refused = ask("renew_portal_session", other, cookie=sent)
        assert (refused.status, refused.json["code"]) == (401, "login_ended")


def test_a_wrong_code_is_answered_as_at_the_api(town: PortalTown, ana: str) -> None:
    login_id = town.ask_and_send()
    told = {"login_id": login_id, "code": "000000" if town.codes()[-1] != "000000" else "111111"}
    refused = ask("create_portal_session", town.shop.partner_id, told)
    assert (refused.status, refused.json["code"]) == (401, "code_refused")
    assert "Set-Cookie" not in refused.headers


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("portal", [None, "", "1", "minha"])
def test_a_page_of_another_site_begins_and_renews_nothing(
    town: PortalTown, ana: str, operation: str, portal: str | None
) -> None:
    login_id = town.ask_and_send()
    told = {"login_id": login_id, "code": town.codes()[-1], "portal": town.shop.partner_id}
    answer = ask(operation, portal, told if operation == "create_portal_session" else None, "a=b")
    assert (answer.status, "Set-Cookie" in answer.headers) == (422, False)


@pytest.mark.parametrize(
    "body",
    [{}, {"code": "048213"}, {"login_id": "x", "code": "048213"}, {"login_id": "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"}],
)
def test_what_is_no_login_is_refused(town: PortalTown, body: dict[str, str]) -> None:
    assert ask("create_portal_session", town.shop.partner_id, body).status == 422


def test_a_pool_that_is_away_ends_no_login(town: PortalTown, ana: str) -> None:
    made = enter(town)
    town.pool.down = True
    assert ask("renew_portal_session", town.shop.partner_id, cookie=cookie_of(made)).status == 503
    town.pool.down = False
    assert ask("renew_portal_session", town.shop.partner_id, cookie=cookie_of(made)).status == 200
