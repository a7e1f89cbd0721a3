"""Random contracts, drawn and read back: every figure printed is recomputed from the others, none stands alone."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import add_months
from lastro.kernel.errors import BusinessRefusal
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.contracts.wording.amounts_in_words import amount_in_words
from tests.domain.origination.contracts.contract_reading import (
    AMOUNT,
    DAY,
    DIGITS,
    PERCENT,
    PrintedContract,
    amounts_in,
    cents,
    day,
    fraction,
    half_even,
    present_value,
    unrounded,
)
from tests.domain.origination.contracts.contract_samples import sample_contract

CENT = Fraction(1)
RATES = st.integers(0, 8 * 10**6).map(lambda millionths: f"{millionths / 10**6:.6f}") | st.sampled_from(
    ["0", "0.5", "1.99", "1.993333", "2.5"]
)
TERMS = st.fixed_dictionaries(
    {
        "net": st.integers(100_00, 400_000_00),
        "fee": st.just(0) | st.integers(1, 1_500_00),
        "insurance": st.just(0) | st.integers(1, 5_000_00),
        "rate": RATES,
        "installments": st.integers(1, 36) | st.integers(37, 150),
        "release": st.dates(date(2022, 1, 1), date(2027, 12, 31)),
        "first_due": st.integers(1, 180),
        "grace": st.sampled_from(Grace),
        "day_count": st.sampled_from(DayCount),
        "amortization": st.sampled_from(Amortization),
        "due_day_rule": st.sampled_from(DueDayRule),
    }
)


def drawn(terms: dict[str, object]) -> PrintedContract:
    release, days = terms["release"], terms["first_due"]
    assert isinstance(release, date)
    assert isinstance(days, int)
    try:
        data = sample_contract(**{**terms, "first_due": release + timedelta(days=days)})
    except BusinessRefusal as refusal:
        assume(refusal.code not in {"not_payable", "not_priceable"})
        raise
    return PrintedContract(draw_contract(data))


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # A contract takes long to draw and to read: the first one that is wrong says enough.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@example(
    # The interest of these days of grace once stood in no quadro.
    {
        "net": 5_000_00,
        "fee": 50_00,
        "insurance": 0,
        "rate": "2",
        "installments": 6,
        "release": date(2026, 3, 2),
        "first_due": 62,
        "grace": Grace.SIMPLE,
    }
)
@example(
    {
        "net": 90_000_00,
        "fee": 1_200_00,
        "insurance": 900_00,
        "rate": "0.875125",
        "installments": 480,
        "release": date(2026, 1, 31),
        "first_due": 150,
        "grace": Grace.COMPOUND,
    }
)
@example(
    # SAC by calendar days, moved off a Sunday, the first period ten days long.
    {
        "net": 10_000_00,
        "fee": 150_00,
        "insurance": 35_00,
        "rate": "1.993333",
        "installments": 24,
        "release": date(2026, 3, 12),
        "first_due": 10,
        "grace": Grace.SIMPLE,
        "day_count": DayCount.CALENDAR_DAYS,
        "amortization": Amortization.SAC,
        "due_day_rule": DueDayRule.NEXT_BUSINESS_DAY,
    }
)
@example(
    # Days short of a month, taken off by the compound rule.
    {
        "net": 1_000_00,
        "fee": 0,
        "insurance": 0,
        "rate": "5",
        "installments": 3,
        "release": date(2026, 3, 12),
        "first_due": 10,
        "grace": Grace.COMPOUND,
    }
)
@example(
    # So long until the first instalment that its interest exceeds it: the debt grows.
    {
        "net": 50_000_00,
        "fee": 0,
        "insurance": 0,
        "rate": "3",
        "installments": 60,
        "release": date(2026, 3, 12),
        "first_due": 150,
        "day_count": DayCount.CALENDAR_DAYS,
    }
)
@given(TERMS)
def test_every_figure_follows_from_the_others(terms: dict[str, object]) -> None:
    contract = drawn(terms)
    check_all(contract)


def check_all(contract: PrintedContract) -> None:
    """Recompute everything that a contract prints."""
    check_sums(contract)
    check_schedule(contract)
    check_first_period(contract)
    check_rates(contract)
    check_tax(contract)
    check_cost_sheet(contract)
    check_instalment_wording(contract)
    check_clauses(contract)
    check_no_other_amount(contract)


def figures(contract: PrintedContract) -> dict[str, int]:
    """The amounts of Quadro II; ``first`` is the interest of the days before the schedule, signed."""
    found = {
        "released": contract.amount("1. VALOR LIBERADO AO EMITENTE"),
        "iof": contract.amount("2. IOF"),
        "fee": contract.amount("3. TARIFA DE CADASTRO"),
        "insurance": contract.amount("4. SEGURO"),
        "financed": contract.amount(r"5. VALOR FINANCIADO \(1 \+ 2 \+ 3 \+ 4\)"),
        "first": 0,
    }
    if contract.has("6. JUROS D"):
        added = contract.has("6. JUROS DA CARÊNCIA")
        sign = r"\+" if added else "–"
        name = "DA CARÊNCIA, SOMADOS À DÍVIDA" if added else "DESCONTADOS DO PRIMEIRO PERÍODO"
        found["first"] = contract.amount(f"6. JUROS {name}") * (1 if added else -1)
        found["principal"] = contract.amount(rf"7. SALDO A AMORTIZAR \(5 {sign} 6\)")
        found["rows"] = contract.amount("8. JUROS DAS PARCELAS")
        found["interest"] = contract.amount(rf"TOTAL DOS JUROS \(8 {sign} 6\)")
        found["total"] = contract.amount(r"TOTAL A PAGAR, EM TODAS AS PARCELAS \(7 \+ 8\)")
    else:
        found["principal"] = found["financed"]
        found["interest"] = found["rows"] = contract.amount("6. TOTAL DOS JUROS")
        found["total"] = contract.amount(r"TOTAL A PAGAR, EM TODAS AS PARCELAS \(5 \+ 6\)")
    return found


def release_of(contract: PrintedContract) -> date:
    return day(contract.find(f"DATA PREVISTA DA LIBERAÇÃO {DAY}")[1])


def rate_of(contract: PrintedContract) -> Fraction:
    return fraction(contract.find(f"TAXA DE JUROS MENSAL {PERCENT} a.m.")[1])


def check_sums(contract: PrintedContract) -> None:
    of = figures(contract)
    assert of["financed"] == of["released"] + of["iof"] + of["fee"] + of["insurance"]
    assert of["principal"] == of["financed"] + of["first"]
    assert of["interest"] == of["rows"] + of["first"]
    assert of["total"] == of["principal"] + of["rows"] == of["financed"] + of["interest"]
    for label, value in (
        ("VALOR FINANCIADO", "financed"),
        ("TOTAL A PAGAR", "total"),
        ("SALDO A AMORTIZAR", "principal"),
    ):
        if contract.has(label):
            assert contract.has(rf"{label}[^$]*{AMOUNT} \({amount_in_words(of[value])}\)")
    assert contract.amount("TOTAL SEM FINANCIAMENTO") == contract.amount("VOCÊ RECEBE") == of["released"]
    assert contract.amount("TOTAL COM FINANCIAMENTO") == contract.amount("TOTAL DAS PARCELAS") == of["total"]
    assert contract.amount("DIFERENÇA") == of["total"] - of["released"]


def check_schedule(contract: PrintedContract) -> None:
    of, rows = figures(contract), contract.rows
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert contract.has(rf"PARCELAS {len(rows)} \(")
    assert rows[0].previous_balance == of["principal"]
    assert rows[-1].balance == 0
    assert contract.has("Onde a amortização é negativa") is any(row.amortization < 0 for row in rows)
    assert all(row.value == row.interest + row.amortization for row in rows)
    assert all(row.balance == row.previous_balance - row.amortization for row in rows)
    assert all(later.previous_balance == row.balance for row, later in pairwise(rows))
    total = contract.find(r"(?<!\w)Total ([\d.]+,\d\d) ([\d.]+,\d\d) ([\d.]+,\d\d)(?! \d)")
    assert [cents(each) for each in total.groups()] == [of["rows"], of["principal"], of["total"]]
    assert sum(row.interest for row in rows) == of["rows"]
    assert sum(row.value for row in rows) == of["total"]
    assert day(contract.find(f"PRIMEIRO VENCIMENTO {DAY}")[1]) == rows[0].due
    assert day(contract.find(f"ÚLTIMO VENCIMENTO {DAY}")[1]) == rows[-1].due
    agreed = agreed_days(contract)
    assert release_of(contract) < agreed[0]
    if not contract.has("se não for útil, o dia útil seguinte"):
        assert [row.due for row in rows] == agreed
    for row, planned in zip(rows, agreed, strict=True):
        # A day moved passes over days without banking alone, of which no more than four follow one another.
        assert planned <= row.due <= planned + timedelta(days=4)
        assert row.due == planned or row.due.weekday() < 5


def agreed_days(contract: PrintedContract) -> list[date]:
    """The day of every month that the contract names, from the one that the first instalment was agreed for."""
    number = int(contract.find(r"VENCIMENTOS Dia (\d+)")[1])
    days = (contract.rows[0].due - timedelta(days=back) for back in range(31))
    first = next(each for each in days if each.day == min(number, monthrange(each.year, each.month)[1]))
    # The last day of a short month stands for the later day that it has not.
    anchor = date(2024, 1, number)
    return [
        add_months(anchor, (first.year - 2024) * 12 + first.month - 1 + months) for months in range(len(contract.rows))
    ]


def by_calendar_days(contract: PrintedContract) -> bool:
    return "Dias corridos" in contract.between("CONTAGEM DOS JUROS", "VENCIMENTOS")


def check_first_period(contract: PrintedContract) -> None:
    """The days, the rule that is written beside them, and the interest they give."""
    of, rate, release = figures(contract), rate_of(contract), release_of(contract)
    agreed = agreed_days(contract)[0]
    if of["first"] == 0:
        days = (agreed - add_months(release, 1)).days
        # Whole months and days are each rounded to nothing.
        assert days == 0 or by_calendar_days(contract) or abs(of["financed"] * rate * days / 30) < CENT
        return
    assert not by_calendar_days(contract)
    if of["first"] < 0:
        told = contract.find(rf"COMO SE CALCULAM (\d+) dias? a menos que um mês, até {DAY}: ([^,]*), nunca mais")
        days = int(told[1])
        part = rate * days / 30
        compound = told[3] == f"valor financiado x (1 – 1 / (1 + taxa mensal x {days}/30))"
        assert compound or told[3] == f"valor financiado x taxa mensal x {days}/30"
        taken_off = of["financed"] - half_even(of["financed"] / (1 + part)) if compound else None
        taken_off = half_even(of["financed"] * part) if taken_off is None else taken_off
        assert -of["first"] == min(taken_off, math.floor(of["financed"] * rate / (1 + rate)))
        assert agreed == day(told[2]) == add_months(release, 1) - timedelta(days=days)
        return
    told = contract.find(
        rf"COMO SE CALCULAM (?:(\d+) m(?:ês|eses))?(?: e )?(?:(\d+) dias?)? além do primeiro mês, até {DAY}: "
    )
    months, days = int(told[1] or 0), int(told[2] or 0)
    assert agreed == day(told[3]) == add_months(release, months + 1) + timedelta(days=days)
    grown = half_even(of["financed"] * (1 + rate) ** months)
    assert of["first"] == grown - of["financed"] + half_even(grown * rate * days / 30)
    assert contract.has(f"taxa mensal x {days}/30") is (days > 0)
    assert contract.has("capitalizado por") is (months > 0)


def check_rates(contract: PrintedContract) -> None:
    """The instalments are those of the printed rate, to the cent; the year compounds from it."""
    of, rate, rows = figures(contract), rate_of(contract), contract.rows
    annual = fraction(contract.find(f"TAXA EFETIVA ANUAL {PERCENT} a.a.")[1])
    compounded = (1 + rate) ** 12 - 1
    calendar = by_calendar_days(contract)
    assert annual == round(compounded, 6) if calendar else abs(annual - compounded) <= Fraction(5, 10**5)
    with localcontext(DIGITS):
        year = 1 + Decimal(annual.numerator) / annual.denominator
        month = 1 + Decimal(rate.numerator) / rate.denominator
        starts = [release_of(contract), *(row.due for row in rows)]
        days = [(later - start).days for start, later in pairwise(starts)]
        growths = [year ** (Decimal(count) / 365) for count in days] if calendar else [month] * len(rows)
    constant = "SAC" in contract.between("SISTEMA DE AMORTIZAÇÃO", "CONTAGEM DOS JUROS")
    told = contract.find(r"Juros e (\w+) são os do cálculo sem arredondamento, arredondados ao centavo")
    assert told[1] == ("amortizações" if constant else "parcelas")
    assert contract.has("a última parcela absorve a diferença")
    amortizations, interests = unrounded(of["principal"], growths, constant)
    half = Decimal("0.5")
    for row, amortization, interest in zip(rows, amortizations, interests, strict=True):
        assert abs(row.interest - interest) <= half
        if row is not rows[-1]:
            exact, shown = (amortization, row.amortization) if constant else (amortization + interest, row.value)
            assert abs(shown - exact) <= half


def check_tax(contract: PrintedContract) -> None:
    """IOF by the printed rates over the amortizations, up to 365 days each (Decreto 6.306/2007 art. 7)."""
    of, release = figures(contract), release_of(contract)
    told = contract.find(rf"IOF {PERCENT} ao dia e {PERCENT} adicionais")
    daily, once = fraction(told[1]), fraction(told[2])
    # What a long first period adds to the debt is no principal: the rows that pay it off take no part.
    left = [of["principal"], *(min(row.balance, of["principal"]) for row in contract.rows)]
    parts = [before - after for before, after in pairwise(left)]
    days = sum(part * min((row.due - release).days, 365) for part, row in zip(parts, contract.rows, strict=True))
    tax = of["financed"] * (Fraction(days, of["principal"]) * daily + once)
    # The tax is on the unrounded schedule: every printed amortization is up to a cent off.
    assert abs(tax - of["iof"]) <= 1 + len(contract.rows) * 365 * daily


def check_cost_sheet(contract: PrintedContract) -> None:
    of, release = figures(contract), release_of(contract)
    lines = contract.cost_lines
    total, whole = lines.pop("Total devido")
    assert total == of["total"]
    assert whole == Fraction(1)
    assert {label: amount for label, (amount, _) in lines.items()} == {
        "Valor liberado ao emitente": of["released"],
        "Juros": of["interest"],
        "Tributos (IOF)": of["iof"],
        "Tarifas (cadastro)": of["fee"],
        "Serviços de terceiros (seguro)": of["insurance"],
    }
    assert sum(amount for amount, _ in lines.values()) == total
    assert sum(share for _, share in lines.values()) == 1
    for amount, share in lines.values():
        assert abs(share - Fraction(amount, total)) < Fraction(1, 10**4)
    [annual] = set(re.findall(rf"(?:CET ANUAL|CUSTO EFETIVO TOTAL) {PERCENT} a.a.", contract.text))
    [monthly] = set(re.findall(rf"CET MENSAL {PERCENT} a.m.", contract.text))
    for printed, periods in ((fraction(annual), 1), (fraction(monthly), 12)):
        low, high = (float((1 + printed + step) ** periods - 1) for step in (-Fraction(51, 10**6), Fraction(51, 10**6)))
        assert (
            present_value(contract.rows, release, low) >= of["released"] >= present_value(contract.rows, release, high)
        )


def check_instalment_wording(contract: PrintedContract) -> None:
    values = [row.value for row in contract.rows]
    told = contract.between("VOCÊ PAGA", "TOTAL DAS PARCELAS")
    shown = amounts_in(contract.between("VALOR DA PARCELA", "PRIMEIRO VENCIMENTO"))
    if "entre" in told:
        assert told.strip().startswith(f"{len(values)} parcelas entre")
        assert amounts_in(told) == shown == [min(values), max(values)]
        return
    parts = [(int(count), cents(amount)) for count, amount in re.findall(rf"(\d+) x {AMOUNT}", told)]
    assert [value for count, value in parts for _ in range(count)] == values
    assert shown == list(dict.fromkeys([values[0], values[-1]]))


def check_clauses(contract: PrintedContract) -> None:
    of = figures(contract)
    clauses = contract.text.split("CLÁUSULAS E CONDIÇÕES")[1]
    promise = clauses.split("Liberação do crédito")[0]
    assert amounts_in(promise) == [of["financed"], of["interest"], of["total"]]
    assert ("dias de carência, de" in clauses) is (of["first"] > 0)
    assert ("Os juros dos dias que faltam, de" in clauses) is (of["first"] < 0)
    for sign, start in ((1, "dias de carência, de"), (-1, "dias que faltam, de")):
        if of["first"] * sign > 0:
            interest = clauses.split(start)[1].split("Tributos")[0]
            assert amounts_in(interest) == [of["first"] * sign, of["principal"]]
    assert clauses.count(f"juros prefixados de {contract.find(f'TAXA DE JUROS MENSAL ({PERCENT} a.m.)')[1]}") == 1
    assert ("Tarifa de Cadastro, de" in clauses) is (of["fee"] > 0)
    assert ("seguro de proteção financeira, de" in clauses) is (of["insurance"] > 0)


def check_no_other_amount(contract: PrintedContract) -> None:
    of = {abs(each) for each in figures(contract).values()}
    rows = {row.value for row in contract.rows}
    released, total = contract.amount("VOCÊ RECEBE"), contract.amount("TOTAL DAS PARCELAS")
    assert contract.amounts <= of | rows | {total - released}
