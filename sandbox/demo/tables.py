"""The demo's tables: conditions as they fill in, and the offers at the end."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sandbox.demo.formats import amount, origin, percent, status

_STYLES = {"em análise": "dim", "disponível": "green", "indisponível": "yellow", "falhou": "red"}
_MARKS = {"em análise": "…", "disponível": "✓", "indisponível": "–", "falhou": "✗"}

_WIDTH_WITH_REASONS = 120

Condition = dict[str, Any]


def with_their_origin(conditions: Sequence[Condition]) -> list[Condition]:
    """Each original followed by what was generated from it."""
    places = {condition["id"]: place for place, condition in enumerate(conditions)}

    def place(condition: Condition) -> tuple[int, int]:
        own = places[condition["id"]]
        return places.get(condition["original_condition_id"], own), own

    return sorted(conditions, key=place)


def progress_table(simulation: dict[str, Any], seconds: float, width: int) -> Table:
    """One row per condition, original and suggested told apart. A narrow screen (in columns) leaves the reasons out."""
    conditions = with_their_origin(simulation["conditions"])
    ended = len(conditions) - simulation["pending"]
    title = f"Simulação: {ended} de {len(conditions)} condições concluídas em {seconds:.1f} s"
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    shows_reasons = width >= _WIDTH_WITH_REASONS
    for heading in ("", "Banco", "Condição", "Prazo"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Entrada\nR$", "Parcela\nR$", "Taxa\na.m.", "CET\na.a."):
        table.add_column(heading, justify="right", no_wrap=True)
    if shows_reasons:
        table.add_column("Motivo", no_wrap=True)
    for condition in conditions:
        state = status(condition)
        generated = condition["suggestion_reason"] is not None
        table.add_row(
            _MARKS[state],
            condition["bank"]["nickname"],
            f"└ {origin(condition)}" if generated else origin(condition),
            f"{condition['installments']}x",
            amount(condition["down_payment"]),
            amount(condition["first_installment_value"]),
            percent(condition["interest_monthly"]),
            percent(condition["cet_annually"]),
            *([condition["reason"] or ""] if shows_reasons else []),
            style=f"{_STYLES[state]} italic" if generated else _STYLES[state],
        )
    return table


def offers_table(offers: Iterable[Condition]) -> Table:
    """Available conditions by term, the lowest total effective cost of each term first and starred."""
    table = Table(
        title="Ofertas, do menor para o maior custo efetivo total (CET) em cada prazo",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for heading in ("", "Prazo", "Banco", "Condição"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Entrada\nR$", "Parcela\nR$", "Taxa\na.m.", "CET\na.a.", "Total pago\nR$"):
        table.add_column(heading, justify="right", no_wrap=True)
    term = None
    for offer in sorted(offers, key=lambda each: (each["installments"], each["cet_annually"], each["down_payment"])):
        best = offer["installments"] != term
        if best and term is not None:
            table.add_section()
        term = offer["installments"]
        table.add_row(
            "★" if best else "",
            f"{term}x",
            offer["bank"]["nickname"],
            origin(offer),
            amount(offer["down_payment"]),
            amount(offer["first_installment_value"]),
            percent(offer["interest_monthly"]),
            percent(offer["cet_annually"]),
            amount(offer["amount_paid_in_financing"]),
            style="bold green" if best else "",
        )
    return table


def reasons(conditions: Iterable[Condition]) -> list[str]:
    """A line for each reason why conditions brought no offer, with how many and at which banks."""
    found: dict[str, list[str]] = {}
    for condition in conditions:
        if condition["reason"]:
            found.setdefault(condition["reason"], []).append(condition["bank"]["nickname"])
    return [f"{len(banks)}x  {reason} ({', '.join(dict.fromkeys(banks))})" for reason, banks in found.items()]
