"""SOAP envelopes: what is no envelope, hides entities or nests too deep is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.ports import RefusedByBureau
from lastro.vendors.bureaus.spc_brasil import soap

ENVELOPE = '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>{}</S:Body></S:Envelope>'


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_envelope_or_refused(body: bytes) -> None:
    for text in (body, ENVELOPE.format("{}").encode().replace(b"{}", body)):
        with suppress(RefusedByBureau):
            soap.tree(soap.opened(text))


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://dtd.example/a.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(prolog: str) -> None:
    with pytest.raises(RefusedByBureau):
        soap.opened((prolog + ENVELOPE.format("<resultado/>")).encode())


def test_deep_xml_is_refused() -> None:
    nested = "<a>" * 100 + "</a>" * 100

    with pytest.raises(RefusedByBureau):
        soap.tree(soap.opened(ENVELOPE.format(nested).encode()))


def test_attributes_children_and_text_of_xml() -> None:
    element = soap.opened(ENVELOPE.format('<n:r xmlns:n="u" a="1"><b>x</b><!-- c --><b k="2"/></n:r>').encode())

    assert soap.tree(element) == {"a": "1", "b": [{"#text": "x"}, {"k": "2"}]}
