"""Clause texts held as data, with variables and conditionals: ``{{ credora }}`` and ``{% if tem_seguro %}``.

A partner may write clauses, so a text is data and not a program: Jinja2 in its immutable sandbox, every variable a
plain text, number or truth value, and only the syntax named here. No loop, call, attribute, assignment, arithmetic or
inclusion exists, so a text ends after one pass over it and reaches nothing but the values it is given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.kernel.texts.lettering import is_printable, unprintable_in
from lastro.origination.clauses.variables import NUMBERS, VARIABLES, Variable
from lastro.origination.contracts.model import Clause, ClauseText
from lastro.origination.errors import (
    CLAUSES_LENGTH,
    NESTED_TOO_DEEPLY,
    NOT_ALLOWED,
    NOT_COMPARABLE,
    PARAGRAPHS_LENGTH,
    TEXT_LENGTH,
    TOO_MUCH_OUTPUT,
    UNKNOWN_VARIABLE,
    UNPRINTABLE,
    UNPRINTABLE_LETTERS,
    WRONG_MARKUP,
)

MAX_CLAUSES = 60
MAX_PARAGRAPHS = 20
MAX_TITLE = 120
MAX_PARAGRAPH = 4000
MAX_OUTPUT = 40_000
_LONGEST_VARIABLE = 400
_LONGEST_VARIABLES = {"associados_ppe": 6_000}
"""Twenty associates, each with a name and an office."""
_MAX_DEPTH = 24
_LARGEST = 10**15
"""Of a number that a text writes: ``0xff...f`` may have more digits than Python spells, and ``1e999`` is none."""
_ALLOWED: frozenset[type[nodes.Node]] = frozenset(
    {
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.Name,
        nodes.Const,
        nodes.If,
        nodes.And,
        nodes.Or,
        nodes.Not,
        nodes.Compare,
        nodes.Operand,
    }
)
_OPERANDS: Mapping[str, type] = {**dict.fromkeys(("lt", "lteq", "gt", "gteq"), int), "in": str, "notin": str}
"""What stands on both sides of a comparison; anything may be equal to anything."""
Told = Callable[[str], FieldError]
"""What is wrong, told of the field that it is given."""


_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class ContractTemplate:
    """The clauses of a product's contract, in order."""

    name: str
    clauses: tuple[ClauseText, ...]


@cache
def read_template(name: str) -> ContractTemplate:
    """One of the templates shipped here (``templates/<name>.toml``). Raises ``KeyError`` for another name."""
    if name not in template_names():
        raise KeyError(name)
    data = tomllib.loads((_TEMPLATES / f"{name}.toml").read_text(encoding="utf-8"))
    clauses = tuple(ClauseText(each["title"], tuple(each["paragraphs"])) for each in data["clauses"])
    return ContractTemplate(name, clauses)


@cache
def template_names() -> frozenset[str]:
    return frozenset(file.stem for file in _TEMPLATES.glob("*.toml"))


def check_clauses(clauses: Sequence[ClauseText]) -> None:
    """Raise ``InvalidInput`` with every fault of the clauses at once; ``clauses.0.paragraphs.1`` names the place."""
    _check(clauses, _find_fault)


def _check(clauses: Sequence[ClauseText], find_fault: Callable[[str], Told | None]) -> None:
    errors: list[FieldError] = []
    if not 1 <= len(clauses) <= MAX_CLAUSES:
        errors.append(CLAUSES_LENGTH.at("clauses", most=MAX_CLAUSES))
    for position, clause in enumerate(clauses[:MAX_CLAUSES]):
        if not 1 <= len(clause.paragraphs) <= MAX_PARAGRAPHS:
            errors.append(PARAGRAPHS_LENGTH.at(f"clauses.{position}.paragraphs", most=MAX_PARAGRAPHS))
        for field, text, limit in _texts_of(position, clause):
            if not 1 <= len(text.strip()) <= limit:
                errors.append(TEXT_LENGTH.at(field, most=limit))
            elif told := find_fault(text):
                errors.append(told(field))
    if errors:
        raise InvalidInput(errors)


