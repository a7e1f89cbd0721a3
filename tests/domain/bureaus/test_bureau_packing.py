"""The normalised JSON of a report: it survives its packing, and what is too large loses what the archive keeps."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.reports.packing import fit_report, pack_report, unpack_json, unpack_report
from lastro.bureaus.reports.report import (
    Address,
    Identity,
    InquiryReport,
    Note,
    NoteKind,
    Notes,
    Partner,
    PreviousInquiries,
    PreviousInquiry,
    Score,
)
from tests.domain.bureaus.bureau_setups import CNPJ, CPF

texts = st.none() | st.text(max_size=20)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
counts = st.integers(0, 99)
note_lists = st.lists(
    st.builds(
        Note,
        occurred_on=days,
        amount=st.none() | st.integers(0, 10**12),
        creditor=texts,
        contract=texts,
        principal=st.none() | st.booleans(),
    ),
    max_size=3,
).map(tuple)
notes = st.builds(
    Notes,
    kind=st.sampled_from(NoteKind),
    count=counts,
    total=st.none() | counts,
    first=days,
    last=days,
    items=note_lists,
)
extras = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        max_leaves=4,
    ),
    max_size=2,
)
reports = st.builds(
    InquiryReport,
    identity=st.builds(
        Identity,
        document=st.sampled_from([CPF, CNPJ]),
        name=texts,
        birth_date=days,
        addresses=st.lists(st.builds(Address, line=texts, city=texts), max_size=2).map(tuple),
        phones=st.lists(st.text(max_size=12), max_size=2).map(tuple),
    ),
    score=st.none() | st.builds(Score, value=st.integers(0, 1000), model=texts, default_rate=texts),
    score_absence=texts,
    negative_notes=st.lists(notes, max_size=2).map(tuple),
    protests=st.none() | notes,
    previous_inquiries=st.none()
    | st.builds(
        PreviousInquiries,
        count=counts,
        items=st.lists(st.builds(PreviousInquiry, occurred_on=days, name=texts), max_size=2).map(tuple),
    ),
    partners=st.none()
    | st.lists(
        st.builds(Partner, name=texts, document=st.none() | st.sampled_from([CPF, CNPJ]), since=days), max_size=2
    ).map(tuple),
    billed=st.none() | st.booleans(),
    cost=st.none() | counts,
    extras=extras,
)


@given(report=reports)
def test_a_report_survives_its_packing(report: InquiryReport) -> None:
    packed = pack_report(report)
    assert unpack_report(packed) == report
    assert pack_report(unpack_report(packed)) == packed


def test_absent_and_zero_stay_apart() -> None:
    none = InquiryReport(Identity(CPF))
    zero = replace(none, score=Score(0), negative_notes=(Notes(NoteKind.PEFIN, 0, 0),))
    assert unpack_json(pack_report(none))["score"] is None
    assert unpack_json(pack_report(zero))["score"]["value"] == 0
    assert unpack_report(pack_report(zero)) != none
    assert zero.summary.restricted is False


def test_a_report_too_large_for_the_table_loses_what_the_archive_keeps() -> None:
    noise = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(4_000)]
    items = tuple(Note(amount=1, creditor=text) for text in noise)
    notes = Notes(NoteKind.PEFIN, len(items), 123, items=items)
    small = InquiryReport(Identity(CPF), score=Score(1), extras={"bloco": [*noise]})
    assert fit_report(small, 10**6) == pack_report(small)
    cut = unpack_report(fit_report(small, 1_000))
    assert (cut.score, cut.extras) == (small.score, {"left_out_for_size": True})
    known = Identity(CPF, name="Ana", addresses=tuple(Address(text) for text in noise), phones=tuple(noise))
    large = replace(small, identity=known, negative_notes=(notes,), protests=notes)
    packed = fit_report(large, 1_000)
    assert len(packed) <= 1_000
    bare = unpack_report(packed)
    assert [(each.count, each.total, each.items) for each in bare.all_notes()] == [(4_000, 123, ())] * 2
    assert bare.summary == large.summary
    assert bare.identity == Identity(CPF, name="Ana")


def test_a_report_outlives_a_field_and_holds_no_float() -> None:
    for extras in ({"rate": 0.1}, {"rates": [{"of": Decimal("0.1")}]}):
        with pytest.raises(TypeError) as refused:
            pack_report(InquiryReport(Identity(CPF), extras=cast(Any, extras)))
        assert "0.1" not in str(refused.value)
    report = InquiryReport(Identity(CPF), extras={"novo": {"bloco": [1, "dois", None]}})
    assert unpack_json(pack_report(report))["extras"] == {"novo": {"bloco": [1, "dois", None]}}


def test_what_was_packed_before_its_types_were_read_by_a_library_is_read() -> None:
    """As it stands in the table: texts for days, documents and kinds; a member that was dropped since."""
    kept = {
        "identity": {
            "document": CPF.value,
            "name": "Ana",
            "birth_date": "1990-05-17",
            "addresses": [{"city": "Exemplo"}],
        },
        "score": {"value": 0, "default_rate": "9.0", "dropped": 1},
        "negative_notes": [{"kind": "pefin", "count": 1, "items": [{"occurred_on": "2026-01-02", "amount": 1}]}],
        "partners": [{"document": CNPJ.value, "since": None}],
        "extras": {"1": "2", "list": [True, 1, None]},
        "dropped": {"x": 1},
    }
    report = unpack_report(gzip.compress(json.dumps(kept).encode()))
    assert report == InquiryReport(
        Identity(CPF, name="Ana", birth_date=date(1990, 5, 17), addresses=(Address(city="Exemplo"),)),
        score=Score(0, default_rate="9.0"),
        negative_notes=(Notes(NoteKind.PEFIN, 1, items=(Note(date(2026, 1, 2), amount=1),)),),
        partners=(Partner(document=CNPJ),),
        extras={"1": "2", "list": [True, 1, None]},
    )
    assert unpack_json(pack_report(report))["partners"][0]["document"] == CNPJ.value


def test_what_is_no_report_is_refused_without_its_values() -> None:
    broken = {"identity": {"document": "52998224726", "birth_date": "secret"}}
    with pytest.raises(ValueError, match=r"identity\.document") as refused:
        unpack_report(gzip.compress(json.dumps(broken).encode()))
    assert "identity.birth_date" in str(refused.value)
    assert "52998224726" not in str(refused.value)
    assert "secret" not in str(refused.value)
