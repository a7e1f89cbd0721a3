"""Answers of several inquiries put together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.reports.combining import combine_packed, combine_reports
from lastro.bureaus.reports.packing import pack_report, unpack_report
from lastro.bureaus.reports.report import Identity, InquiryReport, NoteKind, Notes, Partner, Score
from tests.domain.bureaus.bureau_setups import CNPJ

PEFIN, REFIN = Notes(NoteKind.PEFIN, 0), Notes(NoteKind.REFIN, 2, 500)


def report(**changes: Any) -> InquiryReport:
    return InquiryReport(**{"identity": Identity(CNPJ), **changes})


def test_the_newest_word_counts_and_older_ones_tell_what_it_does_not() -> None:
    newer = report(negative_notes=(PEFIN,), score=Score(700), protocol="2", extras={"a": {"x": "1"}, "b": "new"})
    older = report(
        identity=Identity(CNPJ, name="Exemplo"),
        negative_notes=(Notes(NoteKind.PEFIN, 9), REFIN),
        score=Score(100),
        cheques=Notes(NoteKind.CHEQUE, 1),
        protocol="1",
        extras={"a": {"x": "0", "y": "2"}, "b": "old"},
    )
    both = combine_reports([newer, older])
    assert both.negative_notes == (PEFIN, REFIN)
    assert (both.identity.name, both.score, both.cheques, both.protocol) == ("Exemplo", Score(700), older.cheques, "2")
    assert both.extras == {"a": {"x": "1", "y": "2"}, "b": "new"}


def test_a_score_that_was_not_computed_is_not_replaced_by_an_older_one() -> None:
    both = combine_reports([report(score_absence="sem base"), report(score=Score(500))])
    assert (both.score, both.score_absence) == (None, "sem base")
    assert combine_reports([report(), report(score=Score(500))]).score == Score(500)


def test_ties_of_different_features_stand_side_by_side() -> None:
    ana, bia = Partner("Ana", role="sócio", share="10"), Partner("Bia", role="administrador")
    older = report(partners=(Partner("Ana", role="sócio", share="90"), bia))
    assert combine_reports([report(partners=(ana,)), older]).partners == (ana, bia)
    assert combine_reports([report(partners=()), report()]).partners == ()


KINDS = st.lists(st.sampled_from([NoteKind.PEFIN, NoteKind.REFIN, NoteKind.SPC]), unique=True)
REPORTS = st.builds(
    report,
    negative_notes=st.tuples(KINDS, st.integers(0, 9)).map(lambda drawn: tuple(Notes(k, drawn[1]) for k in drawn[0])),
    score=st.none() | st.builds(Score, st.integers(0, 1000)),
    partners=st.none() | st.lists(st.builds(Partner, st.sampled_from("ab")), unique=True).map(tuple),
    extras=st.dictionaries(st.sampled_from("xyz"), st.text(max_size=2)),
)


@given(newest=REPORTS, older=REPORTS, oldest=REPORTS)
def test_nothing_told_is_lost_and_packing_changes_nothing(
    newest: InquiryReport, older: InquiryReport, oldest: InquiryReport
) -> None:
    drawn = [newest, older, oldest]
    whole = combine_reports(drawn)
    assert combine_reports([newest]) == newest
    assert combine_reports([whole, *drawn]) == whole
    assert {each.kind for each in whole.negative_notes} == {n.kind for each in drawn for n in each.negative_notes}
    assert set(whole.extras) == {name for each in drawn for name in each.extras}
    assert unpack_report(combine_packed([pack_report(each) for each in drawn])) == whole
