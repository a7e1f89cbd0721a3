"""Clause texts as data: variables and conditions, and nothing a partner could run."""

from __future__ import annotations

import inspect
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import InvalidInput
from lastro.origination.clauses.texts import (
    MAX_CLAUSES,
    MAX_PARAGRAPH,
    check_clauses,
    read_template,
    render_clauses,
    template_names,
)
from lastro.origination.clauses.variables import NUMBERS, VARIABLES, Variable, clause_values
from lastro.origination.contracts.model import ClauseText
from lastro.origination.products.requests import CONTRACT_TEMPLATES
from tests.domain.origination.contracts.contract_samples import sample_contract

VALUES: dict[str, Variable] = {
    **{name: f"[{name}]" for name in VARIABLES},
    "pessoa_fisica": True,
    "tem_tarifa": True,
    "tem_seguro": False,
    "tem_avalista": False,
    "tem_garantia": False,
    "parcelas": 12,
}


def one(paragraph: str, title: str = "Cláusula") -> list[ClauseText]:
    return [ClauseText(title, (paragraph,))]


def rules(clauses: list[ClauseText]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        check_clauses(clauses)
    return {error.field: error.rule for error in caught.value.errors}


def test_products_may_name_the_shipped_templates_and_no_other() -> None:
    assert set(CONTRACT_TEMPLATES) == template_names()
    with pytest.raises(KeyError):
        read_template("../ccb")


@pytest.mark.parametrize("name", sorted(template_names()))
@pytest.mark.parametrize("flag", [True, False])
def test_a_shipped_template_uses_only_known_variables(name: str, flag: bool) -> None:
    flags = {key: flag for key in VALUES if key.startswith("tem_") or key == "pessoa_fisica"}
    clauses = render_clauses(read_template(name).clauses, {**VALUES, **flags})
    text = " ".join(paragraph for clause in clauses for paragraph in clause.paragraphs)
    assert len(clauses) >= 12
    assert "{" not in text
    assert "  " not in text
    for value in ("valor_financiado", "taxa_mensal", "cet_anual", "multa", "juros_mora", "foro", "validade"):
        assert f"[{value}]" in text


def test_conditions_choose_what_is_said() -> None:
    text = "{% if tem_seguro %}com{% else %}sem{% endif %} seguro, {{ parcelas }} vez{% if parcelas > 1 %}es{% endif %}"
    [clause] = render_clauses(one(text), VALUES)
    assert clause.paragraphs == ("sem seguro, 12 vezes",)


def test_an_empty_paragraph_and_an_empty_clause_are_left_out() -> None:
    hidden = ClauseText("Seguro", ("{% if tem_seguro %}Há seguro.{% endif %}",))
    shown = ClauseText("Tarifa", ("{% if tem_seguro %}x{% endif %}", "Há tarifa."))
    [clause] = render_clauses([hidden, shown], VALUES)
    assert clause.title == "Tarifa"
    assert clause.paragraphs == ("Há tarifa.",)


def test_values_are_never_read_as_templates() -> None:
    [clause] = render_clauses(one("{{ emitente }}"), {**VALUES, "emitente": "{{ credora }}{% for %}<b>"})
    assert clause.paragraphs == ("{{ credora }}{% for %}<b>",)


@pytest.mark.parametrize(
    "text",
    [
        "{{ emitente.__class__ }}",
        "{{ emitente['__class__'] }}",
        "{{ emitente|upper }}",
        "{{ emitente.upper() }}",
        "{{ range(10) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 0x" + "f" * 3900 + " }}",
        "{% if parcelas == 0x" + "f" * 3900 + " %}x{% endif %}",
        "{{ 0b" + "1" * 60 + " }}",
        "{{ 1e999 }}",
        "{{ 'a' ~ emitente }}",
        "{% for x in emitente %}{{ x }}{% endfor %}",
        "{% set emitente = 'outro' %}",
        "{% macro m() %}{% endmacro %}",
        "{% include '/etc/hostname' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% call x() %}{% endcall %}",
        "{{ self }}",
        "{{ emitente if pessoa_fisica else credora }}",
        "{{ [emitente] }}",
        "{{ {'a': emitente} }}",
        "{{ emitente is defined }}",
        "{% raw %}{{ emitente }}{% endraw %}{% do x %}",
        "{{ lipsum }}",
        "{{ nao_existe }}",
        "{% if nao_existe %}x{% endif %}",
        "{{ emitente",
        "{% if tem_seguro %}sem fim",
        "{{ " + "(" * 1900 + "parcelas" + ")" * 1900 + " }}",
        "{% if parcelas %}" * 60 + "{% endif %}" * 60,
    ],
)
def test_nothing_but_variables_and_conditions(text: str) -> None:
    found = rules(one(text))
    assert set(found) == {"clauses.0.paragraphs.0"}
    assert set(found.values()) <= {"not_allowed", "unknown_variable", "syntax"}


@pytest.mark.parametrize(
    "text",
    [
        "{% if valor_liberado > 1000 %}x{% endif %}",
        "{% if parcelas > '12' %}x{% endif %}",
        "{% if 1 < parcelas < foro %}x{% endif %}",
        "{% if 'a' in parcelas %}x{% endif %}",
        "{% if (parcelas or foro) > 1 %}x{% endif %}",
        "{{ none < 1 }}",
    ],
)
def test_what_cannot_be_compared_is_refused_when_it_is_written(text: str) -> None:
    assert rules(one(text)) == {"clauses.0.paragraphs.0": "not_comparable"}


@pytest.mark.parametrize("letter", ["\\u0416", "\\ud800", "\\x00", "\\n"])
def test_letters_named_in_a_quoted_text_are_checked_too(letter: str) -> None:
    assert rules(one('x{{ "' + letter + '" }}')) == {"clauses.0.paragraphs.0": "undrawable"}


OPERANDS = [
    "parcelas",
    "foro",
    "tem_seguro",
    "12",
    "1.5",
    "'12'",
    "true",
    "none",
    "not parcelas",
    "(parcelas and foro)",
]
OPERATORS = ["<", "<=", ">", ">=", "==", "!=", "in", "not in", "and", "or"]


@given(st.lists(st.sampled_from(OPERANDS), min_size=4, max_size=4), st.lists(st.sampled_from(OPERATORS), min_size=3))
def test_whatever_is_compared_is_refused_or_has_an_answer(operands: list[str], operators: list[str]) -> None:
    first, *rest = operands
    condition = " ".join([first, *(part for pair in zip(operators, rest, strict=False) for part in pair)])
    try:
        clauses = render_clauses(one(f"x{{% if {condition} %}}y{{% endif %}}"), VALUES)
    except InvalidInput:
        return
    assert clauses[0].paragraphs[0] in ("x", "xy")


def test_every_value_is_of_the_kind_that_is_said_of_it() -> None:
    data = sample_contract()
    names = set(inspect.signature(clause_values).parameters) - {"issued_on", "valid_until", "offered_until"}
    parts: dict[str, Any] = {name: getattr(data, name) for name in names}
    parts |= {"issued_on": "2 de março de 2026", "valid_until": "02/03/2026", "offered_until": "05/03/2026"}
    values = clause_values(**parts)
    assert set(values) == set(VARIABLES)
    assert {name for name, value in values.items() if isinstance(value, int)} == NUMBERS


def test_a_title_is_checked_as_well() -> None:
    assert rules(one("Texto.", "{{ range(3) }}")) == {"clauses.0.title": "not_allowed"}


def test_sizes_are_bounded() -> None:
    assert rules([]) == {"clauses": "length"}
    assert rules(one("x") * (MAX_CLAUSES + 1)) == {"clauses": "length"}
    assert rules(one("x" * (MAX_PARAGRAPH + 1))) == {"clauses.0.paragraphs.0": "length"}
    assert rules([ClauseText("Vazia", ())]) == {"clauses.0.paragraphs": "length"}
    assert rules(one(" ", " ")) == {"clauses.0.title": "length", "clauses.0.paragraphs.0": "length"}


@given(st.text(alphabet=string.ascii_letters + "{}%.()|[]'\"*~ _-+=0123456789", max_size=80))
def test_whatever_is_written_is_refused_or_harmless(text: str) -> None:
    try:
        clauses = render_clauses(one(f"x{text}"), VALUES)
    except InvalidInput:
        return
    assert sum(len(paragraph) for clause in clauses for paragraph in clause.paragraphs) <= 40 * (len(text) + 2)
