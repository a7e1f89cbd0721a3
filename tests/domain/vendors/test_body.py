"""Foreign bodies: any JSON is read or refused by its place, and what nobody read is given back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError, Permanent, Unknown
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.kit.amounts import read_cents
from lastro.vendors.kit.body import Body
from lastro.vendors.kit.json import parse_json, write_json
from lastro.vendors.payer.mapping import PayerBody
from tests.domain.vendors.bureaus.bureau_damage import JSON

FAMILIES: dict[type[Body], tuple[type[LastroError], str]] = {
    BankBody: (Permanent, Reason.GENERIC),
    BureauBody: (RefusedByBureau, BureauReason.UNREADABLE),
    PayerBody: (Unknown, "payer_answer"),
}
CALLS: dict[str, Callable[[Body], object]] = {
    "within": lambda body: body.within("a"),
    "within_or_none": lambda body: body.within_or_none("a"),
    "objects": lambda body: body.objects("a"),
    "items": lambda body: body.items("a"),
    "values": lambda body: body.values("a", read_cents),
    "read": lambda body: body.read("a", read_cents),
    "read_or_none": lambda body: body.read_or_none("a", read_cents),
    "text": lambda body: body.text("a"),
    "text_or_none": lambda body: body.text_or_none("a"),
    "label_or_none": lambda body: body.label_or_none("a"),
    "flag_or_none": lambda body: body.flag_or_none("a"),
    "date_or_none": lambda body: body.date_or_none("a"),
    "document_or_none": lambda body: body.document_or_none("a"),
    "one_of": lambda body: body.one_of("a", {"S": True}),
}


def fault_of(call: Callable[[Body], object], body: Body, family: type[LastroError]) -> LastroError | None:
    """The fault of ``family`` that ``call`` ends in, if any; every other goes through."""
    try:
        call(body)
    except family as error:
        return error
    return None


every_family = pytest.mark.parametrize("family", FAMILIES)


@every_family
@given(value=JSON)
def test_any_member_is_read_or_refused_by_its_place(family: type[Body], value: object) -> None:
    fault, code = FAMILIES[family]
    for call in CALLS.values():
        body = family({"a": value})
        error = fault_of(call, body, fault)
        assert error is None or (error.code == code and "body.a" in error.detail)
        body.unread()


@every_family
def test_absent_null_and_empty_text_are_alike(family: type[Body]) -> None:
    for values in ({}, {"a": None}, {"a": ""}):
        body = family(values)
        assert body.text_or_none("a") is None
        assert body.read_or_none("a", read_cents) is None
        assert body.date_or_none("a") is None
        assert body.flag_or_none("a") is None
        for required in ("within", "items", "values", "read", "text", "one_of"):
            with pytest.raises(FAMILIES[family][0]):
                CALLS[required](body)


def test_only_who_is_loose_may_write_an_empty_text_for_a_list_or_an_object() -> None:
    for call in ("objects", "within_or_none"):
        assert not CALLS[call](BureauBody({"a": ""}))
        for family in (BankBody, PayerBody):
            assert not CALLS[call](family({"a": None}))
            with pytest.raises(FAMILIES[family][0]):
                CALLS[call](family({"a": ""}))


def test_only_who_is_loose_may_pad_its_texts() -> None:
    assert BureauBody({"a": "  T1 "}).text("a") == "T1"
    assert BureauBody({"a": "  "}).text_or_none("a") is None
    assert BankBody({"a": "  T1 "}).text("a") == "  T1 "
    with pytest.raises(Permanent):
        BankBody({"a": "  "}).text_or_none("a")
    with pytest.raises(Unknown):
        PayerBody({"status": " SETTLED"}).one_of("status", {"SETTLED": 1})


@every_family
def test_texts_can_be_stored_and_do_not_flood(family: type[Body]) -> None:
    assert family({"a": "x\ud800y"}).text("a") == "x?y"
    assert family({"a": "x" * family.longest_text}).text("a")
    with pytest.raises(FAMILIES[family][0]):
        family({"a": "x" * (family.longest_text + 1)}).text("a")


@every_family
def test_places_lead_into_lists_and_objects(family: type[Body]) -> None:
    body: Any = family({"a": {"b": [{"c": 1}, {"c": -1}]}})
    inner = body.within("a").objects("b")
    assert inner[0].read("c", read_cents) == 1
    with pytest.raises(FAMILIES[family][0], match=r"body\.a\.b\[1\]\.c"):
        inner[1].read("c", read_cents)
    with pytest.raises(FAMILIES[family][0], match=r"body\.v\[1\]"):
        family({"v": [1, "x"]}).values("v", read_cents)


def test_what_nobody_read_is_given_back() -> None:
    body = BureauBody(
        {"a": {"b": 1, "c": Decimal("1.50")}, "d": [{"e": 1}, {"f": None}], "g": "\ud800", "h": 1, "i": 2}
    )
    body.within("a").read("b", read_cents)
    for item in body.objects("d"):
        item.read_or_none("e", read_cents)
    body.label_or_none("h")
    body.skip("i")

    assert body.unread() == {"a": {"c": "1.50"}, "d": [{}, {"f": None}], "g": "?"}


HOSTILE = (
    b"",
    b"<html>",
    b'{"a": NaN}',
    b"[" * 100_000,
    b'{"a": 1e99999999999999999999}',
    b"\xff\xfe",
    b"9" * 5_000,
    b'{"a": 1, "a": 2}',
    b'{"a": {"b": 1, "b": 1}}',
)


@every_family
@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_body_that_is_no_json_or_two_is_refused(family: type[Body], content: bytes) -> None:
    fault, code = FAMILIES[family]
    with pytest.raises(fault) as refused:
        family.parse(content)
    assert refused.value.code == code
    assert family.parse_or_none(content) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused(content: bytes) -> None:
    for family, (fault, _) in FAMILIES.items():
        try:
            parsed = family.parse(content)
        except fault:
            assert family.parse_or_none(content) is None
        else:
            assert family.parse_or_none(content) == parsed


def test_json_keeps_every_digit() -> None:
    written = write_json({"a": Decimal("45000.10"), "b": [None, True, "é\n"]})
    assert written == b'{"a":45000.10,"b":[null,true,"\\u00e9\\n"]}'
    assert parse_json(b'{"a": 0.1}') == {"a": Decimal("0.1")}
    with pytest.raises(TypeError):
        write_json({"a": 0.1})
