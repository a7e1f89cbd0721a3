"""Which values each field type takes, and what becomes of them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from lastro.kernel.calendar import SAO_PAULO
from lastro.wire.persons.accounts import check_account, check_agency, names_another
from tests.clock import MovableClock
from tests.domain.wire.wire_types import read, rule_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "value", "canonical"),
    [
        ("CpfText", "529.982.247-25", "52998224725"),
        ("CpfText", 191, "00000000191"),
        ("CnpjText", "12.abc.345/01de-35", "12ABC34501DE35"),
        ("CnpjText", 11222333000181, "11222333000181"),
        ("CnpjText", 191, "00000000000191"),
        ("DocumentText", 11222333000181, "11222333000181"),
        ("DocumentText", 52998224725, "52998224725"),
        ("PathDocument", "11.222.333%2F0001-81", "11222333000181"),
        ("Text", "  João  da\u2003Silva\n", "João da Silva"),
        ("Text", unicodedata.normalize("NFD", "Conceição"), "Conceição"),
        ("Text", "Ana “d'Ávila” – 2º", "Ana “d'Ávila” – 2º"),
        ("HouseNumber", 100, "100"),
        ("HouseNumber", "S/N", "S/N"),
        ("PersonName", "Ana", "Ana"),
        ("Email", " Ana.Silva@EXAMPLE.com ", "Ana.Silva@example.com"),
        ("Email", "ana@acentuação.com.br", "ana@xn--acentuao-xza3b.com.br"),
        ("State", "sp", "SP"),
        ("ZipCode", 1001000, "01001000"),
        ("ZipCode", "01.001-000", "01001000"),
        ("Reais", "10211.92", 1021192),
        ("Reais", 10211.92, 1021192),
        ("Reais", "100.5", 10050),
        ("Reais", 1e5, 10000000),
        ("Reais", 0, 0),
        ("Percent", "2.5", Decimal("2.5")),
        ("Percent", 0.005, Decimal("0.005")),
        ("Number", "12", 12),
        ("WrittenFlag", " True ", True),
        ("WrittenFlag", "false", False),
        ("WrittenFlag", False, False),
        ("BankCode", "B450", "450"),
        ("BankCode", 1, "001"),
        ("Agency", "1234-x", "1234X"),
        ("AccountNumber", "123.456-p", "123456P"),
        ("PixKey", "529.982.247-25", "52998224725"),
        ("PixKey", "11.222.333/0001-81", "11222333000181"),
        ("PixKey", "Ana@Example.COM", "ana@example.com"),
        ("PixKey", "+55 (11) 98765-4321", "+5511987654321"),
        ("PixKey", "(11) 98765-4321", "+5511987654321"),
        ("PixKey", "0B6F2D0E-3A55-4A7E-9D5F-6F1C1B1F7A10", "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"),
        ("Uuid", "0B6F2D0E-3A55-4A7E-9D5F-6F1C1B1F7A10", "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"),
    ],
)
def test_canonical_forms(name: str, value: Any, canonical: Any) -> None:
    assert read(name, value) == canonical


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("CpfText", "52998224724", "cpf"),
        ("CpfText", "５２９９８２２４７２５", "cpf"),
        ("CnpjText", "52998224725", "cnpj"),
        ("DocumentText", 191, "cpf_or_cnpj"),
        ("DocumentText", "191", "cpf_cnpj"),
        ("DocumentText", True, "string_type"),
        ("DocumentText", 52998224725.0, "string_type"),
        ("Text", "   ", "string_too_short"),
        ("Text", "a" * 121, "string_too_long"),
        ("Text", " " * 250_000 + "a", "string_too_long"),
        ("Text", "Jo\ufffdo", "replacement_character"),
        ("Text", "Ana\nSilva", "control_character"),
        ("Text", "Жанна", "undrawable"),
        ("Text", 12, "string_type"),
        ("HouseNumber", 1.5, "string_type"),
        ("PersonName", "1234", "person_name"),
        ("Email", "ana@localhost", "email"),
        ("Email", 65 * "a" + "@example.com", "email"),
        ("Email", "joão@example.com", "email"),
        ("Email", "Ana <ana@example.com>", "email"),
        ("State", "ZZ", "state"),
        ("ZipCode", "00000-000", "zip_code"),
        ("ZipCode", "0100100٠", "zip_code"),
        ("Reais", "100.000", "too_many_decimals"),
        ("Reais", 0.001, "too_many_decimals"),
        ("Reais", "1.234,56", "thousands_mark"),
        ("Reais", "1,234.56", "thousands_mark"),
        ("Reais", "1.234.567", "thousands_mark"),
        ("Reais", "1 234", "thousands_mark"),
        ("Reais", "1234,56", "decimal_comma"),
        ("Reais", "1e5", "exponent"),
        ("Reais", "-1", "sign"),
        ("Reais", "+1", "sign"),
        ("Reais", -0.5, "sign"),
        ("Reais", True, "number"),
        ("Reais", float("nan"), "number"),
        ("Reais", 1e300, "number"),
        ("Reais", "R$ 10", "number"),
        ("Reais", "١٢٣", "number"),
        ("Reais", 10**10 + 1, "less_than_equal"),
        ("Percent", "2,5", "decimal_comma"),
        ("Percent", "0.0000001", "too_many_decimals"),
        ("Cents", 100.0, "int_type"),
        ("Cents", "100", "int_type"),
        ("Cents", False, "int_type"),
        ("Cents", -1, "greater_than_equal"),
        ("Number", True, "int_type"),
        ("Number", "1.0", "int_type"),
        ("Number", "²", "int_type"),
        ("Flag", 1, "bool_type"),
        ("Flag", "true", "bool_type"),
        *(("WrittenFlag", value, "bool_type") for value in (1, 0, "sim", "yes", "1", "", None)),
        ("BankCode", "01", "bank_code"),
        ("BankCode", "000", "bank_code"),
        ("BankCode", 0, "bank_code"),
        ("Agency", "", "agency"),
        ("Agency", "0", "agency"),
        ("Agency", "0000-0", "agency"),
        ("AccountNumber", "0000000-0", "account_number"),
        ("AccountNumber", 0, "account_number"),
        ("AccountNumber", "12P3", "account_number"),
        ("AccountNumber", "5647891.0", "account_number"),
        ("Agency", "1234.0", "agency"),
        ("PixKey", "11987654321", "pix_key"),
        ("PixKey", "ana", "pix_key"),
        ("PixKey", f"{'a' * 64}@{'b' * 10}.example", "pix_key"),
        ("Uuid", "0b6f2d0e3a554a7e9d5f6f1c1b1f7a10", "uuid"),
        ("Cursor", "a b", "cursor"),
        ("Url", "https://a.example/" + "b" * 2048, "string_too_long"),
    ],
)
def test_refusals_by_name(name: str, value: Any, rule: str) -> None:
    assert rule_of(name, value) == rule


@pytest.mark.parametrize(
    "text",
    [
        "(011) 98765-4321",
        "(11) 98765-4321",
        "11 98765 4321",
        "11987654321",
        "+55 11 98765-4321",
        "+5511987654321",
        "+55 (11) 98765.4321",
        "+55 (0) 11 98765-4321",
        "5511987654321",
        "0055 11 98765-4321",
        "0 11 98765-4321",
        "0 15 11 98765-4321",
        "015 (11) 98765-4321",
        "(0xx11) 98765-4321",
        11987654321,
    ],
)
def test_a_mobile_as_people_write_it(text: Any) -> None:
    assert read("MobilePhone", text) == "+5511987654321"
    assert read("Phone", text) == "+5511987654321"


@pytest.mark.parametrize("text", ["(11) 2345-6789", "01123456789", "+55 11 2345-6789", "55 11 23456789"])
def test_a_landline_is_a_phone_and_no_mobile(text: str) -> None:
    assert read("Phone", text) == "+551123456789"
    assert rule_of("MobilePhone", text) == "mobile_phone"


@pytest.mark.parametrize(
    "text",
    [
        "(10) 98765-4321",
        "(20) 98765-4321",
        "(23) 98765-4321",
        "98765-4321",
        "11 8765-4321",
        "(11) 1234-5678",
        "+1 650 253 0000",
        "0800 123 4567",
        "190",
        "１１987654321",
        "11987654321 ramal 5",
        "11 98765-4321 / 4322",
        "",
    ],
)
def test_no_phone_of_a_person(text: str) -> None:
    assert rule_of("Phone", text) == "phone_number"
    assert rule_of("MobilePhone", text) == "mobile_phone"


@given(area=st.integers(0, 99), number=st.integers(90_000_000, 99_999_999))
def test_area_codes_that_exist(area: int, number: int) -> None:
    exists = area in {
        *range(11, 20), 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, *range(41, 50), 51, 53, 54, 55,
        *range(61, 70), 71, 73, 74, 75, 77, 79, *range(81, 90), *range(91, 100),
    }  # fmt: skip
    assert (rule_of("MobilePhone", f"({area:02d}) 9{number}") is None) == exists


def test_a_service_number_is_a_company_s_phone() -> None:
    assert read("ServicePhone", "0800 123 4567") == "+558001234567"
    assert read("ServicePhone", "(11) 2345-6789") == "+551123456789"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        (" 2026-11-30 ", date(2026, 11, 30)),
        ("2026-12-31T01:00:00Z", date(2026, 12, 30)),
        ("2026-12-31T03:00:00Z", date(2026, 12, 31)),
        ("2026-12-31T23:59:59.999-03:00", date(2026, 12, 31)),
        ("2026-12-31T00:30:00+0900", date(2026, 12, 30)),
        ("2026-11-30T00:00:00", date(2026, 11, 30)),
        ("2026-11-30T00:00:00.000", date(2026, 11, 30)),
        ("2026-11-30T00:00:00-03:00", date(2026, 11, 30)),
        ("2026-11-30T00:00:00-04:00", date(2026, 11, 30)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read("Day", text) == day


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("2026-11-30T::::", "date"),
        ("2026-11-30T10:00:00", "day_without_zone"),
        ("2026-11-30T00:00:00Z", "day_of_two_zones"),
        ("1990-05-17T00:00:00.000+00:00", "day_of_two_zones"),
        ("2026-11-30T24:00:00Z", "date"),
        ("2026-02-30", "date"),
        ("30/11/2026", "date"),
        ("11/30/2026", "date"),
        ("20261130", "date"),
        (20261130, "date"),
        ("２０２６-11-30", "date"),
        ("1899-12-31", "date_range"),
        ("0001-01-01T00:00:00Z", "date"),
        ("2101-01-01", "date_range"),
        ("", "date"),
    ],
)
def test_no_days(value: Any, rule: str) -> None:
    assert rule_of("Day", value) == rule


@given(
    moment=st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - the zone is drawn beside it
    minutes=st.integers(-12 * 60, 14 * 60),
)
def test_a_moment_is_the_day_it_is_in_sao_paulo(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    day = aware.astimezone(SAO_PAULO).date()
    if aware.time() == time() and aware.date() != day:
        assert rule_of("Day", aware.isoformat()) == "day_of_two_zones"
    else:
        assert read("Day", aware.isoformat()) == day


def test_a_past_day_ends_today(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ten minutes before midnight in São Paulo.
    monkeypatch.setattr("lastro.wire.days.CLOCK", MovableClock(datetime(2026, 3, 3, 2, 50, tzinfo=UTC)))
    assert read("PastDay", TODAY.isoformat()) == TODAY
    assert rule_of("PastDay", (TODAY + timedelta(days=1)).isoformat()) == "date_in_future"


@given(st.integers(0, 10**12))
def test_reais_are_exact(cents: int) -> None:
    assert read("Reais", f"{cents // 100}.{cents % 100:02d}") == cents
    assert read("Reais", cents / 100) == cents


@given(st.text())
def test_texts_are_nfc_and_one_line(text: str) -> None:
    try:
        found = read("Text", text)
    except ValidationError:
        return
    assert found == unicodedata.normalize("NFC", found).strip()
    assert found.isprintable() or "\xa0" in found
    assert 1 <= len(found) <= 120
    assert found.encode("cp1252")


@pytest.mark.parametrize(
    ("bank", "agency", "account"),
    [
        ("001", "15849", "002101696"),
        ("001", "0001", "5647891"),
        ("237", "12343", "12345674"),
        ("237", "1234", "0000006P"),
        ("341", "1234", "123451"),
        ("033", "1234", "123456784"),
        ("104", "2004", "001000004486"),
        ("450", "0001", "1234567X"),
    ],
)
def test_accounts_that_agree_with_their_bank(bank: str, agency: str, account: str) -> None:
    check_agency(bank, agency)
    check_account(bank, agency, account)


@pytest.mark.parametrize(
    ("bank", "agency", "account", "rule"),
    [
        ("001", "1584", "002101695", "account_digit"),
        ("001", "1584", "210169P", "account_digit"),
        ("237", "1234", "12345675", "account_digit"),
        ("237", "1234", "1234567X", "account_digit"),
        ("341", "1234", "123452", "account_digit"),
        ("033", "1234", "123456785", "account_digit"),
        ("104", "2004", "001000004485", "account_digit"),
    ],
)
def test_accounts_that_do_not(bank: str, agency: str, account: str, rule: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check_account(bank, agency, account)
    assert caught.value.type == rule


@pytest.mark.parametrize(("bank", "agency"), [("001", "15848"), ("237", "12344"), ("341", "123X")])
def test_branches_that_do_not(bank: str, agency: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check_agency(bank, agency)
    assert caught.value.type == "agency_digit"


@pytest.mark.parametrize(
    ("key", "another"),
    [
        (None, False),
        ("52998224725", False),
        ("11144477735", True),
        ("11222333000181", True),
        ("12ABC34501DE35", True),
        ("+5562987654321", False),
        ("a@b.example", False),
        ("0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10", False),
    ],
)
def test_a_key_that_is_a_document_says_whose_it_is(key: str | None, another: bool) -> None:
    assert names_another(key, "52998224725") is another


@pytest.mark.parametrize(("bank", "length"), [("001", 8), ("237", 7), ("341", 5), ("033", 8), ("104", 11)])
@given(data=st.data())
def test_one_digit_in_eleven_agrees(bank: str, length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    agreeing = []
    for digit in "0123456789XP":
        try:
            check_account(bank, "1234", body + digit)
        except PydanticCustomError:
            continue
        agreeing.append(digit)
    assert len(agreeing) == 1
