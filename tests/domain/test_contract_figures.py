"""Random contracts, drawn and read back: every figure printed is recomputed from the others, none stands alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from lastro.calendar import add_months
from lastro.errors import BusinessRefusal
from lastro.origination.contracts.amounts_in_words import amount_in_words
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.pricing import Grace
from tests.domain.contract_reading import (
    AMOUNT,
    DAY,
    PERCENT,
    PrintedContract,
    amounts_in,
    cents,
    day,
    fraction,
    growth,
    half_even,
    present_value,
)
from tests.domain.contract_samples import sample_contract

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
        "first_due": st.integers(31, 180),
        "grace": st.sampled_from(Grace),
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
    max_examples=20,
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
@given(TERMS)
def test_every_figure_follows_from_the_others(terms: dict[str, object]) -> None:
    contract = drawn(terms)
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
    assert all(row.value == row.interest + row.amortization for row in rows)
    assert all(row.balance == row.previous_balance - row.amortization for row in rows)
    assert all(later.previous_balance == row.balance for row, later in pairwise(rows))
    total = contract.find(r"(?<!\w)Total ([\d.]+,\d\d) ([\d.]+,\d\d) ([\d.]+,\d\d)(?! \d)")
    assert [cents(each) for each in total.groups()] == [of["rows"], of["principal"], of["total"]]
    assert sum(row.interest for row in rows) == of["rows"]
    assert sum(row.value for row in rows) == of["total"]
    first = day(contract.find(f"PRIMEIRO VENCIMENTO {DAY}")[1])
    assert [row.due for row in rows] == [add_months(first, months) for months in range(len(rows))]
    assert day(contract.find(f"ÚLTIMO VENCIMENTO {DAY}")[1]) == rows[-1].due
    assert release_of(contract) < first


def check_first_period(contract: PrintedContract) -> None:
    """The days, the rule that is written beside them, and the interest they give."""
    of, rate, release = figures(contract), rate_of(contract), release_of(contract)
    due = contract.rows[0].due
    if of["first"] == 0:
        days = (due - add_months(release, 1)).days
        # Whole months and days are each rounded to nothing.
        assert days == 0 or abs(of["financed"] * rate * days / 30) < CENT
        return
    told = contract.find(r"COMO SE CALCULAM (?:(\d+) m(?:ês|eses))?(?: e )?(?:(\d+) dias?)? além do primeiro mês: ")
    months, days = int(told[1] or 0), int(told[2] or 0)
    assert due == add_months(release, months + 1) + timedelta(days=days)
    grown = half_even(of["financed"] * (1 + rate) ** months)
    assert of["first"] == grown - of["financed"] + half_even(grown * rate * days / 30)
    assert contract.has(f"taxa mensal x {days}/30") is (days > 0)
    assert contract.has("capitalizado por") is (months > 0)


def check_rates(contract: PrintedContract) -> None:
    """The instalments are those of the printed rate, to the cent; the year compounds from it."""
    of, rate, rows = figures(contract), rate_of(contract), contract.rows
    powers, total = growth(rate, len(rows))
    exact = of["principal"] * rate + of["principal"] / total
    assert {row.value for row in rows[:-1]} <= {half_even(exact)}
    for row, power in zip(rows, powers, strict=True):
        assert abs(row.interest - (exact - of["principal"] * power / total)) <= CENT / 2
    annual = fraction(contract.find(f"TAXA EFETIVA ANUAL {PERCENT} a.a.")[1])
    assert abs(annual - ((1 + rate) ** 12 - 1)) <= Fraction(5, 10**5)


def check_tax(contract: PrintedContract) -> None:
    """IOF by the printed rates over the amortizations, up to 365 days each (Decreto 6.306/2007 art. 7)."""
    of, release = figures(contract), release_of(contract)
    told = contract.find(rf"IOF {PERCENT} ao dia e {PERCENT} adicionais")
    daily, once = fraction(told[1]), fraction(told[2])
    days = sum(row.amortization * min((row.due - release).days, 365) for row in contract.rows)
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
    parts = [(int(count), cents(amount)) for count, amount in re.findall(rf"(\d+) x {AMOUNT}", told)]
    assert [value for count, value in parts for _ in range(count)] == values
    shown = contract.between("VALOR DA PARCELA", "PRIMEIRO VENCIMENTO")
    assert amounts_in(shown) == list(dict.fromkeys([values[0], values[-1]]))


def check_clauses(contract: PrintedContract) -> None:
    of = figures(contract)
    clauses = contract.text.split("CLÁUSULAS E CONDIÇÕES")[1]
    promise = clauses.split("Liberação do crédito")[0]
    assert amounts_in(promise) == [of["financed"], of["interest"], of["total"]]
    assert ("dias de carência, de" in clauses) is (of["first"] > 0)
    if of["first"] > 0:
        grace = clauses.split("dias de carência, de")[1].split("Tributos")[0]
        assert amounts_in(grace) == [of["first"], of["principal"]]
    assert clauses.count(f"juros prefixados de {contract.find(f'TAXA DE JUROS MENSAL ({PERCENT} a.m.)')[1]}") == 1
    assert ("Tarifa de Cadastro, de" in clauses) is (of["fee"] > 0)
    assert ("seguro de proteção financeira, de" in clauses) is (of["insurance"] > 0)


def check_no_other_amount(contract: PrintedContract) -> None:
    of = {abs(each) for each in figures(contract).values()}
    rows = {row.value for row in contract.rows}
    released, total = contract.amount("VOCÊ RECEBE"), contract.amount("TOTAL DAS PARCELAS")
    assert contract.amounts <= of | rows | {total - released}
