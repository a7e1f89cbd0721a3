"""Amounts and rates as a Brazilian reader expects them."""

from typing import Any


def amount(cents: int | None) -> str:
    """1234567 -> 12.345,67; a dash for nothing."""
    if cents is None:
        return "–"
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02d}"


def reais(cents: int) -> str:
    """1234567 -> R$ 12.345,67."""
    return f"R$ {amount(cents)}"


def percent(rate: float | None) -> str:
    """1.5 -> 1,50%; a dash for nothing."""
    return "–" if rate is None else f"{rate:.2f}%".replace(".", ",")


ORIGINS = {
    None: "original",
    "bank_minimum_down_payment": "mínima",
    "bank_suggested_down_payment": "sugerida",
}


def origin(condition: dict[str, Any]) -> str:
    """Whether the partner asked for the condition or a bank's advice led to it."""
    return ORIGINS[condition["suggestion_reason"]]


def status(condition: dict[str, Any]) -> str:
    """The condition's state in one word (reference: state table)."""
    if condition["process_task"] is None:
        return "em análise"
    if condition["error"] or not condition["success"]:
        return "falhou"
    return "disponível" if condition["available"] else "indisponível"


def summary(inquiry: dict[str, Any]) -> str:
    """What a bureau found in one line: ``escore 870, nada consta``."""
    found = inquiry["summary"]
    score = "sem escore" if found["score"] is None else f"escore {found['score']}"
    notes = f"{found['notes']} anotações de {reais(found['notes_total'])}" if found["restricted"] else "nada consta"
    return f"{score}, {notes}"
