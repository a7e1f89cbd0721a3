"""The contract that a partner fetches: its figures recomputed from its own pages, for every way of pricing."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from tests.domain.origination.contracts.contract_reading import PrintedContract
from tests.domain.origination.contracts.test_contract_figures import check_all, figures, release_of
from tests.functions.origination.contracts.contract_desk import Desk, decode
from tests.functions.origination.journey import sample_body


@pytest.mark.parametrize(
    ("due_date", "product", "first"),
    [
        ("2026-12-30", {}, 1),
        ("2026-12-30", {"grace": Grace.COMPOUND}, 1),
        ("2026-12-04", {}, 0),
        ("2026-11-20", {}, -1),
        ("2026-11-22", {"day_count": DayCount.CALENDAR_DAYS, "due_day_rule": DueDayRule.NEXT_BUSINESS_DAY}, 0),
        ("2026-12-27", {"amortization": Amortization.SAC, "due_day_rule": DueDayRule.NEXT_BUSINESS_DAY}, 1),
    ],
)
def test_the_fetched_contract_agrees_with_itself_and_with_the_proposal(
    desk: Desk, due_date: str, product: dict[str, Any], first: int
) -> None:
    desk.journey.add_product(2, **product)
    [asked] = sample_body("create_proposal")["products"]
    asked |= {"productId": 2, "dueDate": due_date, "monthlyTax": 1.993333, "cadValue": 150}
    answer = desk.journey.propose(desk.journey.ready(), products=[asked])
    assert answer.status == 201, answer.text
    [proposal] = answer.json["proposals"]
    csn = proposal["customerServiceNumber"]
    desk.approve(csn)
    assert desk.generate(csn) == []
    [file] = desk.read(csn).json["contracts"]
    contract = PrintedContract(decode(file))
    check_all(contract)
    of = figures(contract)
    assert (of["first"] > 0) - (of["first"] < 0) == first
    assert (of["released"], of["financed"], of["iof"]) == tuple(
        round(proposal[name] * 100) for name in ("value", "grossValue", "iofValue")
    )
    assert proposal["releasedDate"].startswith(release_of(contract).isoformat())