def render_clauses(clauses: Sequence[ClauseText], values: Mapping[str, Variable]) -> tuple[Clause, ...]:
    """Put the values in. A paragraph that turns out empty is left out, and so is a clause without paragraphs.

    Raises ``InvalidInput`` for texts whose syntax ``check_clauses`` refuses and ``KeyError`` when a variable has no
    value. What was kept when any character was taken is rendered too; drawing judges its letters.
    """
    _check(clauses, _find_syntax_fault)
    known = {name: values[name] for name in VARIABLES}
    rendered = []
    for clause in clauses:
        paragraphs = tuple(text for each in clause.paragraphs if (text := _render(each, known)))
        if paragraphs:
            rendered.append(Clause(_render(clause.title, known), paragraphs))
    return tuple(rendered)


def _texts_of(position: int, clause: ClauseText) -> Iterator[tuple[str, str, int]]:
    yield f"clauses.{position}.title", clause.title, MAX_TITLE
    for number, paragraph in enumerate(clause.paragraphs[:MAX_PARAGRAPHS]):
        yield f"clauses.{position}.paragraphs.{number}", paragraph, MAX_PARAGRAPH


def _render(text: str, values: Mapping[str, Variable]) -> str:
    return " ".join(_environment().from_string(text).render(values).split(" ")).strip()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    environment.globals = {}
    environment.filters = {}
    environment.tests = {}
    return environment


def _find_fault(text: str) -> Told | None:
    """The first fault, ``None`` for a text that may be used."""
    if strange := unprintable_in(text):
        return partial(UNPRINTABLE.at, strange=repr(strange[:20]))
    return _find_syntax_fault(text) or _find_excess(text)


def _find_excess(text: str) -> Told | None:
    """Whether a text could come to more than a paragraph may, every variable as long as one gets.

    Without loops a text comes to no more than its own letters and each variable once for each time it is named.
    """
    named = [node.name for node in _environment().parse(text).find_all(nodes.Name)]
    longest = len(text) + sum(_LONGEST_VARIABLES.get(name, _LONGEST_VARIABLE) for name in named)
    return partial(TOO_MUCH_OUTPUT.at, most=MAX_OUTPUT) if longest > MAX_OUTPUT else None


def _find_syntax_fault(text: str) -> Told | None:
    try:
        tree = _environment().parse(text)
    except (TemplateError, RecursionError):
        return WRONG_MARKUP.at
    for node, depth in _walk(tree, 0):
        if depth > _MAX_DEPTH:
            return NESTED_TOO_DEEPLY.at
        if type(node) not in _ALLOWED:
            return NOT_ALLOWED.at
        if isinstance(node, nodes.Name) and node.name not in VARIABLES:
            return partial(UNKNOWN_VARIABLE.at, name=node.name[:40])
        # A quoted text may name its letters: "\\u0416".
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and not is_printable(node.value):
            return UNPRINTABLE_LETTERS.at
        if isinstance(node, nodes.Const) and isinstance(node.value, int | float) and not abs(node.value) <= _LARGEST:
            return NOT_ALLOWED.at
        if isinstance(node, nodes.Compare) and not _is_comparable(node):
            return NOT_COMPARABLE.at
    return None


def _is_comparable(node: nodes.Compare) -> bool:
    """Whether every comparison has an answer whatever the values: order among numbers, ``in`` among texts."""
    operands = [node.expr, *(each.expr for each in node.ops)]
    for operator, left, right in zip(node.ops, operands[:-1], operands[1:], strict=True):
        wanted = _OPERANDS.get(operator.op)
        if wanted and not _kind_of(left) is wanted is _kind_of(right):
            return False
    return True


def _kind_of(node: nodes.Node) -> type | None:
    """``int`` for numbers and truth values, ``str`` for texts, ``None`` for what may be either."""
    match node:
        case nodes.Const(value=bool() | int() | float()) | nodes.Not() | nodes.Compare():
            return int
        case nodes.Const(value=str()):
            return str
        case nodes.Name(name=name):
            return int if name in NUMBERS else str
    return None


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    yield node, depth
    if depth <= _MAX_DEPTH:
        for child in node.iter_child_nodes():
            yield from _walk(child, depth + 1)
