"""Offers and refusals of each bank are read for what they say, and senseless ones are refused."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pkgutil import iter_modules
from typing import Any

import pytest

from lastro.kernel.banks import BANKS, HONDA, Advice
from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import BankAnswer
from lastro.vendors import banks
from lastro.vendors.banks.bv import mapping as bv
from lastro.vendors.banks.itau import mapping as itau
from lastro.vendors.banks.pan import mapping as pan
from lastro.vendors.banks.safra import mapping as safra
from lastro.vendors.banks.standard import mapping as standard
from tests.domain.vendors.banks.bank_answers import BV_OFFER, ITAU_OFFER, OFFERS, PAN_OFFER, STANDARD_OFFER, Reader


def test_every_dialect_has_an_offer() -> None:
    dialects = {module.name for module in iter_modules(banks.__path__) if module.ispkg}
    read = {getattr(reader, "func", reader).__module__.split(".")[3] for reader, _ in OFFERS.values()}
    assert read == dialects


@pytest.mark.parametrize("code", OFFERS)
def test_offer_is_read_exactly(code: str) -> None:
    reader, body = OFFERS[code]

    answer = reader(body)

    assert answer.reason is None
    assert answer.offer is not None
    assert answer.offer.installments == ((102721, 102700))
    assert Decimal(answer.offer.monthly_rate) == Decimal("1.79")
    assert (answer.offer.expenses[0].type, answer.offer.expenses[0].value) == ("iof_value", 1001)
    assert answer.offer.credit_condition_code == "T"
    assert answer.offer.payload["simulation_token"] == "t1"
    facts = BANKS[code]
    assert answer.minimum_down_payment == (None if facts.minimum is Advice.NEVER else 100000)
    assert answer.suggested_down_payment == (None if facts.ideal is Advice.NEVER else 200050)


def test_unknown_charge_keeps_its_value() -> None:
    answer = itau.answer(ITAU_OFFER)

    assert answer.offer is not None
    assert [(expense.type, expense.value) for expense in answer.offer.expenses] == [
        ("iof_value", 1001),
        ("other_rate", 99),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "installmentFlow": []}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "installmentFlow": [100, 0]}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "installmentFlow": [100, -1]}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "installmentFlow": [True]}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "installmentFlow": [Decimal("1.5")]}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "monthlyRate": Decimal("NaN")}},
        {**BV_OFFER, "pricing": {**BV_OFFER["pricing"], "monthlyRate": Decimal(-1)}},
        {**BV_OFFER, "minimumEntryValue": -1},
        {**BV_OFFER, "decision": "approved"},
    ],
)
def test_senseless_offer_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(Permanent) as failure:
        bv.answer(body)

    assert failure.value.code == Reason.GENERIC


@pytest.mark.parametrize("code", OFFERS)
def test_an_offer_that_no_item_could_hold_is_refused(code: str) -> None:
    reader, body = OFFERS[code]

    assert reader(_with_charges(body, 12)).offer
    with pytest.raises(Permanent) as failure:
        reader(_with_charges(body, 2_000))
    assert failure.value.code == Reason.GENERIC


def _with_charges(body: Any, count: int) -> Any:
    """The body with its last charge so many times."""
    if isinstance(body, list):
        return body[-1:] * count if "numero" not in body[-1] else body
    if not isinstance(body, dict):
        return body
    plain = {name: value for name, value in body.items() if name != "installmentFlow"}
    return {**body, **{name: _with_charges(value, count) for name, value in plain.items()}}


def test_quantity_of_instalments_is_bounded() -> None:
    plan = {**PAN_OFFER["simulacao"]["plano"], "quantidadeParcelas": 10**12}

    with pytest.raises(Permanent):
        pan.answer({"simulacao": {**PAN_OFFER["simulacao"], "plano": plan}})


@pytest.mark.parametrize("gap", [{"1": 5, "3": 5}, {"0": 5, "1": 5}, {"01": 5}, {}])
def test_flow_with_a_gap_is_refused(gap: dict[str, int]) -> None:
    offer = {**STANDARD_OFFER["offer"], "payment_flow": gap}

    with pytest.raises(Permanent):
        standard.answer(HONDA, {**STANDARD_OFFER, "offer": offer})


def test_bv_matrix_error_keeps_the_minimum() -> None:
    body = {**BV_OFFER, "suggestionMatrix": {"status": "ERROR", "code": "SM-500", "idealEntryValue": 5}}

    answer = bv.answer(body)

    assert (answer.minimum_down_payment, answer.suggested_down_payment) == (100000, None)


def test_itau_desk_drops_the_advice_it_may_carry() -> None:
    body = {"data": {"situacao": "MESA", "entrada_minima": Decimal(10), "entrada_ideal": Decimal(20)}}

    answer = itau.answer(body)

    assert answer == BankAnswer(reason=Reason.CREDIT_DESK)


@pytest.mark.parametrize(
    ("reader", "body"),
    [
        (itau.answer, {"data": {"situacao": "NEGADA", "motivo": {"codigo": "NOVO"}}}),
        (bv.answer, {"decision": "DENIED", "denialCode": "D-999"}),
        (pan.answer, {"simulacao": {"status": "RECUSADO", "motivo": "777"}}),
        (partial(standard.answer, HONDA), {"status": "declined", "decline_code": "moon_phase"}),
    ],
)
def test_refusal_with_a_new_code_is_a_plain_refusal(reader: Reader, body: object) -> None:
    assert reader(body).reason is Reason.REFUSED


def test_safra_codes_lead_to_their_families() -> None:
    def failure(code: str, **more: object) -> LastroError:
        with pytest.raises(LastroError) as caught:
            safra.answer({"retorno": {"codigo": code, **more}, "corpo": {}})
        return caught.value

    assert failure("901").code == Reason.BANK_UNAVAILABLE
    assert failure("301").code == Reason.INVALID_CREDENTIALS
    assert failure("777").code == Reason.GENERIC
    rejected = failure("201", campos=["corpo.cliente.dtNascimento", "o CPF 529.982.247-25 não confere"])
    assert rejected.code == Reason.BANK_VALIDATION
    assert "corpo.cliente.dtNascimento" in rejected.detail
    assert "529" not in rejected.detail
