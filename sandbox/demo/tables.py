"""The demo's tables: conditions as they fill in, and the offers at the end."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from sandbox.demo.formats import origin, percent, reais, status

_STYLES = {"em análise": "dim", "disponível": "green", "indisponível": "yellow", "falhou": "red"}
_MARKS = {"em análise": "…", "disponível": "✓", "indisponível": "–", "falhou": "✗"}

Condition = dict[str, Any]


def with_their_origin(conditions: Sequence[Condition]) -> list[Condition]:
    """Each original followed by what was generated from it."""
    places = {condition["id"]: place for place, condition in enumerate(conditions)}

    def place(condition: Condition) -> tuple[int, int]:
        own = places[condition["id"]]
        return places.get(condition["original_condition_id"], own), own

    return sorted(conditions, key=place)


def progress_table(simulation: dict[str, Any], seconds: float) -> Table:
    """One row per condition, original and suggested told apart."""
    conditions = with_their_origin(simulation["conditions"])
    ended = len(conditions) - simulation["pending"]
    table = Table(
        title=f"Simulação: {ended} de {len(conditions)} condições concluídas em {seconds:.1f} s", expand=False
    )
    for heading in ("", "Banco", "Condição", "Prazo"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Entrada", "Parcela", "Taxa a.m.", "CET a.a."):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Motivo", overflow="ellipsis", no_wrap=True, max_width=44)
    for condition in conditions:
        state = status(condition)
        generated = condition["suggestion_reason"] is not None
        table.add_row(
            _MARKS[state],
            condition["bank"]["nickname"],
            f"└ {origin(condition)}" if generated else origin(condition),
            f"{condition['installments']}x",
            reais(condition["down_payment"]),
            reais(condition["first_installment_value"]),
            percent(condition["interest_monthly"]),
            percent(condition["cet_annually"]),
            condition["reason"] or "",
            style=f"{_STYLES[state]} italic" if generated else _STYLES[state],
        )
    return table


def offers_table(offers: Iterable[Condition]) -> Table:
    """Available conditions by term, the lowest total effective cost of each term first and starred."""
    table = Table(title="Ofertas, do menor para o maior custo efetivo total (CET) em cada prazo")
    for heading in ("", "Prazo", "Banco", "Condição"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Entrada", "Parcela", "Taxa a.m.", "CET a.a.", "Total do financiamento"):
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
            reais(offer["down_payment"]),
            reais(offer["first_installment_value"]),
            percent(offer["interest_monthly"]),
            percent(offer["cet_annually"]),
            reais(offer["amount_paid_in_financing"]),
            style="bold green" if best else "",
        )
    return table
