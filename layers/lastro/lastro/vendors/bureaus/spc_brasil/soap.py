"""SOAP as zeep writes it: envelopes from the WSDL beside this file, nothing fetched, entities refused.

zeep builds the envelopes; they travel over the HTTP client that all bureaus share.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from lxml import etree
from zeep import Client, Settings
from zeep.exceptions import Error as SoapError

from lastro.bureaus.ports import RefusedByBureau
from lastro.vendors.bureaus.failures import unreadable

_WSDL = Path(__file__).with_name("consulta.wsdl")
_SETTINGS = Settings(strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True)
_ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
_DEEPEST = 40

Tree = dict[str, object]


@cache
def _client() -> Client:
    logging.getLogger("zeep").setLevel(logging.WARNING)
    return Client(str(_WSDL), settings=_SETTINGS)


def _parser() -> etree.XMLParser:
    """A parser for one answer, which resolves no entity and reaches no network."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def envelope(operation: str, **members: object) -> bytes:
    """The request of ``operation`` as the WSDL wants it. Raises ``RefusedByBureau`` for members it does not allow."""
    client = _client()
    try:
        message = client.create_message(client.service, operation, **members)
    except (SoapError, ValueError, TypeError) as error:
        raise unreadable("request", "what the service's description allows") from error
    written: bytes = etree.tostring(message, xml_declaration=True, encoding="utf-8")
    return written


def opened(body: bytes) -> etree._Element:
    """The element inside the envelope's body. Raises ``RefusedByBureau`` when there is none."""
    try:
        document = etree.fromstring(body, _parser())
    except (etree.LxmlError, ValueError) as error:
        raise unreadable("body", "XML") from error
    if document.getroottree().docinfo.internalDTD is not None:
        raise unreadable("body", "XML without a document type")
    found = document.find(f"{_ENVELOPE}Body")
    elements = [child for child in found if isinstance(child.tag, str)] if found is not None else []
    if len(elements) != 1:
        raise unreadable("body", "a SOAP envelope with one element")
    element: etree._Element = elements[0]
    return element


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def fault_text(element: etree._Element) -> str | None:
    """``faultstring`` of a fault, ``None`` when the element is none."""
    if local_name(element) != "Fault":
        return None
    words = [child.text or "" for child in element.iter() if isinstance(child.tag, str) and _is_reason(child)]
    return " ".join(words)


def fault_in(body: bytes) -> str | None:
    """The text of a SOAP fault, ``None`` for anything else, what is no envelope too."""
    try:
        return fault_text(opened(body))
    except RefusedByBureau:
        return None


def opened_as(name: str, body: bytes) -> etree._Element:
    """What an envelope holds. Raises ``RefusedByBureau`` when it is not an element of this name."""
    element = opened(body)
    if local_name(element) != name:
        raise unreadable("body", f"an envelope with {name}")
    return element


def _is_reason(element: etree._Element) -> bool:
    return local_name(element) == "faultstring"


def tree(element: etree._Element, depth: int = 0) -> Tree:
    """Attributes as texts, children by name as lists of such trees, own text under ``#text``."""
    if depth > _DEEPEST:
        raise unreadable("body", f"at most {_DEEPEST} levels deep")
    grown: Tree = {etree.QName(name).localname: value for name, value in element.attrib.items()}
    branches: dict[str, list[Tree]] = {}
    for child in element:
        if isinstance(child.tag, str):
            branches.setdefault(local_name(child), []).append(tree(child, depth + 1))
    grown.update(branches)
    text = (element.text or "").strip()
    if text:
        grown["#text"] = text
    return grown
