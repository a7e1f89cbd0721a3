"""The portal on the local cloud: Cognito's triggers, both carriers, replays, and who is out at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from sandbox.cloud.background import RunningCloud
from sandbox.demo.portal import Portal

pytestmark = pytest.mark.journey


@pytest.fixture
def portal(cloud: RunningCloud) -> Iterator[Portal]:
    with Portal(cloud) as opened:
        yield opened


def test_a_person_logs_in_by_both_ways_puts_off_updates_and_leaves(portal: Portal) -> None:
    email, mobile = f"{uuid4().hex}@example.com", f"+55119{uuid4().int % 10**8:08d}"
    schedule = {"enabled": True, "every_days": 180, "fields": {"rg": "hidden"}}
    portal.staff("PUT", "/api/v1/registration_schedule", {"registration_schedule": schedule})
    person = {"kind": "customer", "name": "Ana Exemplo", "login_email": email, "login_mobile": mobile}
    made = portal.staff("POST", "/api/v1/portal_people", {"portal_person": person})["portal_person"]

    first = portal.log_in(email)
    assert first["registration_update_due"]
    postponed = portal.visit(first, "POST", "/api/v1/portal/registration_update/postpone")["registration_update"]
    assert (postponed["due"], postponed["asked"]) == (True, False)
    refreshed = portal.refresh(first).json()["portal_session"]
    assert not refreshed["registration_update_due"]
    assert portal.visit(refreshed, "GET", "/api/v1/portal/person")["portal_person"]["id"] == made["id"]

    second = portal.log_in(mobile)
    assert second["registration_update_due"]
    filled = {"registration_update": {"name": "Ana Exemplo", "mobile": mobile}}
    portal.visit(second, "POST", "/api/v1/portal/registration_update", filled)
    changes = portal.staff("GET", "/api/v1/registration_changes")["registration_changes"]
    [change] = [each for each in changes if each["person_id"] == made["id"]]
    assert [(each["field"], each["before"], each["after"]) for each in change["fields"]] == [("mobile", None, mobile)]

    assert portal.call(second, "GET", "/api/v1/customers").status_code == 403
    assert portal.call(second, "POST", "/api/v1/portal/logout").status_code == 204
    assert portal.call(second, "GET", "/api/v1/portal/person").status_code == 401
    assert portal.refresh(second).status_code == 401
    assert portal.call(refreshed, "GET", "/api/v1/portal/person").status_code == 200


def test_a_code_is_told_once_at_once_and_five_times_at_most(portal: Portal) -> None:
    email = f"{uuid4().hex}@example.com"
    person = {"kind": "building_manager", "name": "Rui Exemplo", "login_email": email}
    portal.staff("POST", "/api/v1/portal_people", {"portal_person": person})
    login_id = portal.ask(email).json()["portal_login"]["id"]
    code = portal.wait_for_code(email, 0)
    with ThreadPoolExecutor(4) as pool:
        answers = [each.status_code for each in pool.map(lambda _: portal.confirm(login_id, code), range(4))]
    assert sorted(answers) == [200, 401, 401, 401]
    login_id = portal.ask(email).json()["portal_login"]["id"]
    code = portal.wait_for_code(email, 1)
    wrong = "000000" if code != "000000" else "111111"
    assert [portal.confirm(login_id, wrong).status_code for _ in range(5)] == [401] * 5
    assert portal.confirm(login_id, code).status_code == 401
    nobody = portal.ask("ninguem@example.com")
    assert nobody.status_code == 202
    assert portal.confirm(nobody.json()["portal_login"]["id"], "000000").json()["code"] == "code_refused"
