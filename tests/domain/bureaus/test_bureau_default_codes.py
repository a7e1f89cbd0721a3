"""Default restriction codes that disappear, and what holds automatic runs back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lastro.bureaus.errors import AUTOMATIC_OFF, DEFAULT_CODE_ABSENT, DEFAULT_CODE_GONE
from lastro.bureaus.ports import CodeKind, RestrictionCode
from lastro.bureaus.providers.catalogue import Person
from lastro.bureaus.records import CodeList
from lastro.bureaus.setup.codes.defaults import automatic_block, missing_defaults
from tests.domain.bureaus.bureau_setups import NOW, integration


def codes(*rows: tuple[str, CodeKind, Person | None]) -> CodeList:
    return CodeList(tuple(RestrictionCode(code, "texto", kind, person) for code, kind, person in rows), (), NOW)


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
    assert automatic_block(LISTED, known) is (DEFAULT_CODE_GONE if block else None)


@pytest.mark.parametrize("provider", ["connect_sa", "spc_brasil"])
def test_a_provider_without_a_code_list_loses_no_code(provider: str) -> None:
    """Its products are pulled all the same."""
    unlisted = replace(LISTED, provider=provider, fields={"restriction_code": "1", "removal_code": "9"})
    assert missing_defaults(unlisted, codes()) == ()
    assert automatic_block(unlisted, codes()) is None


def test_automatic_runs_need_the_switch_and_the_codes() -> None:
    assert automatic_block(replace(LISTED, automatic=False), ALL_CODES) is AUTOMATIC_OFF
    without = replace(LISTED, fields={"restriction_code": "1"})
    assert automatic_block(without, ALL_CODES) is DEFAULT_CODE_ABSENT
