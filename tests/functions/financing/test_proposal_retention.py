"""What proposals keep of a person is exported whole, stays while a bank works on it, and ends whole."""

from __future__ import annotations

import pytest

from lastro.aws.dynamodb.keys import financing as keys
from lastro.aws.dynamodb.table import Table
from lastro.financing.records.store import ProposalStore
from lastro.financing.wiring import open_personal_data
from lastro.kernel.retention import ERASING, Record
from tests.functions.emulation.process import TABLE
from tests.functions.financing.conftest import Dealer


def test_a_proposal_is_exported_and_ended_whole(dealer: Dealer) -> None:
    dealer.tell_stories("341", {"steps": ["refused"]})
    made = dealer.propose()
    record = Record(dealer.shop.partner_id, "52998224725", "proposal", str(made["id"]))
    part = open_personal_data()
    standing = part.look(record)
    assert standing is not None
    assert standing.began is None
    dealer.follow(made["id"], "refused")

    exported = part.export(record)
    assert exported is not None
    assert exported.data["state"] == "refused"
    assert exported.data["activities"][0]["action"] == "proposal.created"
    ended = part.look(record)
    assert ended is not None
    assert ended.began is not None
    part.trim(record)
    assert part.end(record)

    assert part.look(record) is None
    assert part.export(record) is None
    assert list(Table(TABLE).query(keys.proposal(dealer.shop.partner_id, made["id"]).pk)) == []
    assert part.end(record)


def refused(dealer: Dealer) -> tuple[int, Record]:
    """A proposal that may end."""
    dealer.tell_stories("341", {"steps": ["refused"]})
    number = dealer.propose()["id"]
    dealer.follow(number, "refused")
    return number, Record(dealer.shop.partner_id, "52998224725", "proposal", str(number))


def actions(dealer: Dealer, number: int) -> list[str]:
    answer = dealer.ask("list_proposal_activities", path={"proposal_id": number})
    return [each["action"] for each in answer.json["activities"]]


def test_an_erasure_that_meets_a_writer_takes_nothing(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    number, record = refused(dealer)
    seen = ProposalStore(Table()).find(dealer.shop.partner_id, number)
    before = actions(dealer, number)
    comment = {"comment": "Cliente volta na sexta-feira"}
    assert dealer.ask("comment_proposal", path={"proposal_id": number}, body=comment, key="c1").status == 201
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ProposalStore, "find_kept", lambda *_: seen)
        assert not open_personal_data().end(record)
    assert len(actions(dealer, number)) == len(before) + 1
    assert open_personal_data().end(record)
    assert open_personal_data().look(record) is None


def test_an_erasure_that_died_is_read_by_nobody_and_goes_on(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    number, record = refused(dealer)
    with monkeypatch.context() as dying:
        dying.setattr(ProposalStore, "erase", die)
        with pytest.raises(Killed):
            open_personal_data().end(record)
    assert dealer.ask("get_financing_proposal", path={"proposal_id": number}).status == 404
    assert number not in [each["id"] for each in dealer.ask("list_financing_proposals").json["proposals"]]
    comment = {"comment": "Tarde demais"}
    assert dealer.ask("comment_proposal", path={"proposal_id": number}, body=comment, key="c2").status == 404

    assert open_personal_data().look(record) is not None
    assert open_personal_data().export(record) == ERASING
    assert open_personal_data().end(record)
    assert list(Table(TABLE).query(keys.proposal(dealer.shop.partner_id, number).pk)) == []
