"""Where an attempt stands follows from all that its bank said, whatever came twice and in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.finance.cet import annual_cet
from lastro.financing.attempts.model import MOST_WORDS, Attempt, Terms, counter_terms, hear
from lastro.financing.attempts.rendering import render_attempt
from lastro.financing.attempts.states import ENDED, NEXT, REACHABLE, State, rank_of, walk
from lastro.financing.ports import CounterOffer, DocumentKind, RefusalReason, Word
from lastro.financing.proposals.model import Proposal, add_attempt, attempt_key, put_attempt
from lastro.kernel.calendar import monthly_due_dates
from lastro.kernel.errors import Conflict

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TERMS = Terms(60_000_00, 20_000_00, 41_000_00, (1_500_00,) * 36, "2.10", "28.32")


def attempt(bank: str = "341", position: int = 0) -> Attempt:
    return Attempt(
        position=position,
        bank=bank,
        simulation_id="5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10",
        condition_id=7,
        terms=TERMS,
        pre_approval_status=3,
        offer_token="341-000001",
        expires_at=NOW + timedelta(days=2),
        created_at=NOW,
        secret="s",
    )


def proposal(*banks: str, several: bool = False) -> Proposal:
    found = Proposal(
        id=1,
        partner_id="p",
        store_id=1,
        customer_id=1,
        document="52998224725",
        customer_name="Ana Exemplo",
        seller_id=1,
        first_attempt_id=97,
        created_at=NOW,
        updated_at=NOW,
        several_banks=several,
    )
    for bank in banks:
        found = add_attempt(found, attempt(bank))
    return found


def word(sequence: int, state: State, **more: Any) -> Word:
    return replace(Word("k", "341-P000001", sequence, state), **more)


def told(*words: Word) -> Attempt:
    found = attempt()
    for each in words:
        found = hear(found, each)
    return found


STORY = (
    word(1, State.SENT),
    word(2, State.IN_ANALYSIS),
    word(3, State.PENDING_DOCUMENTS, pending=(DocumentKind.INCOME,)),
    word(4, State.APPROVED_OTHERWISE, counter=CounterOffer(1, 25_000_00, 36_000_00, 36, 1_300_00)),
    word(5, State.APPROVED_OTHERWISE, counter=CounterOffer(2, 30_000_00, 31_000_00, 24, 1_600_00)),
    word(6, State.FORMALISED, contract="C-1", lien="L-1"),
    word(7, State.PAID),
)


@given(st.lists(st.sampled_from(STORY), max_size=6), st.permutations(STORY))
def test_any_order_and_duplication_ends_in_the_same_state(again: list[Word], order: list[Word]) -> None:
    found = told(*order, *again)

    assert found == told(*STORY)
    assert found.state is State.PAID
    assert (found.contract, found.lien) == ("C-1", "L-1")


states = st.sampled_from([state for state in State if state not in (State.CHECKING, State.FAILED)])
words = st.builds(
    word, st.integers(1, 4), states, reason=st.sampled_from([None, RefusalReason.CREDIT]), pending=st.just(())
)


@given(st.lists(words, max_size=6), st.data())
def test_even_contradictions_of_a_bank_end_alike(said: list[Word], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*said, *said[:2]]))

    assert told(*mixed) == told(*said)
    assert told(*mixed).newest == told(*said).newest


@given(st.lists(states, max_size=8))
def test_what_ended_stays_ended(said: list[State]) -> None:
    for length in range(len(said)):
        before, after = walk(said[:length]), walk(said[: length + 1])
        assert after is before or after in REACHABLE[before]
        if before in ENDED:
            assert after is before


def test_tables_cover_every_state() -> None:
    assert set(NEXT) == set(State)
    assert sorted(rank_of(state) for state in State) == list(range(len(State)))
    assert {State.REFUSED, State.CANCELLED, State.RETURNED, State.FAILED} == ENDED
    assert State.PAID in REACHABLE[State.CHECKING]
    assert State.IN_ANALYSIS not in REACHABLE[State.PAID]


def test_a_counter_offer_is_an_attempt_that_replaces_the_old() -> None:
    opened = proposal("341")
    said = hear(opened.attempts[0], STORY[3])

    old, new = put_attempt(opened, said).standings

    assert (old.id, old.state, old.active, old.replaced_by) == (97, State.APPROVED_OTHERWISE, False, 98)
    assert (new.id, new.state, new.active, new.replaces) == (98, State.APPROVED, True, 97)
    assert new.terms.down_payment == 25_000_00
    assert new.terms.installments == (1_300_00,) * 36


def test_the_cost_of_a_counter_offer_is_told_by_the_days_of_the_offer() -> None:
    dated = replace(TERMS, first_due_date=date(2026, 12, 28))
    offered = CounterOffer(1, 25_000_00, 36_000_00, 36, 1_300_00)

    told = counter_terms(dated, offered)

    due_dates = monthly_due_dates(date(2026, 12, 28), 36)
    flow = [(day, 1_300_00) for day in due_dates]
    assert told.cet_annually == str(annual_cet(35_000_00, date(2026, 11, 28), flow).percent())
    assert told.cet_monthly is not None
    assert counter_terms(TERMS, offered).cet_annually is None


@pytest.mark.parametrize(("kind", "name"), [("accessory", "accessory"), ("documentation", "license_plate")])
def test_what_is_financed_beside_is_told_of_the_offer_and_of_its_counter_offer(kind: str, name: str) -> None:
    opened = proposal("341")
    beside = replace(opened.attempts[0], terms=replace(TERMS, expenses=((kind, 1_200_00), ("insurance", 5_00))))
    for said, value in ((opened.attempts[0], 0), (beside, 1_200_00), (hear(beside, STORY[3]), 1_200_00)):
        for standing in put_attempt(opened, said).standings:
            shown = render_attempt(standing)
            assert (shown[f"value_of_the_{name}_in_cents"], shown[f"has_{name}"]) == (value, value > 0)


@pytest.mark.parametrize(("level", "value"), [("0", 0), ("3", None), (None, None)])
def test_a_return_of_no_level_is_nothing_and_of_another_unknown(level: str | None, value: int | None) -> None:
    opened = proposal("341")
    for said in (opened.attempts[0], hear(opened.attempts[0], STORY[3])):
        priced = replace(said, terms=replace(said.terms, dealer_return=level))
        for standing in put_attempt(opened, priced).standings:
            assert render_attempt(standing)["return_value_cents"] == value


def test_the_second_counter_offer_heard_first_takes_the_same_place() -> None:
    opened = proposal("341")
    late = hear(hear(opened.attempts[0], STORY[4]), STORY[3])
    early = hear(hear(opened.attempts[0], STORY[3]), STORY[4])

    assert put_attempt(opened, late).standings == put_attempt(opened, early).standings
    assert [each.id for each in put_attempt(opened, late).standings] == [97, 98, 99]


def test_a_lost_word_in_between_is_not_missed() -> None:
    assert told(STORY[0], STORY[5]).state is State.FORMALISED


def test_what_cannot_follow_says_nothing() -> None:
    found = told(word(1, State.PAID), word(2, State.IN_ANALYSIS))

    assert found.state is State.PAID
    assert found.newest == word(1, State.PAID)


def test_pending_documents_are_those_of_the_last_word() -> None:
    asked = told(*STORY[:3])

    assert asked.pending == (DocumentKind.INCOME,)
    assert hear(asked, word(4, State.IN_ANALYSIS)).pending == ()


def test_one_active_attempt_for_each_bank() -> None:
    with pytest.raises(Conflict) as refused:
        add_attempt(proposal("341", several=True), attempt("341"))

    assert refused.value.code == "attempt_active"


def test_a_second_bank_only_where_the_store_wants_several() -> None:
    with pytest.raises(Conflict) as refused:
        add_attempt(proposal("341"), attempt("033"))

    assert refused.value.code == "another_bank_active"
    assert [each.bank for each in proposal("341", "033", several=True).attempts] == ["341", "033"]


def test_another_bank_may_be_asked_after_a_refusal() -> None:
    opened = proposal("341")
    refused = put_attempt(opened, hear(opened.attempts[0], word(1, State.REFUSED, reason=RefusalReason.CREDIT)))

    both = add_attempt(refused, attempt("033"))

    assert [each.state for each in both.standings] == [State.REFUSED, State.CHECKING]
    assert both.state is State.CHECKING
    assert both.standings[0].reason is RefusalReason.CREDIT
    assert attempt_key(both, both.attempts[0]) != attempt_key(both, both.attempts[1])


def test_a_paid_proposal_takes_no_other_attempt() -> None:
    opened = proposal("341", several=True)
    paid = put_attempt(opened, hear(opened.attempts[0], word(1, State.PAID)))

    with pytest.raises(Conflict) as refused:
        add_attempt(paid, attempt("033"))

    assert refused.value.code == "proposal_ended"


def test_a_word_of_the_bank_counts_more_than_our_conclusion() -> None:
    given_up = replace(attempt(), failure="offer_expired")

    assert given_up.state is State.FAILED
    assert hear(given_up, word(1, State.IN_ANALYSIS)).state is State.IN_ANALYSIS


@pytest.mark.parametrize(
    "again",
    [
        word(0, State.FORMALISED, contract="C-1", lien="L-1"),
        word(0, State.APPROVED_OTHERWISE, counter=CounterOffer(1, 25_000_00, 36_000_00, 36, 1_300_00)),
    ],
)
def test_a_bank_that_numbers_each_look_is_heard_to_the_end(again: Word) -> None:
    found = attempt()
    for sequence in range(1, 3 * MOST_WORDS):
        found = hear(found, replace(again, sequence=sequence))
    heard = hear(found, word(1000, State.PAID))

    assert (heard.state, len(heard.words)) == (State.PAID, MOST_WORDS)
    assert (heard.contract, heard.lien, heard.counters) == (found.contract, found.lien, found.counters)


def test_a_contract_of_what_was_cancelled_is_not_believed() -> None:
    heard = told(word(1, State.CANCELLED), word(2, State.FORMALISED, contract="C-1", lien="L-1"))
    assert (heard.state, heard.contract, heard.lien) == (State.CANCELLED, None, None)


def test_a_lien_that_is_said_after_the_contract_is_told() -> None:
    heard = told(word(1, State.FORMALISED, contract="C-1"), word(2, State.FORMALISED, lien="L-1"))
    assert (heard.contract, heard.lien) == ("C-1", "L-1")


def test_what_is_decided_is_heard_however_much_was_said_before() -> None:
    found = attempt()
    for sequence in range(1, 3 * MOST_WORDS):
        pending = (DocumentKind.IDENTITY,) if sequence % 2 else (DocumentKind.INCOME,)
        found = hear(found, Word("k", "n", sequence, State.PENDING_DOCUMENTS, pending=pending))
    for sequence, state in enumerate((State.APPROVED, State.FORMALISED, State.PAID), start=1000):
        found = hear(found, Word("k", "n", sequence, state, contract="C1" if state is State.FORMALISED else None))
    late = hear(found, Word("k", "n", 2, State.IN_ANALYSIS))

    assert (late.state, late.contract, len(late.words)) == (State.PAID, "C1", MOST_WORDS)
