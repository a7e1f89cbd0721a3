"""A login that goes on, and what ends it: logging out, an access taken away, time."""

from __future__ import annotations

from datetime import timedelta

from tests.functions.access.authorizer.test_authorize_tokens import refuse
from tests.functions.conftest import Call
from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.customers.visitors import schedule


def test_a_login_goes_on_and_asks_again_at_the_next(call: Call, town: PortalTown, ana: str) -> None:
    schedule(call, town.shop)
    session = town.log_in()
    assert session["registration_update_due"]
    visitor = town.enter(session)
    assert call("customers", "postpone_registration", shop=visitor).status == 200
    refreshed = town.refresh(session["refresh_token"])
    assert refreshed.status == 200, refreshed.text
    same = refreshed.json["portal_session"]
    assert (same["registration_update_due"], same["refresh_token"]) == (False, None)
    assert town.enter(same).authorizer["login"] == visitor.authorizer["login"]
    again = town.log_in()
    assert again["registration_update_due"]
    filled = {"registration_update": {"name": "Ana Exemplo", "mobile": "(11) 91234-5678"}}
    assert call("customers", "confirm_registration", shop=town.enter(again), body=filled).status == 200
    assert not town.log_in()["registration_update_due"]


def test_who_logs_out_is_out_at_once_and_other_logins_go_on(call: Call, town: PortalTown, ana: str) -> None:
    session, other = town.log_in(), town.log_in()
    visitor = town.enter(session)
    assert call("customers", "end_portal_login", shop=visitor).status == 204
    for operation in ("get_own_registration", "end_portal_login", "get_registration_update"):
        refused = call("customers", operation, shop=visitor)
        assert (refused.status, refused.json["code"]) == (401, "login_ended")
    assert town.refresh(session["refresh_token"]).json["code"] == "login_ended"
    assert call("customers", "get_own_registration", shop=town.enter(other)).status == 200


def test_whose_access_ended_is_out_at_once(call: Call, town: PortalTown, ana: str) -> None:
    session = town.log_in()
    visitor, waiting = town.enter(session), town.ask_and_send()
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 204
    assert call("customers", "get_own_registration", shop=visitor).status == 404
    assert call("customers", "end_portal_login", shop=visitor).status == 404
    assert town.refresh(session["refresh_token"]).json["code"] == "login_ended"
    assert town.confirm(waiting, town.codes()[-1]).json["code"] == "code_refused"
    town.ask_and_send()
    assert len(town.outbox()) == 2
    assert f"{town.shop.partner_id}.{ana}" not in town.pool.users


def test_an_access_ends_though_the_pool_is_away(call: Call, town: PortalTown, ana: str) -> None:
    session = town.log_in()
    town.pool.down = True
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 503
    assert call("customers", "get_own_registration", shop=town.enter(session)).status == 404
    town.pool.down = False
    assert call("customers", "end_portal_person", shop=town.shop, path={"person_id": ana}).status == 204
    assert town.pool.users == {}


def test_a_token_ends_and_what_refreshes_nothing_is_refused(town: PortalTown, ana: str) -> None:
    session = town.log_in()
    town.clock.moment += timedelta(minutes=15)
    refuse(session["access_token"])
    for made_up in ("refresh.made-up", session["access_token"]):
        assert town.refresh(made_up).json["code"] == "login_ended"
