"""Signature and release: money leaves on the release date, and a contract is only signed up to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lastro.kernel.calendar import add_months, end_of_day, local_date, start_of_day
from lastro.origination.contracts.rows import REPLACED_PREFIX, SIGNATURE, contracts_of, signature_of
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Step, StepName, amend_process
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.processes.store import OriginationStore
from lastro.origination.products.model import Eligibility
from lastro.origination.products.store import ProductStore
from tests.domain.origination.contracts.contract_reading import words_of
from tests.functions.origination.contracts.contract_desk import Desk
from tests.functions.origination.journey import make_product


def payout_step(desk: Desk, csn: str) -> Step:
    [step] = desk.open_steps(csn, StepName.DISBURSE)
    return step


def renew(desk: Desk, csn: str) -> None:
    """Deliver the step that the sweep sends when it is due."""
    [step] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert step.due_at <= desk.journey.clock.now()
    assert desk.deliver("generate_contract", step) == []


# the release date ---------------------------------------------------------------------------------------------------


def test_money_is_due_on_the_release_date(desk: Desk) -> None:
    csn = desk.generated(releases_in=3)
    desk.journey.take("Disbursements")
    assert desk.accept(csn, desk.checksum(csn)).status == 200
    assert desk.journey.credit(csn).status is CreditStatus.CONTRACTED
    # The first moment of 6 November in São Paulo; nothing is sent before, and the sweep finds it then.
    assert payout_step(desk, csn).due_at == start_of_day(date(2026, 11, 6))
    assert desk.journey.take("Disbursements") == []
    early, due = end_of_day(date(2026, 11, 5)), start_of_day(date(2026, 11, 6))
    assert payout_step(desk, csn) not in desk.journey.store.list_due_steps(early)
    assert payout_step(desk, csn) in desk.journey.store.list_due_steps(due)


def test_money_of_today_leaves_at_once(desk: Desk) -> None:
    csn = desk.generated()
    desk.journey.take("Disbursements")
    assert desk.accept(csn, desk.checksum(csn)).status == 200
    assert [message["id"] for message in desk.journey.take("Disbursements")] == [csn]


# signed too late ----------------------------------------------------------------------------------------------------


def test_a_contract_past_its_release_date_is_made_again_for_the_day_of_signature(desk: Desk) -> None:
    csn = desk.generated()
    old, before = desk.checksum(csn), desk.journey.credit(csn)
    desk.journey.clock.moment = start_of_day(date(2026, 11, 5)) + timedelta(hours=1)
    answer = desk.accept(csn, old)
    assert (answer.status, answer.json["code"]) == (409, "contract_outdated")
    assert SIGNATURE not in desk.stored(csn).rows

    desk.journey.take("Notices")
    renew(desk, csn)
    after = desk.journey.credit(csn)
    assert [message["step"] for message in desk.journey.take("Notices")] == ["notify"]
    assert (after.status, after.has_contracts) == (CreditStatus.OPERATIONAL_ANALYSIS, True)
    assert (after.terms.release_date, after.terms.first_due_date) == (date(2026, 11, 5), before.terms.first_due_date)
    same = ("net", "fee", "insurance", "installments", "monthly_rate", "offer_id")
    assert [getattr(after.terms, name) for name in same] == [getattr(before.terms, name) for name in same]
    assert after.terms.iof < before.terms.iof
    stored = desk.stored(csn)
    assert [entry.event for entry in stored.history[-2:]] == ["contract_generated", "contract_renewed"]
    assert [fields["checksum"] for fields in stored.rows_of(REPLACED_PREFIX).values()] == [old]

    new = desk.checksum(csn)
    assert new != old
    assert len(desk.files(csn)) == 2
    refused = desk.accept(csn, old)
    assert (refused.status, refused.json["code"]) == (409, "contract_replaced")
    both = desk.accept(csn, [old, new])
    assert (both.status, both.json["code"]) == (409, "contract_replaced")
    assert desk.accept(csn, new).status == 200
    signature = signature_of(desk.stored(csn))
    assert signature is not None
    assert signature.checksums == (new,)
    assert desk.open_steps(csn, StepName.GENERATE_CONTRACT) == []
    assert payout_step(desk, csn).due_at <= desk.journey.clock.now() + timedelta(minutes=1)


@pytest.mark.parametrize(("releases_in", "late"), [(2, "contract_outdated"), (40, "proposal_expired")])
def test_the_printed_day_is_the_last_on_which_it_is_accepted(desk: Desk, releases_in: int, late: str) -> None:
    csn = desk.generated(releases_in=releases_in)
    credit = desk.journey.credit(csn)
    [content] = desk.files(csn).values()
    text = words_of(content)
    day, month, year = re.findall(r"ACEITE DESTA CÉDULA ATÉ (\d\d)/(\d\d)/(\d{4})", text)[0]
    last = end_of_day(date(int(year), int(month), int(day)))
    assert local_date(last) == min(credit.terms.release_date, local_date(credit.valid_until))
    checksum = desk.checksum(csn)
    desk.journey.clock.moment = last + timedelta(milliseconds=1)
    answer = desk.accept(csn, checksum)
    assert (answer.status, answer.json["code"]) == (409, late)
    desk.journey.clock.moment = last
    assert desk.accept(csn, checksum).status == 200


def test_it_is_made_again_every_day_it_may_be_signed_on(desk: Desk) -> None:
    csn = desk.generated()
    seen = {desk.checksum(csn)}
    last = local_date(desk.journey.credit(csn).valid_until)
    day = date(2026, 11, 4)
    while day <= last:
        desk.journey.clock.moment = start_of_day(day)
        renew(desk, csn)
        seen.add(desk.checksum(csn))
        day += timedelta(days=1)
    assert len(seen) == (last - date(2026, 11, 3)).days + 1
    assert desk.open_steps(csn, StepName.GENERATE_CONTRACT) == []
    assert desk.accept(csn, desk.checksum(csn)).status == 200


def test_what_is_approved_after_its_release_date_is_priced_for_the_day_it_is_drawn(desk: Desk) -> None:
    csn = desk.approved()
    desk.journey.clock.advance(days=2)
    assert desk.generate(csn) == []
    credit = desk.journey.credit(csn)
    assert credit.terms.release_date == date(2026, 11, 5)
    assert desk.stored(csn).history[-1].event == "contract_generated"
    assert desk.accept(csn, desk.checksum(csn)).status == 200


def test_a_contract_of_before_is_sent_to_be_made_again(desk: Desk) -> None:
    csn = desk.generated()
    assert desk.journey.store.commit(Change(done=desk.open_steps(csn, StepName.GENERATE_CONTRACT)))
    desk.journey.clock.advance(days=1)
    for _ in range(2):
        assert desk.accept(csn, desk.checksum(csn)).json["code"] == "contract_outdated"
    desk.journey.clock.advance(minutes=1)
    renew(desk, csn)
    assert desk.accept(csn, desk.checksum(csn)).status == 200


def test_what_falls_due_today_is_not_made_again(desk: Desk) -> None:
    csn = desk.generated()
    credit = desk.journey.credit(csn)
    due = credit.terms.first_due_date
    [step] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    desk.journey.clock.moment = start_of_day(due)
    assert desk.deliver("generate_contract", step) == []
    assert desk.journey.credit(csn) == credit
    [later] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert later.due_at > step.due_at
    assert desk.accept(csn, desk.checksum(csn)).json["code"] == "proposal_expired"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=1)])
def test_validity_ends_with_the_day_that_is_printed(desk: Desk, late: timedelta) -> None:
    csn = desk.generated(releases_in=20)
    last = desk.journey.credit(csn).valid_until
    checksum = desk.checksum(csn)
    desk.journey.clock.moment = last + late
    answer = desk.accept(csn, checksum)
    assert answer.status == (409 if late else 200)
    assert not late or answer.json["code"] == "proposal_expired"


# the income limit at signature --------------------------------------------------------------------------------------


def two_contracts(desk: Desk, maximum: Decimal) -> tuple[str, str]:
    """Two contracts of one process; one instalment of theirs is below the limit, two are above it."""
    product = make_product(desk.journey.partner_id, version=2, eligibility=Eligibility(18, 80, maximum, (), False))
    assert ProductStore(desk.journey.store._table).replace(product)
    first = desk.generated(product_version=2)
    second = desk.generated(product_version=2, process_id=desk.journey.credit(first).process_id)
    return first, second


@pytest.fixture
def limited(desk: Desk) -> tuple[Desk, str, str]:
    csn = desk.generated()
    credit = desk.journey.credit(csn)
    income = credit.borrower["proposal"]["business"]["income"]
    share = Decimal(credit.terms.installment_value) * 100 / income
    first, second = two_contracts(desk, (share * Decimal("1.5")).quantize(Decimal("0.01")))
    process_id = desk.journey.credit(first).process_id
    process = desk.journey.process(process_id)
    known = amend_process(process, "test", desk.journey.clock.now(), "test", credits=(first, second))
    assert desk.journey.store.commit(Change(processes=[known]))
    return desk, first, second


def test_the_second_signature_meets_the_income_limit(limited: tuple[Desk, str, str]) -> None:
    desk, first, second = limited
    assert desk.accept(first, desk.checksum(first)).status == 200
    refused = desk.accept(second, desk.checksum(second))
    assert (refused.status, refused.json["code"]) == (422, "income_commitment_exceeded")
    assert desk.journey.credit(second).status is CreditStatus.OPERATIONAL_ANALYSIS
    assert SIGNATURE not in desk.stored(second).rows
    assert desk.accept(first, desk.checksum(first)).status == 200


def test_of_two_signatures_at_once_one_passes(limited: tuple[Desk, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is received when the first has checked everything and is about to be stored."""
    desk, first, second = limited
    commit = OriginationStore.commit
    checksums = {csn: desk.checksum(csn) for csn in (first, second)}
    inner: list[int] = []

    def commit_after_another(self: OriginationStore, change: Change) -> bool:
        monkeypatch.setattr(OriginationStore, "commit", commit)
        inner.append(desk.accept(second, checksums[second]).status)
        return commit(self, change)

    monkeypatch.setattr(OriginationStore, "commit", commit_after_another)
    outer = desk.accept(first, checksums[first])
    assert inner == [200]
    assert (outer.status, outer.json["code"]) == (422, "income_commitment_exceeded")
    assert [desk.journey.credit(csn).status.value for csn in (first, second)] == [
        "EM_ANALISE_OPERACIONAL",
        "CONTRATADO",
    ]


def test_what_ended_leaves_room(limited: tuple[Desk, str, str]) -> None:
    desk, first, second = limited
    assert desk.accept(first, desk.checksum(first)).status == 200
    stored = desk.stored(first)
    returned = replace(stored.credit, status=CreditStatus.RETURNED, version=stored.credit.version + 1)
    entry = replace(
        stored.history[-1],
        version=returned.version,
        from_status=CreditStatus.DISBURSED,
        to_status=CreditStatus.RETURNED,
    )
    assert desk.journey.store.commit(Change(credits=[(returned, entry)]))
    assert desk.accept(second, desk.checksum(second)).status == 200


def test_the_contract_that_is_read_is_the_one_to_sign(desk: Desk) -> None:
    csn = desk.generated()
    [kept] = contracts_of(desk.stored(csn))
    assert desk.checksum(csn) == kept.checksum
    assert add_months(date(2026, 11, 3), 1) == desk.journey.credit(csn).terms.first_due_date
