"""What proposals keep of a person is exported whole, stays while a bank works on it, and ends whole."""

from __future__ import annotations

from lastro.aws.dynamodb.keys import financing as keys
from lastro.aws.dynamodb.table import Table
from lastro.financing.wiring import open_personal_data
from lastro.kernel.retention import Record
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
