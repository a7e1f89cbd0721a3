"""When what is kept of a person ends: by its term, when asked for, never before the law's least nor while in use."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.approvals.retention import ASSIGNMENT, REFUSED_ASSIGNMENT, RESERVATION, SALE
from lastro.bureaus.inquiries.retention import INQUIRY
from lastro.customers.retention import CUSTOMER
from lastro.kernel.calendar import add_months
from lastro.kernel.retention import Kind, Standing, adjust, read_terms
from lastro.negativations.endings.retention import DEBT, LISTING
from lastro.origination.endings.retention import APPLICATION, CONTRACT
from lastro.retention.entities import BY_NUMBER, ENDED_WITH, LAPSING, OF_NOBODY, OF_THE_RIGHT
from lastro.retention.model import IN_USE_AGAIN, LONGEST_UNSEEN, next_look
from lastro.simulations.retention import LEAD, SIMULATION

ROOT = Path(__file__).parents[3]
KINDS = (
    *(LEAD, SIMULATION, INQUIRY, APPLICATION, CONTRACT, DEBT, LISTING, CUSTOMER, RESERVATION),
    *(SALE, ASSIGNMENT, REFUSED_ASSIGNMENT),
)
ENTITY = re.compile(r'"entity": "(\w+)"|entity\(\s*"(\w+)"|entity="(\w+)"')
WITHOUT_PEOPLE = {"access", "vehicles", "webhooks"}
"""Contexts that keep no record of a data subject: their rows are in ``OF_NOBODY`` or ``BY_NUMBER``, or lapse."""


def test_every_kind_of_row_is_spoken_for() -> None:
    """A new kind of row fails here by its name, until lastro/retention/entities.py says what becomes of it."""
    root = ROOT / "layers/lastro/lastro"
    source = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    written = {next(filter(None, names)) for names in ENTITY.findall(source)}
    spoken_for = [
        name for group in (*ENDED_WITH.values(), LAPSING, OF_THE_RIGHT, OF_NOBODY, BY_NUMBER) for name in group
    ]
    assert len(spoken_for) == len(set(spoken_for))
    assert written - set(spoken_for) == set()
    assert set(spoken_for) - written == set()


def test_every_context_registers_its_part() -> None:
    """A new context fails here by its name, until lastro/retention/wiring.py opens its part."""
    contexts = {path.parent.name for path in (ROOT / "layers/lastro/lastro").glob("*/wiring.py")} - {"retention"}
    wiring = (ROOT / "layers/lastro/lastro/retention/wiring.py").read_text(encoding="utf-8")
    registered = set(re.findall(r"from lastro\.(\w+)\.wiring import open_personal_data", wiring))
    assert contexts - registered - WITHOUT_PEOPLE == set()


def test_docs_tell_every_term() -> None:
    page = (ROOT / "docs/retention.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind.name}` | {kind.what} | {kind.least} | {kind.most} |" in page, kind.name


def test_the_panel_has_a_word_for_every_kind() -> None:
    words = (ROOT / "panel/src/areas/subjects/words.ts").read_text(encoding="utf-8")
    root = ROOT / "layers/lastro/lastro"
    records = re.findall(
        r'^[A-Z]+_RECORD(?:, [A-Z]+_RECORD)* = (".*")$',
        "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py")),
        re.MULTILINE,
    )
    named = {name.strip('"') for line in records for name in line.split(", ")} | {kind.name for kind in KINDS}
    assert {"lead", "simulation", "process"} < named
    assert [name for name in sorted(named) if f"\n  {name}: " not in words] == []


kinds = st.builds(
    lambda least, more: Kind("k", "w", least, least + more, "b"), st.integers(0, 120), st.integers(0, 120)
)
days = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(kinds, days, days, st.booleans())
def test_nothing_ends_before_its_day(kind: Kind, began: date, today: date, wanted: bool) -> None:
    standing = Standing(kind, began)
    due = add_months(began, kind.least if wanted else kind.most)
    look_on = next_look(standing, today, wanted=wanted)
    assert (look_on is None) is (due <= today)
    assert look_on is None or today < look_on <= min(due, today + LONGEST_UNSEEN)


@given(kinds, st.none() | days, days, days, st.booleans())
def test_the_day_on_which_something_of_a_record_goes_is_not_missed(
    kind: Kind, began: date | None, trims_on: date, today: date, wanted: bool
) -> None:
    without = next_look(Standing(kind, began), today, wanted=wanted)
    look_on = next_look(Standing(kind, began, trims_on), today, wanted=wanted)
    assert look_on == (min(without, trims_on) if without and trims_on > today else without)


@given(kinds, days, st.booleans())
def test_what_is_in_use_is_looked_at_again(kind: Kind, today: date, wanted: bool) -> None:
    look_on = next_look(Standing(kind, None), today, wanted=wanted)
    assert look_on == today + (timedelta(days=1) if wanted else IN_USE_AGAIN)


def test_the_deployments_terms() -> None:
    assert read_terms("") == {}
    assert read_terms("lead=12, simulation=6") == {"lead": 12, "simulation": 6}
    assert adjust(LEAD, {"lead": 12}).most == 12
    assert adjust(LEAD, {"simulation": 12}) == LEAD
    for text in ("lead", "lead=", "lead=um", "lead=1,lead=2", "lead=-1"):
        with pytest.raises(ValueError, match="not a term"):
            read_terms(text)
    with pytest.raises(ValueError, match="between 120 and"):
        adjust(CONTRACT, {"contract": 119})


def test_no_kind_ends_before_the_law_lets_it() -> None:
    assert all(kind.least <= kind.most for kind in KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)
