"""Of what only so many may be there are never more, though two ask for the last place at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lastro.approvals.authorities import usecases
from lastro.approvals.authorities.store import AuthorityStore
from lastro.customers.bulletins import publishing
from lastro.customers.bulletins.store import BulletinStore
from lastro.surveys import keeping
from lastro.surveys.store import SurveyStore
from tests.functions.conftest import Call
from tests.functions.invocation import Answer, Shop

BULLETIN = {"kind": "diversos", "title": "Assembleia", "paragraphs": ["Às 19h."]}
SURVEY = {"name": "Depois", "question": "De 0 a 10, quanto?", "triggers": ["ticket"]}
AUTHORITY = {"rank": 1}


def ask_bulletin(call: Call, shop: Shop, name: str) -> Answer:
    body = {"bulletin": BULLETIN}
    return call("customers", "create_bulletin", shop=shop, body=body, headers={"Idempotency-Key": name})


def ask_survey(call: Call, shop: Shop, name: str) -> Answer:
    body = {"survey": SURVEY}
    return call("surveys", "create_survey", shop=shop, body=body, headers={"Idempotency-Key": name})


def ask_authority(call: Call, shop: Shop, name: str) -> Answer:
    body = {"authority": AUTHORITY}
    return call("approvals", "put_approval_authority", shop=shop, path={"authority_name": name}, body=body)


CASES: list[tuple[Callable[[Call, Shop, str], Answer], Any, str, Any, str, str]] = [
    (ask_bulletin, publishing, "MOST_STANDING", BulletinStore, "list_postings", "board_full"),
    (ask_survey, keeping, "MOST_SURVEYS", SurveyStore, "list_after", "too_many_surveys"),
    (ask_authority, usecases, "MOST_AUTHORITIES", AuthorityStore, "list", "too_many_authorities"),
]


@pytest.mark.parametrize(("ask", "module", "most", "store", "counts", "code"), CASES, ids=[each[5] for each in CASES])
def test_the_last_place_is_given_once(
    call: Call,
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[Call, Shop, str], Answer],
    module: Any,
    most: str,
    store: Any,
    counts: str,
    code: str,
) -> None:
    monkeypatch.setattr(module, most, 2)
    assert ask(call, shop, "ana").status < 300
    counted, read = getattr(store, counts), store.read_turn
    others: list[Answer | None] = []
    turns: list[int] = []

    def read_turn(own: Any, partner_id: str) -> int:
        turns.append(read(own, partner_id))
        return int(turns[-1])

    def count_while_another_comes(own: Any, *args: Any) -> Any:
        found = counted(own, *args)
        if turns and not others:
            others.append(None)
            others[0] = ask(call, shop, "bia")
        return found

    monkeypatch.setattr(store, "read_turn", read_turn)
    monkeypatch.setattr(store, counts, count_while_another_comes)
    late = ask(call, shop, "caio")
    [other] = others
    assert other is not None
    assert other.status < 300
    assert (late.status, late.json["code"]) == (422, code)
    assert ask(call, shop, "dora").json["code"] == code
