"""Pure rules of the bureaus: states, repeats, whose key is used, default codes, the normalised JSON."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.book import CodeList
from lastro.bureaus.catalog import Person
from lastro.bureaus.choice import choose_report
from lastro.bureaus.default_codes import automatic_block, missing_defaults
from lastro.bureaus.environment import Environment
from lastro.bureaus.model import (
    TRANSITIONS,
    Branch,
    IllegalTransition,
    InquiryStatus,
    Integration,
    Panel,
    Settings,
    Setup,
    next_status,
    price_of,
)
from lastro.bureaus.packing import fit_report, pack_report, to_json, unpack_json, unpack_report
from lastro.bureaus.ports import CodeKind, RestrictionCode
from lastro.bureaus.repeats import LastInquiry, Repeat, judge_repeat, next_free_day
from lastro.bureaus.report import (
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
from lastro.bureaus.sharing import choose_key
from lastro.calendar import format_moment
from lastro.documents import Cnpj, Cpf
from lastro.errors import BusinessRefusal, Forbidden, InvalidInput, NotFound

CPF, CNPJ = Cpf("52998224725"), Cnpj("12ABC34501DE35")
CNPJS = (Cnpj("11222333000181"), CNPJ, Cnpj("1345C3A5000106"))
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
MOMENT = format_moment(NOW)

# states -------------------------------------------------------------------------------------------------------------

EVENTS = {event for _, event in TRANSITIONS} | {"opened"}


@pytest.mark.parametrize(("status", "event"), list(product(InquiryStatus, sorted(EVENTS))))
def test_every_pair_of_state_and_event_is_decided(status: InquiryStatus, event: str) -> None:
    if (status, event) in TRANSITIONS:
        assert next_status(status, event) is TRANSITIONS[status, event]
    else:
        with pytest.raises(IllegalTransition):
            next_status(status, event)


def test_what_ended_stays_ended() -> None:
    assert {status for status, _ in TRANSITIONS} == {
        InquiryStatus.QUEUED,
        InquiryStatus.ASKING,
        InquiryStatus.UNKNOWN,
    }
    assert InquiryStatus.ASKING not in {after for (before, _), after in TRANSITIONS.items() if before == "unknown"}


# repeats ------------------------------------------------------------------------------------------------------------


def asked(days_ago: int, status: InquiryStatus = InquiryStatus.DONE, features: tuple[str, ...] = ()) -> LastInquiry:
    return LastInquiry("one", format_moment(NOW - timedelta(days=days_ago)), status, features)


@pytest.mark.parametrize(
    ("last", "forced", "verdict"),
    [
        (None, False, Repeat.ASK),
        (asked(0), False, Repeat.ANSWER_STORED),
        (asked(29), False, Repeat.ANSWER_STORED),
        (asked(30), False, Repeat.ASK),
        (asked(0), True, Repeat.ASK),
        (asked(0, InquiryStatus.FAILED), False, Repeat.ASK),
        (asked(0, InquiryStatus.UNKNOWN), False, Repeat.OUTCOME_UNKNOWN),
        (asked(300, InquiryStatus.UNKNOWN), False, Repeat.OUTCOME_UNKNOWN),
        (asked(0, InquiryStatus.UNKNOWN), True, Repeat.ASK),
        (asked(0, InquiryStatus.ASKING), False, Repeat.IN_PROGRESS),
        (asked(0, InquiryStatus.ASKING), True, Repeat.IN_PROGRESS),
        (asked(0, InquiryStatus.QUEUED), True, Repeat.IN_PROGRESS),
        (asked(0, features=("A",)), False, Repeat.ANSWER_STORED),
    ],
)
def test_a_document_asked_before(last: LastInquiry | None, forced: bool, verdict: Repeat) -> None:
    assert judge_repeat(last, Settings(repeat_days=30), (), NOW, forced=forced) is verdict


def test_an_answer_without_the_wanted_features_is_no_answer() -> None:
    settings = Settings(repeat_days=30)
    assert judge_repeat(asked(1, features=("A", "B")), settings, ("B",), NOW, forced=False) is Repeat.ANSWER_STORED
    assert judge_repeat(asked(1, features=("A",)), settings, ("B",), NOW, forced=False) is Repeat.ASK


def test_the_interval_counts_days_in_sao_paulo() -> None:
    late = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)  # 23:30 of 1 March in São Paulo
    last = LastInquiry("one", format_moment(late), InquiryStatus.DONE)
    settings = Settings(repeat_days=1)
    before_midnight, after = datetime(2026, 3, 2, 2, 59, tzinfo=UTC), datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    assert judge_repeat(last, settings, (), before_midnight, forced=False) is Repeat.ANSWER_STORED
    assert judge_repeat(last, settings, (), after, forced=False) is Repeat.ASK
    assert next_free_day(last, settings) == "02/03/2026"


@given(days=st.integers(0, 365), ago=st.integers(0, 400))
def test_no_stored_answer_is_older_than_the_interval(days: int, ago: int) -> None:
    verdict = judge_repeat(asked(ago), Settings(repeat_days=days), (), NOW, forced=False)
    assert (verdict is Repeat.ANSWER_STORED) == (ago < days and ago < 365)


# whose key ----------------------------------------------------------------------------------------------------------


def integration(number: int, panel: Panel = Panel.MANAGER, shared: tuple[Panel, ...] = ()) -> Integration:
    return Integration(
        id=number,
        provider="serasa",
        branch_id=number,
        environment=Environment.HOMOLOGATION,
        fields={"reports": ("RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME")},
        secrets={},
        credential=f"c{number}",
        created_at=MOMENT,
        updated_at=MOMENT,
        panel=panel,
        shared_with=shared,
    )


def setup(*integrations: Integration, unlinked: tuple[int, ...] = (), stores: tuple[int | None, ...] = ()) -> Setup:
    """A branch of the same number for each integration."""
    branches = tuple(
        Branch(
            id=each.id,
            name="Filial",
            cnpj=CNPJS[index],
            created_at=MOMENT,
            updated_at=MOMENT,
            store_id=stores[index] if stores else None,
            integration_id=None if each.id in unlinked else each.id,
        )
        for index, each in enumerate(integrations)
    )
    return Setup(Settings(), branches, integrations)


def test_a_manager_asks_with_the_branchs_own_key() -> None:
    two = setup(integration(1), integration(2))
    chosen = choose_key(two, Panel.MANAGER, 2)
    assert (chosen.integration.id, chosen.branch.id, chosen.shared) == (2, 2, False)
    with pytest.raises(InvalidInput):
        choose_key(two, Panel.MANAGER, None)
    assert choose_key(setup(integration(1)), Panel.MANAGER, None).integration.id == 1


def test_a_manager_never_asks_with_another_branchs_key() -> None:
    with pytest.raises(BusinessRefusal):
        choose_key(setup(integration(1), integration(2), unlinked=(2,)), Panel.MANAGER, 2)


def test_a_broker_asks_with_its_own_key_first() -> None:
    both = setup(integration(1, shared=(Panel.BROKER,)), integration(2, Panel.BROKER))
    for branch_id in (None, 1, 2):
        chosen = choose_key(both, Panel.BROKER, branch_id)
        assert (chosen.integration.id, chosen.shared) == (2, False)


def test_a_broker_without_a_key_asks_with_the_shared_one_or_not_at_all() -> None:
    chosen = choose_key(setup(integration(1, shared=(Panel.BROKER,))), Panel.BROKER, 1)
    assert (chosen.integration.id, chosen.shared) == (1, True)
    for others in (setup(integration(1)), setup(integration(1, shared=(Panel.AGENCY,)))):
        with pytest.raises(Forbidden):
            choose_key(others, Panel.BROKER, 1)


def test_a_key_nobody_linked_is_no_key() -> None:
    with pytest.raises(BusinessRefusal):
        choose_key(setup(integration(1), unlinked=(1,)), Panel.MANAGER, None)


def test_a_branch_of_another_store_is_not_there() -> None:
    two = setup(integration(1), integration(2), stores=(7, 8))
    assert choose_key(two, Panel.MANAGER, None, store_id=8).integration.id == 2
    with pytest.raises(NotFound):
        choose_key(two, Panel.MANAGER, 1, store_id=8)
    with pytest.raises(NotFound):
        choose_key(two, Panel.MANAGER, 99)


@given(
    panels=st.lists(st.sampled_from(Panel), min_size=1, max_size=3),
    shared=st.lists(st.sets(st.sampled_from([Panel.BROKER, Panel.AGENCY])), min_size=3, max_size=3),
    asker=st.sampled_from(Panel),
    branch_id=st.none() | st.integers(1, 3),
)
def test_nobody_ever_gets_a_key_that_is_not_theirs(
    panels: list[Panel], shared: list[set[Panel]], asker: Panel, branch_id: int | None
) -> None:
    integrations = [
        integration(number, panel, tuple(sorted(shared[number - 1])) if panel is Panel.MANAGER else ())
        for number, panel in enumerate(panels, start=1)
    ]
    try:
        chosen = choose_key(setup(*integrations), asker, branch_id)
    except (BusinessRefusal, Forbidden, InvalidInput, NotFound):
        return
    if chosen.shared:
        assert chosen.integration.panel is Panel.MANAGER
        assert asker in chosen.integration.shared_with
        assert asker not in panels
    else:
        assert chosen.integration.panel is asker
    if asker is Panel.MANAGER and branch_id is not None:
        assert chosen.branch.id == branch_id


# reports, codes, prices ---------------------------------------------------------------------------------------------


def test_the_default_report_suits_the_person() -> None:
    assert choose_report(integration(1), CPF, None, ()) == ("RELATORIO_BASICO_PF_PME", ())
    assert choose_report(integration(1), CNPJ, None, ()) == ("RELATORIO_BASICO_PJ_PME", ())
    planned = replace(integration(1), provider="connect_sa", fields={"plan": "CREDNET_LIGHT"})
    assert choose_report(planned, CPF, None, ())[0] == "CREDNET_LIGHT"
    assert choose_report(planned, CPF, "CREDNET_TOP", ())[0] == "CREDNET_TOP"
    unpublished = replace(planned, fields={"plan": "CREDNET_PLUS"})
    assert choose_report(unpublished, CPF, None, ())[0] == "CREDNET_PLUS"
    assert choose_report(unpublished, CPF, "CREDNET_TOP", ())[0] == "CREDNET_TOP"


def test_features_are_asked_once_and_only_where_there_are_any() -> None:
    assert choose_report(integration(1), CPF, None, ("SCORE_POSITIVO", "SCORE_POSITIVO"))[1] == ("SCORE_POSITIVO",)
    planned = replace(integration(1), provider="connect_sa", fields={"plan": "CREDNET_LIGHT"})
    with pytest.raises(InvalidInput):
        choose_report(planned, CPF, None, ("SCORE_POSITIVO",))


NATURAL_ONLY, LEGAL_ONLY = "RENDA_ESTIMADA_PF", "QSA"


@pytest.mark.parametrize(
    ("provider", "contracted", "wanted", "rule"),
    [
        ("serasa", None, "SCORE_POSITIVO", None),
        ("serasa", None, LEGAL_ONLY, "unknown_feature"),
        ("serasa", ("SCORE_POSITIVO",), "SCORE_POSITIVO", None),
        ("serasa", ("SCORE_POSITIVO",), NATURAL_ONLY, "not_contracted"),
        ("serasa", (), "SCORE_POSITIVO", "not_contracted"),
        ("serasa", (LEGAL_ONLY,), LEGAL_ONLY, "unknown_feature"),
        ("connect_sa", None, "ENDERECOS", "unsupported"),
        ("connect_sa", ("ENDERECOS",), "ENDERECOS", None),
        ("connect_sa", ("ENDERECOS",), "OUTRO", "not_contracted"),
        ("credito_na_medida", None, "X", "unsupported"),
        ("spc_brasil", None, "77", None),
        ("spc_brasil", ("77",), "77", None),
        ("spc_brasil", ("77",), "17", "not_contracted"),
    ],
)
def test_features_are_chosen_among_the_contracted_ones(
    provider: str, contracted: tuple[str, ...] | None, wanted: str, rule: str | None
) -> None:
    known = replace(integration(1), provider=provider, features=contracted)
    if provider != "serasa":
        known = replace(known, fields={})
    if rule is None:
        assert choose_report(known, CPF, "257" if provider == "spc_brasil" else None, (wanted,))[1] == (wanted,)
        return
    with pytest.raises(InvalidInput) as caught:
        choose_report(known, CPF, "257" if provider == "spc_brasil" else None, (wanted,))
    assert [(error.field, error.rule) for error in caught.value.errors] == [("features", rule)]
    assert choose_report(known, CPF, "257" if provider == "spc_brasil" else None, ())[1] == ()


def codes(*rows: tuple[str, CodeKind, Person | None]) -> CodeList:
    return CodeList(tuple(RestrictionCode(code, "texto", kind, person) for code, kind, person in rows), (), MOMENT)


DEFAULTS = {"restriction_code": "1", "legal_person_restriction_code": "2", "removal_code": "9"}
ALL_CODES = codes(
    ("1", CodeKind.INCLUSION, Person.NATURAL), ("2", CodeKind.INCLUSION, Person.LEGAL), ("9", CodeKind.REMOVAL, None)
)
LISTED = replace(integration(1), provider="credito_na_medida", fields=DEFAULTS, automatic=True)


@pytest.mark.parametrize(
    ("known", "missing", "block"),
    [
        (None, (), None),
        (ALL_CODES, (), None),
        (codes(*[("1", CodeKind.INCLUSION, None), ("2", CodeKind.INCLUSION, None)]), ("removal_code",), "gone"),
        (codes(*[("1", CodeKind.REMOVAL, None), ("2", CodeKind.INCLUSION, None), ("9", CodeKind.REMOVAL, None)]),
         ("restriction_code",), "gone"),
        (codes(*[("1", CodeKind.INCLUSION, Person.LEGAL), ("2", CodeKind.INCLUSION, Person.LEGAL),
                 ("9", CodeKind.REMOVAL, None)]), ("restriction_code",), "gone"),
        (codes(), ("restriction_code", "legal_person_restriction_code", "removal_code"), "gone"),
    ],
)  # fmt: skip
def test_a_default_code_that_disappeared_blocks(
    known: CodeList | None, missing: tuple[str, ...], block: str | None
) -> None:
    assert missing_defaults(LISTED, known) == missing
    assert automatic_block(LISTED, known) == ("default_code_disappeared" if block else None)


def test_automatic_runs_need_the_switch_and_the_codes() -> None:
    assert automatic_block(replace(LISTED, automatic=False), ALL_CODES) == "automatic_off"
    without = replace(LISTED, fields={"restriction_code": "1"})
    assert automatic_block(without, ALL_CODES) == "default_code_absent"


@pytest.mark.parametrize(
    ("billed", "stated", "expected"),
    [
        (True, 120, (True, 120)),
        (True, None, (True, 350)),
        (None, None, (True, 350)),
        (None, 0, (True, 0)),
        (False, None, (False, 0)),
        (False, 120, (False, 0)),
    ],
)
def test_the_bureaus_word_on_the_price_counts(
    billed: bool | None, stated: int | None, expected: tuple[bool, int]
) -> None:
    priced = replace(integration(1), prices={"R": 350})
    assert price_of(priced, "R", billed, stated) == expected


# the normalised JSON ------------------------------------------------------------------------------------------------

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
    small = InquiryReport(Identity(CPF), score=Score(1), extras={"bloco": noise})
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
    with pytest.raises(TypeError):
        to_json({"rate": 0.1})
    report = InquiryReport(Identity(CPF), extras={"novo": {"bloco": [1, "dois", None]}})
    assert unpack_json(pack_report(report))["extras"] == {"novo": {"bloco": [1, "dois", None]}}
