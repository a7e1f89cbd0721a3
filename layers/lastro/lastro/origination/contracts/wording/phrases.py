"""Addresses, rates, instalments and methods as a contract words them: one wording for quadros and clauses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lastro.origination.contracts.wording.typography import brl, exact_percent, percent, short_date, zip_code

if TYPE_CHECKING:
    from lastro.finance.price import Installment
    from lastro.kernel.money import MonthlyRate
    from lastro.origination.contracts.content.figures import Credit, Method
    from lastro.origination.contracts.model import Address

MIN_DAYS_OF_MONTH = 28


def address_line(address: Address) -> str:
    """``Rua das Flores, 10, apto 2 – Centro – Goiânia/GO – CEP 74180-040``."""
    street = ", ".join(part for part in (address.street, address.number, address.complement) if part)
    city = "/".join(part for part in (address.city, address.state) if part)
    postal = f"CEP {zip_code(address.zip_code)}" if address.zip_code else ""
    return " – ".join(part for part in (street, address.district, city, postal) if part)


def monthly(rate: MonthlyRate) -> str:
    """``2,50% a.m.``, ``1,993333% a.m.``: every digit that was reckoned with."""
    return f"{exact_percent(rate.fraction)} a.m."


def yearly(credit: Credit) -> str:
    """``34,49% a.a.``; every digit where the annual rate is the one reckoned with (interest by calendar days)."""
    rate = credit.annual_rate
    shown = exact_percent(rate.fraction) if credit.method.calendar_days else percent(rate.percent())
    return f"{shown} a.a."


def yearly_cet(credit: Credit) -> str:
    """``43,94% a.a.``: two decimals, as Resolução CMN 4.881/2020 states the CET."""
    return f"{percent(credit.cet_annual.percent())} a.a."


def monthly_cet(credit: Credit) -> str:
    """``3,08% a.m.``: the month that compounds to the annual CET, two decimals like it."""
    return f"{percent(credit.cet_monthly.percent())} a.m."


def installments_in_short(schedule: Sequence[Installment]) -> tuple[str, ...]:
    """Lines of the summary: ``12 x R$ 995,53``; ``11 x …`` and ``1 x …``; by SAC how many, between what and what."""
    first, last, count = schedule[0].value, schedule[-1].value, len(schedule)
    if all(row.value == first for row in schedule):
        return (f"{count} x {brl(first)}",)
    if _are_level(schedule):
        return f"{count - 1} x {brl(first)}", f"e 1 x {brl(last)}"
    low, high = _ends(schedule)
    return f"{count} parcelas entre", f"{brl(low)} e {brl(high)}"


def installment_values(schedule: Sequence[Installment]) -> str:
    """What each instalment is worth, in Quadro II."""
    first, last = schedule[0].value, schedule[-1].value
    if all(row.value == first for row in schedule):
        return brl(first)
    if _are_level(schedule):
        return f"{brl(first)}; a última, {brl(last)}"
    low, high = _ends(schedule)
    return f"entre {brl(low)} e {brl(high)}, conforme o Quadro V"


def amortization_system(method: Method) -> str:
    if method.constant_amortization:
        return "SAC (amortização constante), juros prefixados"
    return "Price (parcelas iguais), juros prefixados"


def interest_count(method: Method) -> str:
    if method.calendar_days:
        return "Dias corridos sobre 365, à taxa efetiva anual"
    return "Meses iguais, à taxa mensal"


def due_days(credit: Credit) -> str:
    """Which day an instalment falls due."""
    day = credit.agreed_first_due.day
    # The dates of short months stand in the schedule: each is the last day of its own.
    monthly_day = f"Dia {day} de cada mês" if day <= MIN_DAYS_OF_MONTH else f"Dia {day}, ou o último, de cada mês"
    return f"{monthly_day}; se não for útil, o dia útil seguinte" if credit.method.business_days else monthly_day


def first_period_rule(credit: Credit) -> str:
    """How interest of the days beyond or short of one month is reckoned; empty when there is none."""
    first, until = credit.first_period, short_date(credit.agreed_first_due)
    if first.interest == 0:
        return ""
    if first.interest < 0:
        part = f"taxa mensal x {-first.days}/30"
        rule = f"valor financiado x (1 – 1 / (1 + {part}))" if first.compound else f"valor financiado x {part}"
        short = f"{_counted(-first.days, 'dia', 'dias')} a menos que um mês, até {until}"
        return f"{short}: {rule}, nunca mais que os juros do primeiro mês"
    parts = [_counted(first.months, "mês", "meses")] if first.months else []
    parts += [_counted(first.days, "dia", "dias")] if first.days else []
    beyond = f"{' e '.join(parts)} além do primeiro mês, até {until}"
    if not first.months:
        return f"{beyond}: valor financiado x taxa mensal x {first.days}/30"
    grown = f"valor financiado capitalizado por {_counted(first.months, 'mês', 'meses')}"
    rest = f" e, sobre o resultado, taxa mensal x {first.days}/30" if first.days else ""
    return f"{beyond}: {grown}{rest}"


def _ends(schedule: Sequence[Installment]) -> tuple[int, int]:
    values = [row.value for row in schedule]
    return min(values), max(values)


def _are_level(schedule: Sequence[Installment]) -> bool:
    """Whether only the last differs, by what rounding left."""
    return all(row.value == schedule[0].value for row in schedule[:-1])


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
