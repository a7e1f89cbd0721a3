"""Mappings read what banks answer, and nothing else: whatever arrives, only the error tree comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.banks import amounts
from lastro.banks.bv import mapping as bv
from lastro.banks.catalog import BANKS, HONDA, REQUIRED_LEAD_FIELDS, Advice
from lastro.banks.itau import mapping as itau
from lastro.banks.pan import mapping as pan
from lastro.banks.safra import mapping as safra
from lastro.banks.santander import mapping as santander
from lastro.banks.standard import mapping as standard
from lastro.banks.wire import read_json, write_json
from lastro.documents import Cnpj, Cpf
from lastro.errors import LastroError, Permanent
from lastro.simulations.ports import Applicant, BankAnswer, OfferRequest, PreApprovalRequest, Vehicle
from lastro.simulations.reasons import Reason

REQUEST = OfferRequest(
    key="k1",
    applicant=Applicant(
        Cpf("52998224725"), name="Ana Exemplo", birthdate=date(1990, 5, 7), monthly_income=6_500_07, has_cnh=False
    ),
    vehicle=Vehicle(2021, 2022, True, "SP", molicar_code="00000000-0"),
    asset_value=1_234_567_89,
    down_payment=5,
    installments=48,
    release_date=date(2025, 11, 8),
    extras=1_234_50,
    payment_protection_insurance=True,
)

ITAU_OFFER: dict[str, Any] = {
    "data": {
        "id_requisicao": "k1",
        "situacao": "APROVADA",
        "entrada_minima": Decimal("1000.00"),
        "entrada_ideal": Decimal("2000.5"),
        "limite_disponivel": None,
        "proposta": {
            "token_simulacao": "t1",
            "taxa_juros_mes": Decimal("1.79"),
            "tabela": {"codigo": "T", "descricao": "Tabela", "retorno": "3"},
            "parcelas": [{"numero": 1, "valor": Decimal("1027.21")}, {"numero": 2, "valor": 1027}],
            "encargos": [
                {"tipo": "IOF", "codigo": "E1", "valor": Decimal("10.01")},
                {"tipo": "NOVIDADE", "codigo": None, "valor": Decimal("0.99")},
            ],
        },
    }
}
SANTANDER_OFFER: dict[str, Any] = {
    "downPayment": {"minimum": "1000.00", "ideal": "2000.50"},
    "quote": {
        "quoteId": "t1",
        "monthlyRate": "1.7900",
        "table": {"code": "T", "name": "Table", "dealerReturn": "4"},
        "installment": {"quantity": 2, "amount": "1027.21", "lastAmount": "1027.00"},
        "charges": [{"chargeCode": "0001", "chargeId": "1", "amount": "10.01"}],
    },
}
BV_OFFER: dict[str, Any] = {
    "decision": "APPROVED",
    "pricingToken": "t1",
    "minimumEntryValue": 100000,
    "suggestionMatrix": {"status": "OK", "idealEntryValue": 200050},
    "pricing": {
        "monthlyRate": Decimal("0.0179"),
        "installmentFlow": [102721, 102700],
        "expenses": [{"kind": "TAX_IOF", "id": "x1", "value": 1001}],
        "tableCode": "T",
    },
}
PAN_OFFER: dict[str, Any] = {
    "simulacao": {
        "protocolo": "t1",
        "status": "APROVADO",
        "motivo": "",
        "valorEntradaMinima": "1.000,00",
        "valorEntradaSugerida": "2.000,50",
        "limiteCredito": "",
        "plano": {
            "tabela": "T",
            "taxaMensal": "1,79",
            "quantidadeParcelas": "2",
            "valorParcela": "1.027,21",
            "valorUltimaParcela": "1.027,00",
            "tarifas": [{"sigla": "IOF", "id": "1", "valor": "10,01"}],
        },
    }
}
SAFRA_OFFER: dict[str, Any] = {
    "retorno": {"codigo": "000", "descricao": "OK"},
    "corpo": {
        "numSimulacao": "t1",
        "vlrEntradaMinima": "000000000100000",
        "vlrEntradaIdeal": "000000000200050",
        "codTabela": "T",
        "pctTaxaMes": "0017900",
        "qtdParcelas": "002",
        "vlrParcela": "000000000102721",
        "vlrUltParcela": "000000000102700",
        "encargos": [{"codEncargo": "IOF", "idEncargo": "1", "vlrEncargo": "000000000001001"}],
    },
}
STANDARD_OFFER: dict[str, Any] = {
    "id": "t1",
    "status": "offered",
    "minimum_down_payment_in_cents": 100000,
    "ideal_down_payment_in_cents": 200050,
    "offer": {
        "monthly_rate_percent": "1.79",
        "table": {"code": "T"},
        "payment_flow": {"2": 102700, "1": 102721},
        "fees": [{"type": "iof", "id": "f1", "amount_in_cents": 1001}],
    },
}

Reader = Callable[[object], BankAnswer]
OFFERS: dict[str, tuple[Reader, dict[str, Any]]] = {
    "341": (itau.answer, ITAU_OFFER),
    "033": (santander.answer, SANTANDER_OFFER),
    "655": (bv.answer, BV_OFFER),
    "623": (pan.answer, PAN_OFFER),
    "422": (safra.answer, SAFRA_OFFER),
    "M22": (partial(standard.answer, HONDA), STANDARD_OFFER),
}
READERS: dict[str, Callable[[object], object]] = {
    **{code: reader for code, (reader, _) in OFFERS.items()},
    "341 pre-approval": itau.pre_approved,
    "033 pre-approval": santander.pre_approved,
    "033 refusal": partial(santander.refusal, reason=Reason.REFUSED),
    "655 pre-approval": bv.pre_approved,
    "655 found": bv.found,
    "655 pre-approval found": bv.pre_approval_found,
    "623 pre-approval": pan.pre_approved,
    "422 pre-approval": safra.pre_approved,
    "422 found": safra.found,
    "422 pre-approval found": safra.pre_approval_found,
    "M22 pre-approval": standard.pre_approved,
}

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=20)
    | st.sampled_from(["", "APROVADA", "OK", "000", "1.000,00", "-1", "99999999999999", Decimal("1e999999"), 10**40])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


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


def _read(reader: Callable[[object], object], body: object) -> object:
    """What the reader gives, or the error of the tree it raises; any other exception goes through."""
    try:
        return reader(body)
    except LastroError as error:
        return error


@pytest.mark.parametrize("name", READERS)
@given(body=JSON)
def test_any_body_ends_in_the_error_tree(name: str, body: object) -> None:
    outcome = _read(READERS[name], body)

    assert not isinstance(outcome, LastroError) or outcome.code in set(Reason)


def _places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    places = [place]
    if isinstance(value, dict):
        for name, member in value.items():
            places += _places(member, (*place, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            places += _places(member, (*place, index))
    return places


def _replaced(value: Any, place: tuple[str | int, ...], other: object) -> Any:
    if not place:
        return other
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = _replaced(copy[place[0]], place[1:], other)
    return copy


@pytest.mark.parametrize("code", OFFERS)
@given(data=st.data(), other=JSON)
def test_good_body_with_one_surprise_ends_in_the_error_tree(code: str, data: st.DataObject, other: object) -> None:
    reader, body = OFFERS[code]
    place = data.draw(st.sampled_from(_places(body)))

    outcome = _read(reader, _replaced(body, place, other))

    if isinstance(outcome, LastroError):
        assert outcome.code in set(Reason)
    else:
        assert isinstance(outcome, BankAnswer)
        assert (outcome.offer is None) != (outcome.reason is None)


@pytest.mark.parametrize("code", OFFERS)
def test_each_part_of_an_offer_that_cannot_be_missed_is_named(code: str) -> None:
    reader, body = OFFERS[code]
    places = [place for place in _places(body) if place]
    outcomes = [(place, _read(reader, _replaced(body, place, None))) for place in places]
    failures = [(place, outcome) for place, outcome in outcomes if isinstance(outcome, LastroError)]

    assert len(failures) >= 8
    assert all(failure.code == Reason.GENERIC for _, failure in failures)
    assert all(str(place[-1]) in failure.detail for place, failure in failures)


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


def test_money_leaves_in_each_bank_s_own_form() -> None:
    operacao: Any = itau.price_body(REQUEST)["operacao"]
    assert operacao["valor_bem"] == Decimal("1234567.89")
    financing: Any = santander.price_body(REQUEST)["financing"]
    assert (financing["vehicleAmount"], financing["downPaymentAmount"]) == ("1234567.89", "0.05")
    pricing: Any = bv.price_body(REQUEST)["pricing"]
    assert (pricing["vehicleValue"], pricing["entryValue"]) == (123456789, 5)
    loan: Any = pan.price_body(REQUEST)["financiamento"]
    assert (loan["valorVeiculo"], loan["valorEntrada"], loan["valorAdicional"]) == ("1.234.567,89", "0,05", "1.234,50")
    operation: Any = safra.price_body(REQUEST)["corpo"]
    assert operation["operacao"]["vlrBem"] == "000000123456789"
    assert standard.price_body(REQUEST)["asset_value_in_cents"] == 123456789


def test_dates_flags_and_documents_leave_in_each_bank_s_own_form() -> None:
    bodies: Any = {
        "341": itau.price_body(REQUEST),
        "033": santander.price_body(REQUEST),
        "623": pan.price_body(REQUEST),
        "422": safra.price_body(REQUEST)["corpo"],
    }
    assert bodies["341"]["operacao"]["data_liberacao"] == "2025-11-08"
    assert bodies["341"]["proponente"]["possui_cnh"] is False
    assert bodies["033"]["financing"]["releaseDate"] == "08/11/2025"
    assert bodies["033"]["vehicle"]["brandNew"] == "Y"
    assert bodies["033"]["customer"]["driverLicense"] == "N"
    assert bodies["623"]["cliente"]["cpfCnpj"] == "529.982.247-25"
    assert bodies["623"]["cliente"]["dataNascimento"] == "07/05/1990"
    assert bodies["422"]["operacao"]["dtLiberacao"] == "20251108"
    assert bodies["422"]["cliente"]["numCpfCnpj"] == "00052998224725"
    assert "email" not in bodies["341"]["proponente"]


@pytest.mark.parametrize("mapping", [itau, santander, bv, pan, safra, standard])
def test_a_company_is_told_apart(mapping: Any) -> None:
    person = mapping.pre_approval_body(PreApprovalRequest("k", Applicant(Cpf("52998224725"))))
    company = mapping.pre_approval_body(PreApprovalRequest("k", Applicant(Cnpj("12ABC34501DE35"))))

    assert set(json.loads(write_json(person))) == set(json.loads(write_json(company)))
    assert write_json(person) != write_json(company)


@given(cents=st.integers(0, amounts.MOST_CENTS - 1))
def test_every_amount_survives_each_form(cents: int) -> None:
    assert amounts.read_cents(cents, "here") == cents
    assert amounts.read_decimal(amounts.write_decimal(cents), "here") == cents
    assert amounts.read_decimal_text(amounts.write_decimal_text(cents), "here") == cents
    assert amounts.read_brazilian(amounts.write_brazilian(cents), "here") == cents
    assert amounts.read_padded(amounts.write_padded(cents), "here") == cents


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (amounts.read_cents, 1.0),
        (amounts.read_cents, True),
        (amounts.read_cents, -1),
        (amounts.read_cents, "100"),
        (amounts.read_decimal, Decimal("1.005")),
        (amounts.read_decimal, Decimal("Infinity")),
        (amounts.read_decimal, Decimal("1e20")),
        (amounts.read_decimal, 1.5),
        (amounts.read_decimal_text, "1,50"),
        (amounts.read_decimal_text, "1.5"),
        (amounts.read_decimal_text, "-1.50"),
        (amounts.read_decimal_text, "1.50\n"),
        (amounts.read_decimal_text, "１.50"),
        (amounts.read_brazilian, "1234,56"),
        (amounts.read_brazilian, "1.234.56"),
        (amounts.read_brazilian, "12.34,56"),
        (amounts.read_padded, "123456"),
        (amounts.read_padded, "00000000000123a"),
        (amounts.read_count, 0),
        (amounts.read_count, "٣"),
    ],
)
def test_odd_amounts_are_not_guessed_at(reader: Callable[[object, str], object], value: object) -> None:
    with pytest.raises(Permanent) as failure:
        reader(value, "answer.value")

    assert failure.value.code == Reason.GENERIC
    assert "answer.value" in failure.value.detail


def test_json_keeps_every_digit() -> None:
    assert (
        write_json({"a": Decimal("45000.10"), "b": [None, True, "é\n"]})
        == b'{"a":45000.10,"b":[null,true,"\\u00e9\\n"]}'
    )
    assert read_json(httpx.Response(200, content=b'{"a": 0.1}')) == {"a": Decimal("0.1")}
    with pytest.raises(TypeError):
        write_json({"a": 0.1})


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b'{"a": NaN}', b"[" * 100_000, b'{"a": 1e99999999999999999999}', b"\xff\xfe", b"9" * 5_000],
)
def test_body_that_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(Permanent) as failure:
        read_json(httpx.Response(200, content=content))

    assert failure.value.code == Reason.GENERIC


def test_required_lead_fields_count_as_published() -> None:
    counts = {name: len(codes) for name, codes in REQUIRED_LEAD_FIELDS.items()}

    assert counts == {
        "cpf_cnpj": 11,
        "has_cnh": 11,
        "phone_number": 11,
        "name": 10,
        "birthdate": 6,
        "email": 4,
        "retrieve_gender": 4,
        "monthly_income": 1,
        "retrieve_occupation": 1,
        "address.zip_code": 1,
    }
    assert {"fontecred", "655", "623", "394", "336"} <= set(REQUIRED_LEAD_FIELDS["birthdate"])
    assert {"fontecred", "422", "394"} <= set(REQUIRED_LEAD_FIELDS["name"])
    assert REQUIRED_LEAD_FIELDS["monthly_income"] == ("623",)
    assert all(code in BANKS for codes in REQUIRED_LEAD_FIELDS.values() for code in codes)


def test_catalogue_codes_and_ids_are_unique() -> None:
    assert len(BANKS) == 11
    assert len({bank.id for bank in BANKS.values()}) == 11
    assert all(code == bank.code for code, bank in BANKS.items())
